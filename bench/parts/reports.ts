import { join } from 'node:path';

import { SqliteReadModels } from '../../src/adapters/sqlite/read-models';
import { AskReport, AskReportHandler } from '../../src/application/report-queries';
import { ReferenceData } from '../../src/application/reference-data';
import type { RecordedEvent } from '../../src/engine/event-store';
import { foldBatch } from '../../src/engine/fold-batch';
import type { Organisation } from '../../src/organisations/organisation';
import { reportCounters, reports as definitions } from '../../src/projections/reports';
import type { Unit } from '../../test/reports/organisations';
import { lastDay, seasonOf } from '../../test/reports/season';
import { MemoryEventStore, MemoryLog } from '../../test/support/memory';
import { measured } from '../harness/measurement';
import type { Part } from '../harness/part';
import { inFolder } from '../store/seeded-store';

const prefectures = 14;
const unitsOfEach = 15;
const runs = 9;
/** As a service takes them in that has much to catch up with; in larger ones a large season is sooner there. */
const batches = { small: 500, full: 10_000 };
const now = `${lastDay}T20:00:00.000+08:00`;

const questions = [{}, { by: 'organisation' }, { by: 'day' }, { asOf: '2022-09-05' }];

export const reports: Part = {
  name: 'reports',
  about:
    'every report asked for the whole region, over a large season and a small one of the same units',

  async *run({ full }) {
    const [few, many] = full ? [1_000, 100_000] : [100, 400];
    const batchSize = full ? batches.full : batches.small;
    const small = await keep(few, batchSize);
    const large = await keep(many, batchSize);
    for (const [question, values] of large.times) {
      const limit = { values: small.times.get(question) ?? [], is: `of ${few} dossiers` };
      yield measured(`${question} of ${many}`, 'ms', values, limit);
    }
    yield measured('events counted', 'events/s', [large.events / large.seconds]);
  },
};

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
  /** Milliseconds of each run, by report and question. */
  readonly times: ReadonlyMap<string, readonly number[]>;
}

function keep(people: number, batchSize: number): Promise<Kept> {
  return inFolder(async (folder) => {
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
    const times = new Map<string, readonly number[]>();
    for (const { name } of definitions) {
      for (const question of questions) {
        const asked = [name, ...Object.entries(question).flat()].join(' ');
        times.set(asked, await timesOf(handler, name, question));
      }
    }
    await readModels.close();
    return { events, seconds: milliseconds / 1000, times };
  });
}

async function timesOf(
  handler: AskReportHandler,
  name: string,
  question: object,
): Promise<number[]> {
  const auditor = { subject: 'auditor', roles: ['auditor'], organisation: 'office' } as const;
  const query = new AskReport(name, { round: '2022', ...question }, auditor, 'office', now);
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    const outcome = await handler.execute(query);
    if (outcome.kind !== 'answered') throw new Error(`${name}: ${outcome.kind}`);
    times.push(performance.now() - start);
  }
  return times;
}
