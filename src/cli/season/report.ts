import type { Applicant } from './applicant';
import { windows } from './notice';
import type { Difference, Referee } from './referee';

/** As many differences as are printed in full. */
const mostShown = 20;

type Row = readonly [label: string, value: string | number];

interface Run {
  /** As the service reports it. */
  readonly closing: readonly Row[];
  readonly requests: number;
  readonly seconds: number;
}

/** What became of everybody, what was refused and what was checked; one text for the terminal. */
export function reportOf(
  cast: readonly Applicant[],
  { checks, differences, refusals, receipts, warnings, broken, found }: Referee,
  { closing, requests, seconds }: Run,
): string {
  const ends: readonly number[] = [windows.filingCloses, windows.reviewCloses];
  const atTheLast = receipts.filter((at) => ends.includes(at));
  return [
    table('Dossiers', [...counted(cast.map(fate)), ['all', cast.length]]),
    table('Progress report', closing),
    table('Refused, as expected', [...refusals].sort(byRule)),
    table('Accepted with a warning', [...warnings].sort(byRule)),
    table('Findings in broken dossiers', [
      ...[...found].sort(byRule),
      ['broken dossiers judged', broken],
      ['different mistakes', mistakesOf(cast)],
    ]),
    table('Run', [
      ['requests', requests],
      ['seconds', seconds.toFixed(1)],
      ['submissions', receipts.length],
      ['submissions in the last millisecond of a window', atTheLast.length],
      ['checks', checks],
      ['differences', differences.length],
    ]),
    ...differences.slice(0, mostShown).map(described),
    ...(differences.length > mostShown
      ? [`… and ${differences.length - mostShown} more differences\n`]
      : []),
  ].join('\n');
}

function fate({ standing: { state, closedBy } }: Applicant): string {
  return closedBy === null ? state : `${state}: ${closedBy}`;
}

function counted(labels: readonly string[]): Row[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(byLabel);
}

function byLabel([one]: Row, [other]: Row): number {
  return one < other ? -1 : 1;
}

/** How many of the catalogue's mistakes anybody made. */
function mistakesOf(cast: readonly Applicant[]): number {
  const made = cast.flatMap(({ trials: { mended, kept } }) => [
    ...mended.flat(),
    ...(kept === null ? [] : [kept]),
  ]);
  return new Set(made).size;
}

/** F-4 before F-10, and F before M. */
function byRule([one]: Row, [other]: Row): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

function table(title: string, rows: readonly Row[]): string {
  const label = Math.max(...rows.map(([text]) => text.length), title.length);
  const value = Math.max(...rows.map(([, number]) => String(number).length));
  const lines = rows.map(
    ([text, number]) => `  ${text.padEnd(label)}  ${String(number).padStart(value)}`,
  );
  return `${[title, ...lines].join('\n')}\n`;
}

function described({ of, expected, actual }: Difference): string {
  return `DIFFERENCE in ${of}\n  expected ${expected}\n  actual   ${actual}\n`;
}
