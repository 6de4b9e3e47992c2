import { parseArgs } from 'node:util';

import { engineKinds, type EngineKind } from './engines';

export interface SeasonOptions {
  readonly applicants: number;
  readonly seed: number;
  /** Null takes any free port. */
  readonly port: number | null;
  readonly engines: EngineKind;
}

export const usage = `Plays the 2022 season over HTTP against a freshly started service, under simulated time.

  npm run season -- [--applicants 200] [--seed 2022] [--port <port>] [--engines production]

  --applicants  how many people apply, 1 to 5000
  --seed        the same seed gives the same people with the same plans
  --port        port of the service; any free one by default
  --engines     embedded (SQLite and files in DATA_DIR, the default), or production: the servers in
                EVENTSTORE_URL and MONGODB_URL, and a stand-in of the tests for one that is not set
  --help        this text

DATA_DIR says where the season is kept (default ./data); npm start shows it afterwards.
Exit code: 0 every answer was as expected, 1 a difference or a failure, 2 wrong use or a season there already.
`;

/** What the command line asks for; null for help. Throws an Error that says what is wrong. */
export function parseOptions(args: readonly string[]): SeasonOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      applicants: { type: 'string', default: '200' },
      seed: { type: 'string', default: '2022' },
      port: { type: 'string' },
      engines: { type: 'string', default: 'embedded' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return null;
  return {
    applicants: wholeNumber('--applicants', values.applicants, [1, 5_000]),
    seed: wholeNumber('--seed', values.seed, [0, 2 ** 32 - 1]),
    port: values.port === undefined ? null : wholeNumber('--port', values.port, [1, 65_535]),
    engines: oneOf('--engines', values.engines, engineKinds),
  };
}

function oneOf<T extends string>(name: string, text: string, known: readonly T[]): T {
  const found = known.find((one) => one === text);
  if (found === undefined) throw new Error(`${name} is one of ${known.join(', ')}`);
  return found;
}

function wholeNumber(name: string, text: string, [least, most]: readonly [number, number]): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new Error(`${name} is a whole number from ${least} to ${most}`);
}
