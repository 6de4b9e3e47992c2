import type { Json } from './event-store';

/** The value as JSON text. Throws as {@link checkJson}. */
export function encodeJson(value: Json): string {
  checkJson(value);
  return JSON.stringify(value);
}

/** Throws TypeError where writing the value as JSON and reading it back would not give the same value. */
export function checkJson(value: Json): void {
  if (!survivesJson(value)) throw new TypeError('the value does not survive JSON');
}

function survivesJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  // Array.from shows the holes of a sparse array as undefined, which `every` alone skips.
  if (Array.isArray(value)) return Array.from<unknown>(value).every(survivesJson);
  return isPlainObject(value) && Object.values(value).every(survivesJson);
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  // By its place in the chain: an object of another realm has another Object.prototype.
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
