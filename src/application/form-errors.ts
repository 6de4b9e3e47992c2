import type { ErrorObject } from 'ajv/dist/2020';

import { none, notBlank, now } from '../dossier/form/schema';
import { isBlankText, pointerTo } from '../engine/text';
import { say, sayBlank } from './form-messages';

/**
 * One thing wrong with a filled-in section. The texts never repeat what was filled in: it is personal,
 * and texts end in logs.
 */
export interface FormError {
  /** JSON pointer to the field, also to one that is missing or that the form does not know. */
  readonly pointer: string;
  /** Nothing is filled in, though the form asks for something (三(三)). */
  readonly blank: boolean;
  readonly zh: string;
  readonly en: string;
}

/** Most errors told at once: more help nobody, and a hostile body could bring a million. */
const mostTold = 1000;
/** Most errors of Ajv looked at for them; a value outside a list brings one for each of its choices. */
const mostRead = 20 * mostTold;

/** Ajv's errors as people need them: one for each thing wrong, at its exact place. */
export function explain(errors: readonly ErrorObject[]): readonly FormError[] {
  const told = new Map<string, FormError>();
  for (const { error, instead } of withoutNoise(errors.slice(0, mostRead))) {
    const pointer = pointerOf(error);
    // One thing said of a place is enough: what is no day may be too long as well.
    if (told.has(pointer) ? !telling.includes(error.keyword) : told.size === mostTold) continue;
    const blank = isBlank(error);
    const text = blank ? sayBlank(mayBeNone(error, instead)) : say(error, instead);
    told.set(pointer, { pointer, blank, ...text });
  }
  return [...told.values()];
}

/** Keywords that say better than any other what a value should be. */
const telling: readonly string[] = ['format', 'pattern'];

/** Keywords that ask for content where there is none. */
const unfilled: readonly string[] = ['required', 'minLength', 'minItems'];

function isBlank({ keyword, data }: ErrorObject): boolean {
  return unfilled.includes(keyword) || (typeof data === 'string' && isBlankText(data));
}

/** Whether 「无」 would do in place of the blank. */
function mayBeNone(error: ErrorObject, instead: readonly string[]): boolean {
  if (instead.includes(none)) return true;
  const schema: unknown =
    error.keyword === 'required'
      ? member(member(error.parentSchema, 'properties'), error.params['missingProperty'])
      : error.parentSchema;
  return (
    member(schema, 'pattern') === notBlank || literalsOf(member(schema, 'oneOf')).includes(none)
  );
}

function member(of: unknown, name: unknown): unknown {
  const known = typeof of === 'object' && of !== null && typeof name === 'string';
  return known && Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined;
}

interface Useful {
  readonly error: ErrorObject;
  /** Literals that would have done at the same place, as 「无」. */
  readonly instead: readonly string[];
}

/**
 * A value that fits no alternative brings an error for the alternatives as a whole and those of each.
 * What the one alternative with a structure says is useful; that the value is not one of the literals
 * is useful only where there is nothing but literals.
 */
function withoutNoise(errors: readonly ErrorObject[]): readonly Useful[] {
  // By pointer, since a long list brings an error and alternatives for each of its entries.
  const at = new Map<string, ErrorObject[]>();
  for (const whole of errors.filter(isAlternatives)) {
    at.set(whole.instancePath, [...(at.get(whole.instancePath) ?? []), whole]);
  }
  const around = (error: ErrorObject): readonly ErrorObject[] =>
    pathsAbove(error.instancePath)
      .flatMap((path) => at.get(path) ?? [])
      .filter(({ schemaPath }) => error.schemaPath.startsWith(`${schemaPath}/`));

  const explained = new Set(
    errors.flatMap((error) => around(error).filter((whole) => explains(error, whole))),
  );
  return errors.flatMap((error): readonly Useful[] => {
    const inside = around(error).some((whole) => whole.instancePath === error.instancePath);
    if (error.keyword === 'const' && inside) return [];
    // Alternatives of alternatives, as a choice that may be blank: the outermost speaks for all.
    if (isAlternatives(error) && (explained.has(error) || inside)) return [];
    const here = at.get(error.instancePath) ?? [];
    return [{ error, instead: here.flatMap(({ schema }) => literalsOf(schema)) }];
  });
}

/** Whether an error among alternatives says what to do: it lies deeper, or speaks of more than a literal. */
function explains(error: ErrorObject, whole: ErrorObject): boolean {
  const deeper = error.instancePath !== whole.instancePath;
  return deeper || (error.keyword !== 'const' && !isAlternatives(error));
}

function isAlternatives({ keyword }: ErrorObject): boolean {
  return keyword === 'oneOf' || keyword === 'anyOf';
}

/** The pointer itself and those of everything that contains it, '' last. */
function pathsAbove(pointer: string): readonly string[] {
  const end = pointer.lastIndexOf('/');
  return end < 0 ? [pointer] : [pointer, ...pathsAbove(pointer.slice(0, end))];
}

/** Literals people write themselves; not the codes of a list, and not the blank of a draft. */
function literalsOf(branches: unknown): readonly string[] {
  const known: readonly unknown[] = Array.isArray(branches) ? branches : [];
  return [none, now].filter((literal) =>
    known.some((branch) => member(branch, 'const') === literal),
  );
}

function pointerOf({ keyword, instancePath, params }: ErrorObject): string {
  const name: unknown = params[namedBy[keyword] ?? ''];
  return typeof name === 'string' ? pointerTo(instancePath, name) : instancePath;
}

/** Keywords that speak of a field inside the place they name. */
const namedBy: Readonly<Record<string, string>> = {
  required: 'missingProperty',
  additionalProperties: 'additionalProperty',
};
