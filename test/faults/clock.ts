import { setTimeout as sleep } from 'node:timers/promises';

import { SqliteEventStore } from '../../src/adapters/sqlite/event-store';
import { SimulatedClock } from '../../src/engine/clock';
import { fromEpoch, toEpoch } from '../../src/engine/instant';
import { DossierFile } from '../e2e/dossier-file';
import { applicant } from '../e2e/people';
import { everyEvent, inBothWindows, startService, until } from '../support/service';
import { newFolder, remove } from './folder';
import type { Part } from './part';
import { Portal } from './portal';
import { compareWithData, keyOf, settle } from './soundness';

const hour = 3_600_000;
const filingCloses = '2022-08-31T20:00:00.000+08:00';

/** A machine's clock that somebody sets, forwards and back; nobody tells the service. */
class SetClock extends SimulatedClock {
  #offset = 0;

  set(instant: string): void {
    this.#offset += toEpoch(instant) - this.epoch();
  }

  step(milliseconds: number): void {
    this.#offset += milliseconds;
  }

  protected override epoch(): number {
    return super.epoch() + this.#offset;
  }
}

/** The clock is set under load, and over the end of a window and back. */
export const clock: Part = {
  name: 'clock',
  what: 'the clock set forwards and back, also over the end of a window',
  rounds: 6,
  missing: () => null,
  run: async ({ random, goesOn, tally }) => {
    const dataDir = newFolder();
    const portal = new Portal('timeless');
    const set = new SetClock(inBothWindows);
    const service = await startService({ clock: set }, dataDir);
    try {
      const key = await keyOf(service);
      for (let round = 0; goesOn(round); round += 1) {
        let isEnough = false;
        const load = Array.from({ length: 4 }, () => portal.file(service, () => isEnough));
        for (let steps = 0; steps < 3; steps += 1) {
          await sleep(random.between(10, 100));
          const away = random.chance(0.5) ? hour : -hour;
          set.step(away * random.next());
          tally.try('steps');
        }
        isEnough = true;
        await Promise.all(load);
        // A query waits for what was just written, whatever the clock says.
        const newest = [...portal.acknowledged].at(-1);
        if (newest === undefined) continue;
        const [{ by }, { position }] = newest;
        const read = await service.as(by).get('/v1/dossiers').set('Read-After', position);
        tally.lose('queries that did not see what was written', read.ok ? [] : [read.text]);
      }
      await settle(service, portal, tally);
      tally.try('commands acknowledged', portal.acknowledged.size);

      const draft = await DossierFile.filledIn(service, applicant('undecided'));
      const isClosed = async () => (await draft.seenBy(draft.applicant)).status === 'closed';
      for (let round = 0; round < 2; round += 1) {
        set.set(fromEpoch(toEpoch(filingCloses) + 1));
        await until(isClosed);
        set.set(fromEpoch(toEpoch(filingCloses) - hour));
        tally.try('windows ended and begun again');
        await sleep(50);
      }
      await settle(service, portal, tally);
      await service.stop();
      const log = SqliteEventStore.open(`${dataDir}/events.db`);
      const closed = (await everyEvent(log))
        .filter(({ type }) => type === 'DossierClosed')
        .map(({ stream }) => stream);
      await log.close();
      tally.lose(
        'dossiers closed twice',
        closed.filter((stream, index) => closed.indexOf(stream) !== index),
      );
      await compareWithData(dataDir, portal, tally, key);
    } finally {
      await service.stop().catch(() => undefined);
      remove(dataDir);
    }
  },
};
