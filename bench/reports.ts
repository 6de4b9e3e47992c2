import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SqliteReadModels } from '../src/adapters/sqlite/read-models';
import { AskReport, AskReportHandler } from '../src/application/report-queries';
import { ReferenceData } from '../src/application/reference-data';
import type { RecordedEvent } from '../src/engine/event-store';
import { foldBatch } from '../src/engine/fold-batch';
import type { Organisation } from '../src/organisations/organisation';
import { reportCounters, reports } from '../src/projections/reports';
import type { Unit } from '../test/reports/organisations';
import { lastDay, seasonOf } from '../test/reports/season';
import { MemoryEventStore, MemoryLog } from '../test/support/memory';

/*
 * What a report costs over a season of many dossiers, against one of few, from the same units: each season
 * is counted into SQLite as it would come, then every report is asked for the whole region. Prints the
 * times and their ratio. Sizes may be given: `npm run bench:reports -- 1000 100000`.
 */

const prefectures = 14;
const unitsOfEach = 15;
const repeats = 9;
const batchSize = 500;
const now = `${lastDay}T20:00:00.000+08:00`;

const questions = [{}, { by: 'organisation' }, { by: 'day' }, { asOf: '2022-09-05' }];

/** The region, its prefectures with a bureau each, and their units. */
function region(): { readonly organisations: Organisation[]; readonly units: Unit[] } {
  const described = (
    id: string,
    kind: Organisation['kind'],
    above: string | null,
  ): Organisation => ({
    id,
    name: id,
    kind,
    tier: 'prefecture',
    prefecture: id.split('-')[0] ?? null,
    ownership: 'local-state',
    waterSystem: false,
    supervisedBy: above,
  });
  const organisations: Organisation[] = [described('office', 'title-office', null)];
  const units: Unit[] = [];
  for (let prefecture = 0; prefecture < prefectures; prefecture += 1) {
    const [hr, bureau] = [`p${prefecture}-hr`, `p${prefecture}-bureau`];
    organisations.push(described(hr, 'authority', 'office'), described(bureau, 'authority', hr));
    for (let n = 0; n < unitsOfEach; n += 1) {
      const unit = described(`p${prefecture}-unit-${n}`, 'public-institution', bureau);
      const organisation = n % 2 === 0 ? unit : { ...unit, tier: 'county' as const };
      organisations.push(organisation);
      const chain = [unit.id, bureau, hr, 'office'] as const;
      units.push({ organisation, chain, otherChain: chain });
    }
  }
  return { organisations, units };
}

interface Kept {
  readonly events: number;
  readonly seconds: number;
  /** Milliseconds, by report and question. */
  readonly times: ReadonlyMap<string, number>;
}

async function keep(people: number): Promise<Kept> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-reports-'));
  const readModels = SqliteReadModels.open(join(folder, 'read-models.db'));
  const log = new MemoryLog();
  let checkpoint = await readModels.open(reportCounters);
  let [events, milliseconds] = [0, 0];
  let batch: RecordedEvent[] = [];
  const fold = async (): Promise<void> => {
    const start = performance.now();
    ({ checkpoint } = await foldBatch(reportCounters, readModels, checkpoint, batch));
    milliseconds += performance.now() - start;
    events += batch.length;
    batch = [];
  };
  for (const event of seasonOf({ seed: 1, people, steps: people * 30 }, region())) {
    if (!event.stream.includes('-')) {
      log.streams.set(event.stream, [...(log.streams.get(event.stream) ?? []), event]);
    }
    if (batch.push(event) === batchSize) await fold();
  }
  await fold();
  const handler = new AskReportHandler(readModels, new ReferenceData(new MemoryEventStore(log)));
  const times = new Map<string, number>();
  for (const { name } of reports) {
    for (const question of questions) {
      times.set(`${name} ${JSON.stringify(question)}`, await timeOf(handler, name, question));
    }
  }
  await readModels.close();
  await rm(folder, { recursive: true });
  return { events, seconds: milliseconds / 1000, times };
}

async function timeOf(handler: AskReportHandler, name: string, question: object): Promise<number> {
  const auditor = { subject: 'auditor', roles: ['auditor'], organisation: 'office' } as const;
  const query = new AskReport(name, { round: '2022', ...question }, auditor, 'office', now);
  const times: number[] = [];
  for (let n = 0; n < repeats; n += 1) {
    const start = performance.now();
    const outcome = await handler.execute(query);
    if (outcome.kind !== 'answered') throw new Error(`${name}: ${outcome.kind}`);
    times.push(performance.now() - start);
  }
  return times.sort((one, other) => one - other)[Math.floor(repeats / 2)] ?? 0;
}

async function main(): Promise<void> {
  const [few = 1_000, many = 100_000] = process.argv.slice(2).map(Number);
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const seasons: Kept[] = [];
  for (const people of [few, many]) {
    const kept = await keep(people);
    seasons.push(kept);
    const rate = Math.round(kept.events / kept.seconds);
    print(`${people} dossiers: ${kept.events} events counted, ${rate} a second`);
  }
  const [small, large] = seasons;
  print(`\n${'report'.padEnd(40)}${String(few).padStart(10)}${String(many).padStart(10)}  ratio`);
  for (const [question, before] of small?.times ?? []) {
    const after = large?.times.get(question) ?? 0;
    const shown = [before, after].map((time) => `${time.toFixed(1)} ms`.padStart(10)).join('');
    print(`${question.padEnd(40)}${shown}  ${(after / before).toFixed(2)}`);
  }
}

void main();
