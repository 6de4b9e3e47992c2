import type { Value } from '../projections/reports/report';

const byteOrderMark = '\uFEFF';

/**
 * RFC 4180, for spreadsheets: UTF-8 that says so by its byte order mark. A number is written as one; a
 * text that a spreadsheet would take for a formula is led by an apostrophe (also where the first
 * character is full-width, which some input methods write and some programs take for the narrow one).
 */
export function csvOf(rows: readonly (readonly Value[])[]): string {
  return byteOrderMark + rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

const looksLikeFormula = /^\s*[=+\-@\t\r＝＋－＠]/u;

function field(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = looksLikeFormula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
