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
