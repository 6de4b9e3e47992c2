import type { Json } from '../../engine/event-store';
import { visible } from '../../engine/text';

/** A JSON Schema (2020-12) as portals receive it. */
export type JsonSchema = { readonly [keyword: string]: Json };

/** What stands where there is no content: 「无」 (三(三)). */
export const none = '无';
/** What stands for the end of a period that still runs. */
export const now = '至今';

/** Something to be seen. */
export const notBlank = visible;
/** SHA-256 of a file that was uploaded, lower-case hex. */
export const evidencePattern = '^[0-9a-f]{64}$';
/** A month of the calendar, `2022-08`. */
export const monthPattern = '^[12][0-9]{3}-(0[1-9]|1[0-2])$';

/** Keywords of ours, which say something to a portal and check nothing. */
export const annotations = ['x-english', 'x-evidence'] as const;

declare const content: unique symbol;

/** A part of the form: what people read about it, and what it takes. `T` is what a complete dossier holds there. */
export interface Field<T> {
  readonly label: JsonSchema;
  readonly value: JsonSchema;
  /** Never there: it carries the type. */
  readonly [content]?: T;
}

export function schemaOf({ label, value }: Field<unknown>): JsonSchema {
  return { ...label, ...value };
}

/** Keywords of a label. */
export const labelKeywords: readonly string[] = ['title', 'x-english', 'description'];

export type ContentOf<F> = F extends Field<infer T> ? T : never;

export type Fields = Readonly<Record<string, Field<unknown>>>;

export type Filled<F extends Fields> = { readonly [Name in keyof F]: ContentOf<F[Name]> };
