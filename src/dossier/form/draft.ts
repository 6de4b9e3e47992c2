import type { Json } from '../../engine/event-store';
import { labelKeywords, notBlank, type JsonSchema } from './schema';

/** What a draft need not fulfil yet. Maxima, types, formats, choices and the field names hold always. */
const untilSubmitted: readonly string[] = ['required', 'minLength', 'minItems'];

/**
 * The schema a draft is checked by: anything may be missing, and '' stands for a blank wherever the
 * form asks for a single value.
 */
export function draftSchema(schema: JsonSchema): JsonSchema {
  const draft: Record<string, Json> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (untilSubmitted.includes(keyword)) continue;
    if (keyword === 'pattern' && value === notBlank) continue;
    draft[keyword] = relaxed(keyword, value);
  }
  return draft;
}

function relaxed(keyword: string, value: Json): Json {
  if (keyword === 'properties' && isSchema(value)) return mapValues(value, blankable);
  if (keyword === 'items' && isSchema(value)) return draftSchema(value);
  if (keyword === 'oneOf' && isList(value)) {
    return value.map((branch) => (isSchema(branch) ? draftSchema(branch) : branch));
  }
  return value;
}

/** A property of a draft. A text is blank as it is; a list or a group is left out instead. */
function blankable(property: JsonSchema): JsonSchema {
  const draft = draftSchema(property);
  if (isText(property) || isComposite(property)) return draft;
  const pick = (labels: boolean) =>
    Object.fromEntries(
      Object.entries(draft).filter(([keyword]) => labelKeywords.includes(keyword) === labels),
    );
  const blank = { const: '', title: '未填', 'x-english': 'blank' };
  return { ...pick(true), anyOf: [blank, pick(false)] };
}

function isText({ pattern }: JsonSchema): boolean {
  return pattern === notBlank;
}

function isComposite({ type, oneOf }: JsonSchema): boolean {
  if (type === 'object' || type === 'array') return true;
  return isList(oneOf) && oneOf.some((branch) => isSchema(branch) && isComposite(branch));
}

function isSchema(value: Json | undefined): value is JsonSchema {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function mapValues(
  properties: JsonSchema,
  change: (schema: JsonSchema) => JsonSchema,
): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      isSchema(value) ? change(value) : value,
    ]),
  );
}
