import { spawnSync } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';

import { SqliteEventStore } from '../../src/adapters/sqlite/event-store';
import { SqliteReadModels } from '../../src/adapters/sqlite/read-models';
import type { EventStore, RecordedEvent } from '../../src/engine/event-store';
import type { Projection } from '../../src/engine/projection';
import type { ReadModels } from '../../src/engine/read-models';
import { rebuild } from '../../src/engine/rebuild';
import { projections } from '../../src/projections';
import { auditor } from '../e2e/people';
import { body, everyEvent, until, type Service } from '../support/service';
import type { Tally } from './part';
import type { Portal } from './portal';

const losses = {
  acknowledged: 'acknowledged and not in the log',
  twice: 'commands in the log twice',
  gaps: 'gaps in the log',
  wrong: 'answers neither done nor come back',
  never: 'never answered',
  projections: 'projections unlike their rebuild',
  verify: 'logs that do not verify',
} as const;

/** What a portal was told against what the log says. */
export function compareWithLog(
  log: readonly RecordedEvent[],
  portal: Portal,
  tally: Tally,
  { gapless = true } = {},
): void {
  tally.lose(losses.wrong, portal.wrong);
  const placed = new Map(log.map((event) => [event.position, event]));
  const missing: string[] = [];
  for (const [{ by }, { dossier, revision, position }] of portal.acknowledged) {
    const event = placed.get(position);
    const isThere =
      event?.stream === `dossier-${dossier}` &&
      event.revision === revision &&
      event.metadata.actor.kind === 'person' &&
      event.metadata.actor.subject === by.subject;
    if (!isThere) missing.push(`${by.subject}: ${dossier} ${revision} at ${position}`);
  }
  tally.lose(losses.acknowledged, missing);
  const ids = log.flatMap(({ metadata }) => metadata.command?.id ?? []);
  tally.lose(
    losses.twice,
    ids.filter((id, index) => ids.indexOf(id) !== index),
  );
  if (!gapless) return;
  const gaps = log.filter(({ position }, index) => Number(position) !== index + 1);
  tally.lose(
    losses.gaps,
    gaps.map(({ position }) => position),
  );
}

/** Compares the live documents of every projection with those of a rebuild. */
export async function compareWithRebuild(
  log: readonly RecordedEvent[],
  { events, readModels }: { readonly events: EventStore; readonly readModels: ReadModels },
  tally: Tally,
): Promise<void> {
  for (const projection of projections) {
    const live = await documentsOf(projection, log, readModels);
    await rebuild(projection, events, readModels);
    const rebuilt = await documentsOf(projection, log, readModels);
    const isLevel = isDeepStrictEqual(live, rebuilt);
    tally.lose(losses.projections, isLevel ? [] : [projection.name]);
  }
}

/** A projection puts documents under the keys of its events, and nowhere else. */
function documentsOf(
  projection: Projection,
  log: readonly RecordedEvent[],
  readModels: ReadModels,
) {
  const events = log.filter(({ stream }) =>
    projection.prefixes.some((prefix) => stream.startsWith(prefix)),
  );
  return readModels.getMany(projection, [
    ...new Set(events.flatMap((event) => projection.keys(event))),
  ]);
}

/** The data folder a service has left, against what the portal was told. */
export async function compareWithData(
  dataDir: string,
  portal: Portal,
  tally: Tally,
  key: string,
): Promise<void> {
  const events = SqliteEventStore.open(`${dataDir}/events.db`);
  const readModels = SqliteReadModels.open(`${dataDir}/read-models.db`);
  try {
    const log = await everyEvent(events);
    compareWithLog(log, portal, tally);
    await compareWithRebuild(log, { events, readModels }, tally);
  } finally {
    await readModels.close();
    await events.close();
  }
  const verifier = `${__dirname}/../../dist/verify/main.js`;
  const args = [verifier, '--data', dataDir, '--key', key, '--lang', 'en'];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  tally.lose(losses.verify, status === 0 ? [] : [stdout]);
}

/** Sends again what was not answered, and waits until every projection has taken in the whole log. */
export async function settle(service: Service, portal: Portal, tally: Tally): Promise<void> {
  tally.lose(losses.never, await portal.repeat(service));
  await until(async () => {
    const health = await body<{
      readonly eventStore: { readonly head: string };
      readonly projections: readonly { readonly position: string }[];
    }>(service.as(null).get('/health/ready'), 200);
    return health.projections.every(({ position }) => position === health.eventStore.head);
  });
}

/** The key the service signs its checkpoints with, as the verifier takes it. */
export async function keyOf(service: Service): Promise<string> {
  const asked = service.as(auditor).get('/v1/audit/checkpoints');
  return (await body<{ readonly key: string }>(asked, 200)).key;
}
