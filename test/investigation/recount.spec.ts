import { Random } from '../../src/cli/season/people/random';
import type { RecordedEvent } from '../../src/engine/event-store';
import { foldBatch } from '../../src/engine/fold-batch';
import { fromEpoch, toEpoch } from '../../src/engine/instant';
import type { InvestigationRecord } from '../../src/projections/investigation/records';
import { leads } from '../../src/projections/investigation/leads';
import type { InvestigationPolicy } from '../../src/rounds/investigation-policy';
import { policy2022 } from '../../src/rounds/policy-2022';
import { MemoryReadModels } from '../support/memory';
import { chainA, chainB, chainC, dossierOf, folded, Log, sha } from './log';
import { recount, type Recounted } from './recount';

/* Small numbers, so that random logs are full of leads, and of what only just is none. */
const policies: Readonly<Record<number, InvestigationPolicy>> = {
  1: {
    ...policy2022.investigation,
    fastApproval: { seconds: 300 },
    burst: { approvals: 2, minutes: 10 },
    sharedAddress: { days: 2, mostAccounts: 4 },
    filingsTogether: { units: 2, hours: 3 },
  },
  2: {
    ...policy2022.investigation,
    fastApproval: { seconds: 60 },
    burst: { approvals: 3, minutes: 20 },
    sharedAddress: { days: 1, mostAccounts: 3 },
    filingsTogether: { units: 3, hours: 1 },
  },
};

const chains = [chainA, chainB, chainC];

/** People act at random, mostly minutes apart, at times days; some of it is recorded late. */
function randomLog(seed: number, steps = 220): readonly RecordedEvent[] {
  const random = new Random(seed);
  const below = (end: number) => Math.floor(random.next() * end);
  const log = new Log({ ...policy2022, investigation: policies[1] ?? policy2022.investigation });
  log.decree({ ...policy2022, investigation: policies[2] ?? policy2022.investigation }, 2);
  const underReview = new Map<string, number>();
  const filed = new Map<string, number>();
  let now = toEpoch('2022-09-01T09:30:00.000+08:00');
  for (let step = 0; step < steps; step += 1) {
    const pause = below(20);
    now += pause === 0 ? below(30) * 3_600_000 : below(240) * 1000;
    const late = below(12) === 0 ? below(30) * 60_000 : 0;
    const from = below(6) === 0 ? null : `192.0.2.${below(5)}`;
    const policyVersion = now < toEpoch('2022-09-02T12:00:00.000+08:00') ? 1 : 2;
    const act = { at: fromEpoch(now - late), from, policyVersion };
    const person = below(12);
    const name = `person-${person}`;
    const id = dossierOf(name);
    const chain = chains[person % 3] ?? chainA;
    const at = underReview.get(id);
    if (at === undefined) {
      if (below(3) === 0) {
        log.attach(name, sha('0123456789abcdef'[below(16)] ?? '0'), act, chain);
      } else if ((filed.get(id) ?? 0) < 6) {
        log.file(name, act, chain);
        filed.set(id, (filed.get(id) ?? 0) + 1);
        underReview.set(id, 0);
      }
    } else {
      const by = `${chain[at] ?? ''}-${below(2)}`;
      if (below(5) === 0) {
        log.giveBack(id, { ...act, by });
        underReview.delete(id);
      } else {
        log.pass(id, { ...act, by });
        if (at === 2) underReview.delete(id);
        else underReview.set(id, at + 1);
      }
    }
  }
  return log.events;
}

const comparable = (found: readonly Recounted[]) =>
  found
    .map((lead) => ({ ...lead, jurisdiction: [...lead.jurisdiction].sort() }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));

const told = (documents: Iterable<object>): readonly Recounted[] =>
  [...(documents as Iterable<InvestigationRecord>)]
    .filter((document) => document.is === 'lead')
    .map(({ id, at, jurisdiction, parts }) => ({
      ...{ id, at, jurisdiction },
      positions: parts.map(({ position }) => position).sort(),
    }));

const seeds = Array.from({ length: 25 }, (_, n) => n + 1);
const counts = new Map<string, number>();

it.each(seeds)('The leads of random log %s are those found the slow way', (seed) => {
  const events = randomLog(seed);
  const found = recount(events, policies);
  expect(comparable(told(folded(leads, events).values()))).toEqual(comparable(found));
  for (const { id } of found) {
    const [kind = ''] = id.split('/', 1);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
});

it('The random logs had leads of every kind', () => {
  expect(counts.size).toBe(6);
  for (const [kind, count] of counts) expect([kind, count > 20]).toEqual([kind, true]);
});

it.each([1, 2, 3])('Taken in by batches as they come, log %s gives the same', async (seed) => {
  const events = randomLog(seed);
  const random = new Random(seed);
  const models = new MemoryReadModels();
  let checkpoint = await models.open(leads);
  for (let rest = events; rest.length > 0;) {
    const size = 1 + Math.floor(random.next() * 40);
    const folded = await foldBatch(leads, models, checkpoint, rest.slice(0, size));
    expect(folded.poison).toBeNull();
    ({ checkpoint } = folded);
    rest = rest.slice(size);
  }
  const rebuilt = folded(leads, events);
  const kept = await models.getMany(leads, [...rebuilt.keys()]);
  expect(kept.size).toBe(rebuilt.size);
  for (const [id, document] of rebuilt) expect(kept.get(id)).toEqual(document);
});
