import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

import { describeBuilt, spawnService, type SpawnedService } from '../support/service';
import { officer, alice, administrator, bureauSupervisor, unitReviewer, auditor } from './people';
import { pathOf } from './routes';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
}

interface Media {
  readonly schema: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters?: readonly { name: string; in: string; $ref?: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, unknown>>;
  readonly security?: readonly unknown[];
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly security?: readonly unknown[];
}

/** Only the built service knows the fields of its bodies. */
describeBuilt('The OpenAPI document', () => {
  let service: SpawnedService;
  let document: Document;
  let operations: readonly (readonly [name: string, path: string, operation: Operation])[];

  beforeAll(async () => {
    service = await spawnService();
    document = (await service.as(null).get('/openapi.json')).body as Document;
    operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(
        ([method, operation]) => [`${method.toUpperCase()} ${path}`, path, operation] as const,
      ),
    );
  });
  afterAll(() => service.stop());

  const bodies = () =>
    operations.flatMap(([name, , { requestBody }]) =>
      Object.entries(requestBody?.content ?? {}).map(
        ([type, media]) => [name, type, media] as const,
      ),
    );

  it('is of version 3.1, and readable at /docs', async () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const docs = await service.as(null).get('/docs');
    expect([docs.status, docs.type]).toEqual([200, 'text/html']);
  });

  it('refers to nothing that is not there', () => {
    const references = JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g);
    for (const [, reference = ''] of references) {
      expect([reference, resolve(document, reference)]).toEqual([reference, expect.anything()]);
    }
  });

  it('has no word of OpenAPI 3.0 that 3.1 dropped', () => {
    expect(JSON.stringify(document)).not.toMatch(/"nullable":|"exclusiveMaximum":(true|false)/);
  });

  it('names every operation once and says what it does', () => {
    const ids = operations.map(([, , { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [name, , { summary }] of operations) {
      expect([name, summary]).toEqual([name, expect.stringMatching(/\S/)]);
    }
  });

  it('declares every place in a path, and no other', () => {
    for (const [name, path, { parameters = [] }] of operations) {
      const declared = parameters.filter((one) => one.in === 'path').map((one) => one.name);
      const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, place]) => place);
      expect([name, ...declared.sort()]).toEqual([name, ...places.sort()]);
    }
  });

  it('says that every operation may answer with a problem', () => {
    for (const [name, , { responses }] of operations) {
      expect([name, responses.default]).toEqual([name, { $ref: '#/components/responses/Problem' }]);
    }
  });

  it('names an Idempotency-Key for every POST, and for nothing else', () => {
    const reference = JSON.stringify({ $ref: '#/components/parameters/IdempotencyKey' });
    for (const [name, , { parameters = [] }] of operations) {
      const named = parameters.some((one) => JSON.stringify(one) === reference);
      expect([name, named]).toEqual([name, name.startsWith('POST ')]);
    }
  });

  it('asks for a token wherever the service does', () => {
    const open = operations.filter(
      ([, , { security = document.security ?? [] }]) => security.length === 0,
    );
    expect(open.map(([name]) => name).sort()).toEqual([
      'GET /health/live',
      'GET /health/ready',
      'POST /v1/simulation/clock',
    ]);
  });

  it('has an example of every body, which its own schema takes', () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats(ajv);
    ajv.addSchema(document, 'document');
    expect(bodies().length).toBeGreaterThan(10);
    for (const [name, type, media] of bodies()) {
      const example = exampleOf(document, media);
      expect([name, example]).toEqual([name, expect.anything()]);
      if (type !== 'application/json') continue;
      const check = ajv.compile(located(media.schema));
      check(example);
      expect([name, check.errors]).toEqual([name, null]);
    }
  });

  it('has examples the service takes for proper ones', async () => {
    const anybody = [alice, unitReviewer, bureauSupervisor, officer, auditor, administrator];
    const roles = anybody.flatMap((person) => person.roles);
    for (const [name, type, media] of bodies()) {
      if (type !== 'application/json' || name.includes('/simulation/')) continue;
      const client = service.as({ ...alice, subject: 'everybody', roles });
      const path = pathOf(name, { id: `2022-${'0'.repeat(32)}` });
      const sent = exampleOf(document, media);
      const answer = await (name.startsWith('PUT')
        ? client.put(path, sent)
        : client.post(path, sent));
      // A dossier that is not there, a clash with the state, a rule: but never a malformed request.
      expect([name, answer.status, answer.text]).not.toEqual([name, 400, expect.anything()]);
      expect(answer.status).toBeLessThan(500);
    }
  });

  describe('names every field that is taken:', () => {
    /** Fields the service gives itself, and one nobody thought of. */
    const foreign = ['status', 'revision', 'applicant', 'roles', 'submissions', 'unforeseen'];
    const anybody = [alice, unitReviewer, bureauSupervisor, officer, auditor, administrator];
    const everybody = {
      ...alice,
      subject: 'everybody',
      roles: anybody.flatMap((person) => person.roles),
    };
    const target = { id: `2022-${'0'.repeat(32)}` };

    it('any other in a body is 400, and named, however deep it lies', async () => {
      const client = service.as(everybody);
      let tried = 0;
      for (const [name, type, media] of bodies()) {
        if (type !== 'application/json') continue;
        const path = pathOf(name, target);
        const example = exampleOf(document, media);
        for (const place of objectsIn(document, media.schema, example)) {
          const fields = place.path.length < 2 ? foreign : foreign.slice(-1);
          for (const field of fields.filter((one) => !place.declared.includes(one))) {
            const sent = withField(example, place.path, field);
            const answer = await (name.startsWith('PUT')
              ? client.put(path, sent)
              : client.post(path, sent));
            const pointer = ['', ...place.path, field].join('/');
            const { findings = [] } = answer.body as { findings?: { pointer: string }[] };
            expect([name, answer.status, findings.map((one) => one.pointer)]).toEqual([
              name,
              400,
              [pointer],
            ]);
            tried += 1;
          }
        }
      }
      expect(tried).toBeGreaterThan(100);
    });

    it('any other in a query is 400', async () => {
      const client = service.as(everybody);
      const withQuery = operations.filter(
        ([name, , { parameters = [] }]) =>
          name.startsWith('GET') && parameters.some((one) => one.in === 'query'),
      );
      expect(withQuery.length).toBeGreaterThan(8);
      for (const [name] of withQuery) {
        const path = pathOf(name, target);
        const { status } = await client.get(`${path}${path.includes('?') ? '&' : '?'}unforeseen=1`);
        expect([name, status]).toEqual([name, 400]);
      }
    });
  });
});

