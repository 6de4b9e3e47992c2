import type { OpenAPIObject } from '@nestjs/swagger';

type Components = NonNullable<OpenAPIObject['components']>;
type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;

const finding = {
  type: 'object',
  required: ['code', 'rule', 'clause', 'severity', 'pointer', 'message'],
  properties: {
    code: { type: 'string', example: 'attachment-missing' },
    rule: { type: 'string', nullable: true, example: 'F-3' },
    clause: { type: 'string', nullable: true, example: '三(四)' },
    severity: { type: 'string', enum: ['block', 'warn', 'review'] },
    pointer: { type: 'string', description: 'JSON pointer', example: '/education/0/school' },
    message: { type: 'string' },
  },
} satisfies NonNullable<Components['schemas']>[string];

const problem = {
  type: 'object',
  description: 'RFC 9457. `rule` and `clause` where a rule of the notice refuses.',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', example: '/problems/not-found' },
    title: { type: 'string' },
    status: { type: 'integer', example: 404 },
    detail: { type: 'string' },
    code: { type: 'string', example: 'not-found' },
    rule: { type: 'string', example: 'R-6' },
    clause: { type: 'string', example: '三(四)' },
    findings: { type: 'array', items: { $ref: '#/components/schemas/Finding' } },
  },
} satisfies NonNullable<Components['schemas']>[string];

/** What every operation refers to, added to what is there already. */
export function sharedComponents({ components }: Pick<OpenAPIObject, 'components'>): Components {
  return {
    ...components,
    schemas: { ...components?.schemas, Problem: problem, Finding: finding },
    responses: {
      ...components?.responses,
      Problem: {
        description: 'Not done, and why',
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    },
    parameters: {
      ...components?.parameters,
      IdempotencyKey: {
        name: 'Idempotency-Key',
        in: 'header',
        description: 'The same key and body gives the first answer again, and one event.',
        schema: { type: 'string', minLength: 1, maxLength: 200 },
      },
      IfMatch: {
        name: 'If-Match',
        in: 'header',
        description: 'The revision (`ETag`) that was seen; another one is answered with 412.',
        schema: { type: 'string', example: '"12"' },
      },
    },
  };
}

/** Adds to every operation what holds for all of its kind. */
export function withConventions(document: OpenAPIObject): OpenAPIObject {
  const paths = Object.entries(document.paths).map(([path, item]): [string, PathItem] => {
    const { get, post, put } = item;
    return [
      path,
      {
        ...item,
        ...(get && { get: completed(path, get, []) }),
        ...(post && { post: completed(path, post, ['IdempotencyKey', 'IfMatch']) }),
        ...(put && { put: completed(path, put, ['IfMatch']) }),
      },
    ];
  });
  return { ...document, paths: Object.fromEntries(paths) };
}

function completed(path: string, operation: Operation, headers: readonly string[]): Operation {
  const parameters = headers.map((name) => ({ $ref: `#/components/parameters/${name}` }));
  return {
    ...operation,
    parameters: [...(operation.parameters ?? []).map(optionalWithDefault), ...parameters],
    responses: { ...operation.responses, default: { $ref: '#/components/responses/Problem' } },
    // Operation's own addresses, and the simulated clock, answer without a token.
    ...(/^\/v1\/(?!simulation\/)/.test(path) ? {} : { security: [] }),
  };
}

type Parameter = NonNullable<Operation['parameters']>[number];

/** The library calls required what the DTO always has, also where a default stands in for the client. */
function optionalWithDefault(parameter: Parameter): Parameter {
  const { schema } = parameter as { readonly schema?: object };
  return schema !== undefined && 'default' in schema
    ? { ...parameter, required: false }
    : parameter;
}

/**
 * OpenAPI 3.1 is JSON Schema, which has no `nullable`: what the library writes in the manner of 3.0
 * becomes a type with null.
 */
export function asJsonSchema<T>(value: T): T {
  return rewritten(value) as T;
}

function rewritten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewritten);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, rewritten(member)] as const);
  const schema: Readonly<Record<string, unknown>> = Object.fromEntries(members);
  // Only as a keyword: a field of that name has a schema for its value.
  if (typeof schema.nullable !== 'boolean') return schema;
  const { nullable, ...rest } = schema;
  return nullable ? orNull(rest) : rest;
}

function orNull(schema: Readonly<Record<string, unknown>>): object {
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  const values = Array.isArray(schema.enum) ? { enum: [...(schema.enum as unknown[]), null] } : {};
  return { ...schema, ...values, type: [schema.type, 'null'] };
}
