import 'reflect-metadata';

import { parseArgs } from 'node:util';

import { Random } from '../../src/cli/season/people/random';
import { clock } from './clock';
import { connections } from './connections';
import { disk } from './disk';
import { full } from './full';
import { kill } from './kill';
import { malformed } from './malformed';
import { Tally, type Part } from './part';
import { simulation } from './simulation';
import { slow } from './slow';

const parts: readonly Part[] = [kill, disk, full, connections, clock, slow, malformed, simulation];

const usage = `Does to the built service what may happen to it, and counts what is lost.

  npm run faults -- [part …] [--seed 2022] [--minutes <n> | --rounds <n>]

  --seed     the same seed tries the same faults
  --minutes  how long all parts together take; without it each tries a few
  --rounds   how many rounds of each part
  --help     this text

${parts.map(({ name, what }) => `  ${name.padEnd(12)} ${what}`).join('\n')}

Exit code: 0 nothing was lost, 1 something was, 2 wrong use. A part that cannot be run here is skipped, and said so.
`;

interface Options {
  readonly chosen: readonly Part[];
  readonly seed: number;
  readonly minutes: number | null;
  readonly rounds: number | null;
}

type Result =
  | { readonly kind: 'tried'; readonly part: Part; readonly tally: Tally; readonly seconds: number }
  | { readonly kind: 'skipped'; readonly part: Part; readonly reason: string };

/** Null for help. Throws an Error that says what is wrong. */
function parseOptions(args: readonly string[]): Options | null {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '2022' },
      minutes: { type: 'string' },
      rounds: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return null;
  const unknown = positionals.find((name) => !parts.some((part) => part.name === name));
  if (unknown !== undefined) throw new Error(`there is no part ${unknown}`);
  return {
    chosen: parts.filter(({ name }) => positionals.length === 0 || positionals.includes(name)),
    seed: number('--seed', values.seed),
    minutes: values.minutes === undefined ? null : number('--minutes', values.minutes),
    rounds: values.rounds === undefined ? null : number('--rounds', values.rounds),
  };
}

function number(name: string, text: string): number {
  if (/^\d{1,10}(\.\d+)?$/.test(text)) return Number(text);
  throw new Error(`${name} is a number`);
}

async function runPart(part: Part, { seed, minutes, rounds, chosen }: Options): Promise<Result> {
  const reason = part.missing();
  if (reason !== null) return { kind: 'skipped', part, reason };
  const from = performance.now();
  const share = minutes === null ? null : (minutes * 60_000) / chosen.length;
  const goesOn = (done: number): boolean =>
    share === null ? done < (rounds ?? part.rounds) : performance.now() - from < share;
  const tally = new Tally();
  // Of its own for each, so that a part alone tries what it tries among the others.
  const random = new Random(seed);
  await part.run({ random, goesOn, tally }).catch((error: unknown) => {
    tally.lose('parts broken off', [error instanceof Error ? (error.stack ?? '') : String(error)]);
  });
  return { kind: 'tried', part, tally, seconds: (performance.now() - from) / 1000 };
}

function told(result: Result): string {
  const { part } = result;
  if (result.kind === 'skipped') return `${part.name}: skipped: ${result.reason}\n`;
  const { tally, seconds } = result;
  const counts = (of: ReadonlyMap<string, number>): string =>
    [...of].map(([what, count]) => `${what} ${count}`).join(', ');
  return [
    `${part.name}: ${part.what} (${seconds.toFixed(0)} s)`,
    `  tried  ${counts(tally.tried)}`,
    `  lost   ${counts(tally.lost)}`,
    ...tally.notes.map((note) => `         ${note}`),
    ...tally.losses.map((loss) => `  LOST   ${loss}`),
    '',
  ].join('\n');
}

function closingTable(results: readonly Result[]): string {
  const rows = results.map((result) => {
    if (result.kind === 'skipped') return `| ${result.part.name} | skipped | – |`;
    const { part, tally } = result;
    const tried = [...tally.tried].map(([what, count]) => `${count} ${what}`).join(', ');
    const lost = [...tally.lost.values()].reduce((sum, count) => sum + count, 0);
    return `| ${part.name} | ${tried} | ${lost} |`;
  });
  return ['| part | tried | lost |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

async function main(): Promise<number> {
  let options: Options | null;
  try {
    options = parseOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  if (options === null) {
    process.stdout.write(usage);
    return 0;
  }
  const results: Result[] = [];
  for (const part of options.chosen) {
    const result = await runPart(part, options);
    results.push(result);
    process.stdout.write(`${told(result)}\n`);
  }
  process.stdout.write(`seed ${options.seed}\n${closingTable(results)}`);
  return results.every((one) => one.kind === 'skipped' || one.tally.isSound) ? 0 : 1;
}

void main().then((code) => {
  process.exit(code);
});
