import { measured, type Measurement } from '../harness/measurement';
import type { Growth, Part, Size } from '../harness/part';
import type { Request } from '../service/load';
import { pacesOf, type Commands, type Paces } from '../service/under-load';
import { sectionsOf } from '../store/dossiers';
import { inFolder, seed, type Amounts } from '../store/seeded-store';

const submissions: Commands = (drafts) =>
  drafts.map(({ id, token }) => ({
    ...{ method: 'POST', path: `/v1/dossiers/${id}/submissions`, token },
    body: { confirmed: true },
    headers: { 'idempotency-key': 'submit' },
  }));

const saves: Commands = (drafts, round) =>
  [1, 2, 3, 4].flatMap((time) =>
    drafts.map((draft) => ({
      ...saveOf(draft, `${round}.${time}`),
      headers: { 'idempotency-key': `save-${round}-${time}` },
    })),
  );

/** Saves the summary of work, which changes by the mark. */
export function saveOf(
  { id, token, nth }: { readonly id: string; readonly token: string; readonly nth: number },
  mark: string,
): Request {
  const summary = sectionsOf(nth)['workSummary'] as { readonly text: string };
  return {
    ...{ method: 'PUT', path: `/v1/dossiers/${id}/sections/workSummary`, token },
    body: { ...summary, text: `${summary.text}${mark}` },
  };
}

export const submit: Part = {
  name: 'submit',
  about: 'submissions over HTTP, from separate client processes',
  run: (size) => figures('submit', submissions, 201, size),
  growth: growth('a submission, median', submissions, 201),
};

export const save: Part = {
  name: 'save',
  about: 'sections saved over HTTP, from separate client processes',
  run: (size) => figures('save', saves, 200, size),
  growth: growth('a saved section, median', saves, 200),
};

async function* figures(
  name: string,
  commands: Commands,
  status: number,
  { full }: Size,
): AsyncGenerator<Measurement> {
  const [amounts, runs]: [Amounts, number] = full
    ? [{ filed: 1_000, drafts: 600 }, 3]
    : [{ filed: 50, drafts: 60 }, 1];
  const paces = await inFolder(async (folder) => {
    const store = await seed(folder, amounts);
    const all: Paces[] = [];
    for (let run = 0; run < runs; run += 1) all.push(await pacesOf(store, commands, status));
    return all;
  });
  const bare = paces.map((pace) => pace.bare);
  const is = 'bare Fastify route that keeps the same body';
  for (const [which, suffix] of [
    ['alone', ''],
    ['withReaders', ', beside readers'],
  ] as const) {
    const own = paces.map((pace) => pace[which]);
    const rates = { values: bare.map(({ rate }) => rate), is };
    yield measured(
      `${name}${suffix}`,
      'requests/s',
      own.map(({ rate }) => rate),
      rates,
    );
    for (const [key, called] of [
      ['p50', 'p50'],
      ['p99', 'p99'],
      ['p999', 'p99.9'],
    ] as const) {
      const limit = { values: bare.map((pace) => pace[key]), is };
      yield measured(
        `${name}${suffix}, ${called}`,
        'ms',
        own.map((pace) => pace[key]),
        limit,
      );
    }
    const delays = own.map(({ loopDelay }) => loopDelay);
    yield measured(`${name}${suffix}, event loop late, p99`, 'ms', delays);
  }
}

function growth(what: string, commands: Commands, status: number): Growth {
  return {
    ...{ what, unit: 'ms' },
    cost: async (store) => (await pacesOf(store, commands, status)).alone.p50,
  };
}
