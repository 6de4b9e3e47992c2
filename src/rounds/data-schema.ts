import type { JsonSchema } from '../dossier/form/schema';
import type { Day, Instant } from '../engine/instant';
import type { Json } from '../engine/event-store';
import { visible } from '../engine/text';

/*
 * The words a schema of round data is written in. Each names the type it stands for, so that the
 * compiler refuses a schema that does not follow the interface: a member left out, or of another kind.
 */

declare const described: unique symbol;

/** A JSON Schema (2020-12) of values of type T. */
export interface Schema<out T> {
  readonly json: JsonSchema;
  /** Never there: it carries the type. */
  readonly [described]?: T;
}

interface Optional<out T> {
  readonly optional: Schema<T>;
}

type Members<T> = {
  readonly [Name in keyof T]-?: object extends Pick<T, Name>
    ? Optional<Exclude<T[Name], undefined>>
    : Schema<T[Name]>;
};

/** Says when a value moves with the round: years, besides days and instants, which tell by their format. */
export const yearKeyword = 'x-year';
/** A moment that names its offset; the only format besides `date` that round data uses. */
export const instantFormat = 'date-time';

/** An object with these members and no other. */
export function object<T extends object>(members: Members<T>): Schema<T> {
  const entries = Object.entries<Schema<unknown> | Optional<unknown>>(members);
  const properties = entries.map(([name, member]) => [
    name,
    ('optional' in member ? member.optional : member).json,
  ]);
  const required = entries.flatMap(([name, member]) => ('optional' in member ? [] : [name]));
  return {
    json: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(properties) as Record<string, JsonSchema>,
      required,
    },
  };
}

export function optional<T>(schema: Schema<T>): Optional<T> {
  return { optional: schema };
}

/** Values of one kind by codes that are data themselves. */
export function byCode<T>({ json }: Schema<T>): Schema<Readonly<Record<string, T>>> {
  return {
    json: { type: 'object', propertyNames: { pattern: codePattern }, additionalProperties: json },
  };
}

/** At least `least` different values. */
export function list<T>({ json }: Schema<T>, least = 0): Schema<readonly T[]> {
  return {
    json: { type: 'array', items: json, minItems: least, maxItems: 500, uniqueItems: true },
  };
}

export function oneOf<const T extends string>(values: readonly T[]): Schema<T> {
  return { json: { type: 'string', enum: values } };
}

/** Objects told apart by the value of one member, which each alternative names. */
export function tagged<T>(tag: string, alternatives: readonly Schema<T>[]): Schema<T> {
  return {
    json: {
      type: 'object',
      discriminator: { propertyName: tag },
      oneOf: alternatives.map(({ json }) => json),
    },
  };
}

/** Objects of two shapes; where the member is there, the first. */
export function eitherBy<A, B>(member: string, first: Schema<A>, second: Schema<B>): Schema<A | B> {
  const has: JsonSchema = { type: 'object', properties: { [member]: {} }, required: [member] };
  return { json: { type: 'object', if: has, then: first.json, else: second.json } };
}

export const text = (longest = 1000): Schema<string> => ({
  json: { type: 'string', minLength: 1, maxLength: longest, pattern: visible },
});

export const codePattern = '^[a-z0-9]+(-[a-z0-9]+)*$';

/** A name portals send: lower-case letters, digits, single hyphens. */
export const code: Schema<string> = {
  json: { type: 'string', pattern: codePattern, maxLength: 64 },
};

export const matching = (pattern: string): Schema<string> => ({
  json: { type: 'string', pattern, maxLength: 100 },
});

export const whole = (minimum: number, maximum: number): Schema<number> => ({
  json: { type: 'integer', minimum, maximum },
});

export const share: Schema<number> = { json: { type: 'number', minimum: 0, maximum: 1 } };

export const flag: Schema<boolean> = { json: { type: 'boolean' } };

export const year: Schema<number> = {
  json: { type: 'integer', minimum: 1950, maximum: 2100, [yearKeyword]: true },
};

export const day: Schema<Day> = { json: { type: 'string', format: 'date', maxLength: 10 } };

export const instant: Schema<Instant> = {
  json: { type: 'string', format: instantFormat, maxLength: 40 },
};

export function orNull<T>({ json }: Schema<T>): Schema<T | null> {
  return { json: { ...json, type: [json['type'] ?? 'string', 'null'] } };
}

/** Says where in the notice a parameter comes from, and what it is; shown to who edits the data. */
export function from<T>(clause: string, says: string, { json }: Schema<T>): Schema<T> {
  return { json: { ...json, description: `${clause}：${says}` } };
}

type Change = (schema: JsonSchema, value: Json) => Json;

/** The same data with every text and number changed as its part of the schema says. */
export function mapData<T>({ json }: Schema<T>, value: T, change: Change): T {
  return mapped(json, value as Json, change) as T;
}

function mapped(schema: JsonSchema, value: Json, change: Change): Json {
  if (typeof value !== 'object' || value === null) return change(schema, value);
  const { items, properties, additionalProperties: others } = schema;
  // Alternatives have no member in common whose kind differs: each changes what it knows.
  const alternatives = [schema['then'], schema['else'], ...listOf(schema['oneOf'])];
  const own = isList(value)
    ? value.map((item) => mapped(schemaOr(items), item, change))
    : Object.fromEntries(
        Object.entries(value).map(([name, member]) => {
          const known = isSchema(properties) ? properties[name] : undefined;
          return [name, mapped(schemaOr(known ?? others), member, change)];
        }),
      );
  return alternatives.reduce<Json>(
    (changed, alternative) =>
      isSchema(alternative) ? mapped(alternative, changed, change) : changed,
    own,
  );
}

function schemaOr(value: Json | undefined): JsonSchema {
  return isSchema(value) ? value : {};
}

function isSchema(value: Json | undefined): value is JsonSchema {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function listOf(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}
