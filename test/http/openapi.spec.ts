import { asJsonSchema } from '../../src/http/openapi-conventions';
import { serve, type TestService } from '../support/http';
import { DummyModule } from './dummy.module';

let service: TestService;
beforeAll(async () => {
  service = await serve(DummyModule);
});
afterAll(() => service.close());

interface Operation {
  readonly parameters: readonly object[];
  readonly responses: Readonly<Record<string, unknown>>;
  readonly security?: readonly object[];
}
interface Document {
  readonly openapi: string;
  readonly security: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

describe('/openapi.json', () => {
  let document: Document;
  beforeAll(async () => {
    const response = await service.http.get('/openapi.json').expect(200);
    expect(response.headers['content-type']).toMatch(/^application\/json/);
    document = response.body as Document;
  });

  it('is OpenAPI 3.1 with bearer tokens', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.security).toEqual([{ bearer: [] }]);
    expect(document.components.securitySchemes?.bearer).toMatchObject({ scheme: 'bearer' });
  });

  it('gives every operation the shared problem, and commands their headers', () => {
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
    expect(operations.length).toBeGreaterThan(5);
    for (const { responses } of operations) {
      expect(responses.default).toEqual({ $ref: '#/components/responses/Problem' });
    }
    expect(document.paths['/v1/notes']?.post?.parameters).toEqual([
      { $ref: '#/components/parameters/IdempotencyKey' },
      { $ref: '#/components/parameters/IfMatch' },
    ]);
    expect(JSON.stringify(document.paths['/v1/notes']?.get?.parameters)).toContain('Read-After');
  });

  it('refers to nothing that is not there', () => {
    const references = JSON.stringify(document).match(/#\/components\/[^"]+/g) ?? [];
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) {
      const [, , kind = '', name = ''] = reference.split('/');
      expect(document.components[kind]).toHaveProperty(name);
    }
  });

  it('knows no `nullable`, which 3.1 does not have', () => {
    expect(JSON.stringify(document)).not.toContain('nullable');
  });
});

describe('asJsonSchema', () => {
  it.each([
    [{ type: 'string', nullable: true }, { type: ['string', 'null'] }],
    [
      { type: 'string', enum: ['a'], nullable: true },
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    [{ $ref: '#/x', nullable: true }, { anyOf: [{ $ref: '#/x' }, { type: 'null' }] }],
    [{ type: 'string', nullable: false }, { type: 'string' }],
    [[{ items: { type: 'integer', nullable: true } }], [{ items: { type: ['integer', 'null'] } }]],
  ])('%j becomes %j', (given, expected) => {
    expect(asJsonSchema<unknown>(given)).toEqual(expected);
  });

  it('leaves alone a field that is called so', () => {
    const named = { properties: { nullable: { type: 'boolean' } } };
    expect(asJsonSchema(named)).toEqual(named);
  });
});

describe('/docs', () => {
  it('comes from this server alone', async () => {
    const page = await service.http.get('/docs').expect(200);
    const policy = page.headers['content-security-policy'];
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/https?:|\*/);
    const assets = [...page.text.matchAll(/(?:src|href)=["']([^"']+)["']/g)].map(([, url]) => url);
    expect(assets.length).toBeGreaterThan(2);
    for (const asset of assets) {
      expect(asset).toMatch(/^\.\/docs\//);
      await service.http.get(`/${asset?.slice(2) ?? ''}`).expect(200);
    }
  });

  it('tells no validator on the internet', async () => {
    const script = await service.http.get('/docs/swagger-ui-init.js').expect(200);
    expect(script.text).toContain('"validatorUrl": null');
  });
});
