import type { Json } from '../engine/event-store';
import { malformedBody, type Problem } from './problem';

/** Deepest nesting taken; a dossier's sections need a handful. Deeper bodies exhaust recursive code. */
const deepest = 32;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * JSON as a client sent it, stricter than JSON.parse: proper UTF-8 and whole characters (a store
 * would silently put others in their place), no nesting beyond 32, no member with a
 * reserved name (`__proto__`, `prototype`, …). Throws a 400 Problem.
 */
export function parseJsonBody(bytes: Uint8Array): Json {
  // Many clients name the type of a body they do not send, where a command needs none.
  if (bytes.length === 0) return {};
  const value = parse(decode(bytes));
  check(value);
  return value;
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw refused('不是有效的 UTF-8 文本', 'is not proper UTF-8');
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw refused('不是有效的 JSON', 'is not proper JSON');
  }
}

function check(body: Json): void {
  const pending: { readonly value: Json; readonly depth: number }[] = [{ value: body, depth: 1 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, depth } = next;
    if (typeof value === 'string') checkText(value);
    if (typeof value !== 'object' || value === null) continue;
    if (depth > deepest) throw refused('嵌套层次过多', 'is nested too deeply');
    if (!Array.isArray(value)) Object.keys(value).forEach(checkName);
    for (const member of Object.values(value) as Json[]) {
      pending.push({ value: member, depth: depth + 1 });
    }
  }
}

function checkName(name: string): void {
  checkText(name);
  if (isReservedName(name)) throw refused('含有不允许的字段名', 'has a forbidden member name');
}

/**
 * Whether libraries find a member of this name in every object (`constructor`, …), or take it out
 * without a word before anybody could refuse it (`prototype`, in NestJS).
 */
export function isReservedName(name: string): boolean {
  return name in Object.prototype || name === 'prototype';
}

function checkText(text: string): void {
  // Half of a surrogate pair: JSON can write it, UTF-8 cannot.
  if (!text.isWellFormed()) throw refused('含有不完整的字符', 'has an incomplete character');
}

function refused(zh: string, en: string): Problem {
  return malformedBody({ zh: `请求正文${zh}。`, en: `The request body ${en}.` });
}
