import { none } from '../../dossier/form/schema';
import { parseDay, type Day } from '../../engine/instant';
import { isBlankText } from '../../engine/text';
import type { Materials } from './materials';

/** An entry of a list, where it stands. */
export interface Placed<T> {
  readonly entry: T;
  readonly pointer: string;
  /** Place in the list, from 1. */
  readonly number: number;
}

/** The entries of the list at the pointer; none where it is missing, blank or 「无」. */
export function placed<T>(
  list: readonly T[] | string | undefined,
  pointer: string,
): readonly Placed<T>[] {
  return list instanceof Array
    ? list.map((entry, index) => ({ entry, pointer: `${pointer}/${index}`, number: index + 1 }))
    : [];
}

/** A group of fields that may be 「无」; undefined where it is missing, blank or 「无」. */
export function groupOf<T extends object>(value: T | string | undefined): T | undefined {
  return value instanceof Object ? value : undefined;
}

/** Nothing filled in at all: missing, nothing to be seen, or an empty list. */
export function isBlank(value: unknown): boolean {
  if (typeof value === 'string') return isBlankText(value);
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** Blank, or 「无」. */
export function saysNothing(value: unknown): boolean {
  return isBlank(value) || (typeof value === 'string' && value.trim() === none);
}

export function dayIn(value: string | undefined): Day | undefined {
  return value === undefined ? undefined : parseDay(value);
}

const dated = /^\d{4}(-\d{2}){0,2}$/;

/** A year, month or day that has not begun; 至今 and 「无」 have none. */
export function isFuture({ today }: Materials, value: string | number | undefined): boolean {
  const text = String(value ?? '');
  return dated.test(text) && text > today.slice(0, text.length);
}

interface WithEvidence {
  readonly evidence?: readonly string[] | string;
  /** What the unit certifies where there is no other evidence (四(一)7). */
  readonly unitCertificate?: string;
}

/** Something is named as evidence, and everything named is attached. */
export function isEvidenced(materials: Materials, entry: WithEvidence): boolean {
  const { evidence, unitCertificate } = entry;
  const named = evidence instanceof Array ? [...evidence] : [];
  if (unitCertificate !== undefined && !saysNothing(unitCertificate)) named.push(unitCertificate);
  return named.length > 0 && named.every((sha256) => materials.attached.has(sha256));
}
