import type { OpenAPIObject } from '@nestjs/swagger';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type Schema = Schemas[string];
type MediaTypes = Readonly<Record<string, { schema?: Schema; example?: unknown }>>;

/**
 * Gives every request body a whole example, put together from the examples of its fields. A field without
 * one is left out; such are the optional ones.
 */
export function addExamples({ paths, components }: OpenAPIObject): void {
  const schemas = components?.schemas ?? {};
  for (const { post, put } of Object.values(paths)) {
    for (const operation of [post, put]) {
      const body = operation?.requestBody;
      if (body === undefined || '$ref' in body) continue;
      for (const media of Object.values(body.content as MediaTypes)) {
        if (media.schema !== undefined) media.example ??= exampleOf(media.schema, schemas);
      }
    }
  }
}

const dossier = '2022-0123456789abcdef0123456789abcdef';
const file = 'a'.repeat(64);

/** `{id}` by the resource it stands below. */
const ids: Readonly<Record<string, string>> = {
  dossiers: dossier,
  evidence: `${dossier}.${file}`,
  'falsification-cases': '0123456789abcdef0123456789abcdef',
  organisations: 'kashgar-irrigation-station',
};

const named: Readonly<Record<string, string>> = {
  account: 'alice',
  actor: 'alice',
  asOf: '2022-08-20T12:00:00+08:00',
  document: 'publicity-notice',
  dossier,
  evidence: file,
  from: '2022-08-05T10:00:00+08:00',
  level: 'senior',
  n: '1',
  organisation: 'kashgar-irrigation-station',
  'Read-After': '0000000000000042',
  reason: '1',
  report: 'progress',
  revision: '12',
  round: '2022',
  section: 'education',
  sha256: file,
  stage: 'unit',
  subSpecialty: 'construction',
  to: '2022-08-31T20:00:00+08:00',
};

/** Gives parameters the examples they lack; what stands for a choice of the client's alone is left out. */
export function addParameterExamples({ paths }: OpenAPIObject): void {
  for (const [path, { get, post, put }] of Object.entries(paths)) {
    const [, resource = ''] = /([\w-]+)\/\{id\}/.exec(path) ?? [];
    for (const parameter of [get, post, put].flatMap((operation) => operation?.parameters ?? [])) {
      if ('$ref' in parameter || hasExample(parameter)) continue;
      const example = parameter.name === 'id' ? ids[resource] : named[parameter.name];
      if (example !== undefined) parameter.example = example;
    }
  }
}

function hasExample({
  example,
  schema,
}: {
  example?: unknown;
  schema?: Schema | undefined;
}): boolean {
  return example !== undefined || (schema !== undefined && 'example' in schema);
}

function exampleOf(schema: Schema, schemas: Schemas): unknown {
  if ('$ref' in schema) {
    const named = schemas[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)];
    return named && exampleOf(named, schemas);
  }
  if (schema.example !== undefined) return schema.example as unknown;
  if (schema.items !== undefined) return [exampleOf(schema.items, schemas)];
  if (schema.properties === undefined) return undefined;
  const members = Object.entries(schema.properties)
    .map(([name, member]) => [name, exampleOf(member, schemas)] as const)
    .filter(([, example]) => example !== undefined);
  return Object.fromEntries(members);
}
