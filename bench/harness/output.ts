import type { Measurement } from './measurement';
import type { Part } from './part';

export interface Output {
  part(part: Part): void;
  figure(figure: Measurement): void;
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** One JSON object a line. */
export const jsonLines: Output = {
  part: () => undefined,
  figure: (figure) => {
    print(JSON.stringify(figure));
  },
};

/** For people: a line a figure, with its spread and the ratio to its limit. */
export const table: Output = {
  part: ({ name, about }) => {
    print(`\n${name}: ${about}`);
  },
  figure: ({ name, value, unit, limit, ratio, spread, against }) => {
    const range = spread.runs > 1 ? `(${shown(spread.min)} … ${shown(spread.max)})` : '';
    const held =
      ratio === null ? '' : `${shown(ratio)} of ${shown(limit ?? NaN)} ${unit}: ${against ?? ''}`;
    print(
      `  ${name.padEnd(40)} ${shown(value).padStart(9)} ${unit.padEnd(11)} ${range.padEnd(22)} ${held}`.trimEnd(),
    );
  },
};

/** Three digits that count. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}
