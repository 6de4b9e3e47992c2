import type { Json } from '../engine/event-store';
import { pointerTo } from '../engine/text';
import { sameJson } from '../dossier/canonical';

/** One field that differs between two contents. Absent sides are left out. */
export type FieldChange = {
  /** JSON pointer into the content. */
  readonly pointer: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly before?: Json;
  readonly after?: Json;
};

/** Every field that differs, field by field; what is new or gone as a whole is one change. */
export function changesBetween(
  before: Json | undefined,
  after: Json | undefined,
  pointer = '',
): readonly FieldChange[] {
  if (sameJson(before, after)) return [];
  if (before === undefined) {
    return after === undefined ? [] : [{ pointer, kind: 'added', after }];
  }
  if (after === undefined) return [{ pointer, kind: 'removed', before }];
  if (!isBranch(before) || !isBranch(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [{ pointer, kind: 'changed', before, after }];
  }
  const one = new Map(Object.entries(before));
  const other = new Map(Object.entries(after));
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((key) =>
    changesBetween(one.get(key), other.get(key), pointerTo(pointer, key)),
  );
}

function isBranch(value: Json): value is readonly Json[] | { readonly [key: string]: Json } {
  return value !== null && typeof value === 'object';
}
