import type { Instant } from '../engine/instant';

/** A paper as its content: what it says, in order. How that looks is the renderer's business. */
export interface PrintedDocument {
  /** What kind of paper it is. Names the file and stands in its metadata, so it says nothing of a person. */
  readonly name: string;
  /** When what it says came about: the file's date, so that the same content gives the same bytes. */
  readonly at: Instant;
  /** Small print at the foot of every page, beside the page number. */
  readonly footnote: string | null;
  readonly blocks: readonly Block[];
}

export type Block = Cover | Heading | Paragraph | Table | Statement | Signature;

/** A first page of its own. */
export interface Cover {
  readonly kind: 'cover';
  readonly over: string;
  readonly title: string;
  readonly lines: readonly (readonly [label: string, value: string])[];
  /** What is glued on by hand, such as a photograph. */
  readonly place: string;
  readonly under: string;
}

export interface Heading {
  readonly kind: 'heading';
  /** 1 for the title of the paper, 2 for a part, 3 within a part. */
  readonly level: 1 | 2 | 3;
  readonly text: string;
}

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly text: string;
}

export interface Table {
  readonly kind: 'table';
  /** Widths of the columns, in proportion to one another. */
  readonly columns: readonly number[];
  /** Stands again where the table goes on on another page. */
  readonly header: readonly Cell[] | null;
  readonly rows: readonly (readonly Cell[])[];
}

export interface Cell {
  readonly text: string;
  readonly label: boolean;
  /** Columns it takes. */
  readonly span: number;
}

/** A box in which somebody signs below a text; it stays on one page. */
export interface Statement {
  readonly kind: 'statement';
  readonly label: string;
  readonly text: string;
  /** Lines at its foot, with room for hand and stamp. */
  readonly signature: readonly string[];
}

/** Lines at the end of a paper, with room for hand and stamp; they stay together. */
export interface Signature {
  readonly kind: 'signature';
  readonly lines: readonly string[];
}

export const heading = (level: Heading['level'], text: string): Heading => ({
  kind: 'heading',
  level,
  text,
});

export const paragraph = (text: string): Paragraph => ({ kind: 'paragraph', text });

export const cell = (text: string, span = 1): Cell => ({ text, label: false, span });
export const label = (text: string, span = 1): Cell => ({ text, label: true, span });
