import type { Json } from '../../engine/event-store';

/** The value as JSON text. Throws TypeError where reading it back would not give the same value. */
export function encodeJson(value: Json): string {
  if (!survivesJson(value)) throw new TypeError('the value does not survive JSON');
  return JSON.stringify(value);
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
