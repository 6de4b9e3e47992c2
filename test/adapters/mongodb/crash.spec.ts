import { foldBatch } from '../../../src/engine/fold-batch';
import type { RecordedEvent } from '../../../src/engine/event-store';
import { ProjectionRunner } from '../../../src/engine/projection-runner';
import type { Checkpoint } from '../../../src/engine/read-models';
import { append, documents, event, eventually, expected, tally } from '../../engine/tally';
import type { MemoryEventStore } from '../../support/memory';
import {
  dyingAt,
  failingAt,
  type Fault,
  halved,
  lost,
  unheard,
} from '../../support/stand-ins/mongodb/faults';
import type { MongoReadModels } from '../../../src/adapters/mongodb/read-models';
import { database, Lab, logOf, unavailable, votes } from './support';

/** What a fold and its commit send: looks at documents and state, then the steps of a commit. */
const commands = ['find', 'find', 'find', 'insert', 'update', 'update', 'update', 'delete'];
const steps = commands.map((name, n) => [n + 1, name] as const);

let lab: Lab;
let store: MemoryEventStore;
let events: readonly RecordedEvent[];
let survivor: MongoReadModels;
let begun: Checkpoint;

beforeEach(async () => {
  lab = await Lab.start();
  store = await votes();
  events = await logOf(store);
  survivor = lab.readModels();
  const start = await survivor.open(tally);
  begun = (await foldBatch(tally, survivor, start, events.slice(0, 3))).checkpoint;
});
afterEach(() => lab.close());

/** The rest of the log, in batches cut otherwise than before. */
async function goOn(readModels: MongoReadModels, batchSize = 2): Promise<void> {
  const runner = new ProjectionRunner(tally, store, readModels, {
    batchSize,
    backoff: { base: 1, cap: 2 },
  });
  runner.start();
  const end = events.at(-1)?.position;
  await eventually(() => runner.status().position === end);
  await runner.stop();
}

/** What was left half done, or in the journal, goes with the next batch. */
async function oneMore(): Promise<void> {
  await append(store, 'recount-1', event(['a', 'b']));
  events = await logOf(store);
  await goOn(survivor);
}

async function expectExactlyOnce(): Promise<void> {
  expect(await documents(survivor)).toEqual(await expected(store));
  expect(lab.stored('journal.')).toEqual([]);
  const [record] = lab.stored('read-models');
  expect(JSON.stringify(record)).toContain('"pending":null');
}

/** The last command only tidies up behind a commit that is done. */
async function expectFailure(fold: Promise<unknown>, nth: number): Promise<void> {
  if (nth === commands.length) await fold;
  else await expect(fold).rejects.toMatchObject(unavailable);
}

it('sends the commands that the tests below count', async () => {
  const seen: string[] = [];
  lab.standIn.fault = ({ name, apply }) => {
    seen.push(name);
    return apply();
  };
  await foldBatch(tally, survivor, begun, events.slice(3, 8));
  expect(seen).toEqual(commands);
});

describe.each<[string, Fault]>([
  ['before it arrives', lost],
  ['before its answer', unheard],
  ['in the middle of it', halved],
])('a runner that dies with a command, %s', (_, fault) => {
  it.each(steps)('number %i, %s, is carried on from', async (nth) => {
    const doomed = await lab.faulty(dyingAt(nth, fault));
    await expectFailure(foldBatch(tally, doomed, begun, events.slice(3, 8)), nth);
    await goOn(survivor);
    await expectExactlyOnce();
  });

  it.each(steps)('number %i, %s, goes on itself after a restart', async (nth) => {
    const doomed = await lab.faulty(dyingAt(nth, fault));
    await expectFailure(foldBatch(tally, doomed, begun, events.slice(3, 8)), nth);
    await goOn(lab.readModels(), 4);
    await expectExactlyOnce();
  });

  it.each(steps)('number %i, %s, only loses the connection and goes on', async (nth) => {
    const unlucky = await lab.faulty(failingAt(nth, fault));
    await expectFailure(foldBatch(tally, unlucky, begun, events.slice(3, 8)), nth);
    await goOn(unlucky);
    await expectExactlyOnce();
  });
});

describe('a runner that pauses before a command reaches the server', () => {
  it.each(steps)('number %i, %s, changes nothing when it wakes up', async (nth) => {
    const pause = gate();
    let count = 0;
    const paused = await lab.faulty(async ({ apply }) => {
      count += 1;
      if (count === nth) await pause.opened;
      return apply();
    });
    const late = foldBatch(tally, paused, begun, events.slice(3, 8)).catch((e: unknown) => e);
    await eventually(() => count >= nth);
    await goOn(survivor);

    pause.open();
    await late;
    expect(await documents(survivor)).toEqual(await expected(store));
    const again = foldBatch(tally, paused, begun, events.slice(3, 6));
    await expect(again).rejects.toMatchObject({ name: 'StaleCheckpoint' });
    await oneMore();
    await expectExactlyOnce();
  });
});

describe('a database that is emptied under a runner', () => {
  it.each(steps)('before command %i, %s, fills again by itself', async (nth) => {
    const models = lab.readModels();
    lab.standIn.fault = failingAt(nth, ({ apply }) => {
      lab.standIn.data.dropDatabase(database);
      return apply();
    });
    await foldBatch(tally, models, begun, events.slice(3, 8)).catch(() => undefined);
    const again = foldBatch(tally, models, begun, events.slice(3, 8));
    await expect(again).rejects.toMatchObject({ name: 'StaleCheckpoint' });
    await goOn(models);
    await expectExactlyOnce();
    expect(lab.names('documents.')).toHaveLength(1);
  });
});

describe('two runners of one projection', () => {
  it.each([1, 2, 3, 4, 5])('fold each event once over a failing network (%i)', async (round) => {
    const faults = [lost, unheard, halved];
    let sent = 0;
    const failing: Fault = (call) => {
      sent += 1;
      const fault = sent % (10 + round) === 0 ? faults[sent % 3] : undefined;
      return fault === undefined ? call.apply() : fault(call);
    };
    const runners = [await lab.faulty(failing), await lab.faulty(failing)].map(
      (readModels, n) =>
        new ProjectionRunner(tally, store, readModels, {
          batchSize: n + 1,
          backoff: { base: 1, cap: 5 },
        }),
    );
    for (const runner of runners) runner.start();
    const end = events.at(-1)?.position;
    const reached = (): boolean => runners.some((runner) => runner.status().position === end);
    await eventually(reached);
    for (const runner of runners) await runner.stop();
    await oneMore();
    await expectExactlyOnce();
  });
});

it('asks the server for a majority in every call, whatever the connection string says', async () => {
  const concerns: unknown[] = [];
  lab.standIn.fault = ({ command: { writeConcern, readConcern }, apply }) => {
    concerns.push(writeConcern ?? readConcern);
    return apply();
  };
  const weak = lab.readModels({}, '&w=1&journal=false&readConcernLevel=local');
  await foldBatch(tally, weak, begun, events.slice(3, 8));
  const read = { level: 'majority' };
  const write = { w: 'majority', j: true, wtimeout: 10_000 };
  expect(concerns).toEqual([read, read, read, write, write, write, write, write]);
});

function gate(): { readonly opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    opened,
    open: () => {
      open();
    },
  };
}