interface Place {
  readonly path: readonly string[];
  readonly declared: readonly string[];
}

/** Every object of an example whose fields its schema names, by the way to it. */
function objectsIn(
  document: Document,
  schema: Schema,
  value: unknown,
  path: readonly string[] = [],
): readonly Place[] {
  if (schema.$ref !== undefined) {
    return objectsIn(document, resolve(document, schema.$ref) as Schema, value, path);
  }
  const { items, properties, allOf } = schema;
  if (allOf?.length === 1 && allOf[0] !== undefined) {
    return objectsIn(document, allOf[0], value, path);
  }
  if (items !== undefined && Array.isArray(value)) {
    return value.flatMap((item, index) =>
      objectsIn(document, items, item, [...path, String(index)]),
    );
  }
  if (properties === undefined || typeof value !== 'object' || value === null) return [];
  const members = Object.entries(value).flatMap(([name, member]) =>
    properties[name] === undefined
      ? []
      : objectsIn(document, properties[name], member, [...path, name]),
  );
  return [{ path, declared: Object.keys(properties) }, ...members];
}

/** The same value with one field more in the object at the end of the way. */
function withField(value: unknown, [next, ...rest]: readonly string[], field: string): unknown {
  if (next === undefined) return { ...(value as object), [field]: 'x' };
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) =>
      String(index) === next ? withField(item, rest, field) : item,
    );
  }
  const fields = value as Readonly<Record<string, unknown>>;
  return { ...fields, [next]: withField(fields[next], rest, field) };
}

function resolve(document: Document, reference: string): unknown {
  return reference
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | undefined)?.[key],
      document,
    );
}

/** The schema with its references into the document that was given to the validator. */
function located(schema: Schema): object {
  const text = JSON.stringify(schema).replaceAll('"#/', '"document#/');
  return JSON.parse(text) as object;
}

/** As a reader puts it together: of the whole, or of its properties. Undefined where there is none. */
function exampleOf(document: Document, { schema, example, examples }: Media): unknown {
  return example ?? Object.values(examples ?? {})[0]?.value ?? exampleIn(document, schema);
}

function exampleIn(document: Document, schema: Schema): unknown {
  if (schema.$ref !== undefined) {
    return exampleIn(document, resolve(document, schema.$ref) as Schema);
  }
  const given = schema.example ?? schema.examples?.[0];
  if (given !== undefined) return given;
  if (schema.items !== undefined) {
    const item = exampleIn(document, schema.items);
    return item === undefined ? undefined : [item];
  }
  if (schema.properties === undefined) return undefined;
  const members = Object.entries(schema.properties).map(
    ([name, property]) => [name, exampleIn(document, property)] as const,
  );
  const known = members.filter(([, value]) => value !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known);
}
