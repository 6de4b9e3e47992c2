import type { Actor, Json, RecordedEvent } from '../../src/engine/event-store';
import { fromEpoch, toEpoch } from '../../src/engine/instant';
import { organisationsStream } from '../../src/organisations/tree';
import type { Policy } from '../../src/rounds/policy';
import { policy2022 } from '../../src/rounds/policy-2022';
import { roundsStream } from '../../src/rounds/rounds';
import { step } from './acts';
import { consequences } from './cases';
import { organisations, units } from './organisations';
import { rounds, World, type SeasonSize } from './world';

/*
 * Random seasons as they stand in the log: many people at once, step by step. What a step is comes
 * from where the person's dossier lies, and every event is taken in by the dossier's own `evolve`, which
 * throws at one that cannot be. Some events are recorded days after they happened.
 */

export const firstDay = '2022-08-05';
export const lastDay = '2022-10-20';
/** The policy is corrected then: what is due that evening and before goes by the earlier one. */
export const correctedAt = '2022-09-05T12:00:00.000+08:00';
export const correctedFee = 620;

const policyOf = (round: string): Policy => ({ ...policy2022, round });
const corrected = (round: string): Policy => ({
  ...policyOf(round),
  afterAcceptance: {
    ...policy2022.afterAcceptance,
    fee: { ...policy2022.afterAcceptance.fee, senior: correctedFee },
  },
});

/** Every event of a season in the order of the log. */
export function* seasonOf(
  size: SeasonSize,
  places = { organisations, units },
): Generator<RecordedEvent> {
  const world = new World(size, places.units, toEpoch(`${firstDay}T09:00:00.000+08:00`));
  const system: Actor = { kind: 'system', process: 'sample-data' };
  const start = fromEpoch(world.now);
  for (const organisation of places.organisations) {
    yield world.event(organisationsStream, 'OrganisationDescribed', { organisation }, system);
  }
  for (const round of rounds) {
    const said = { round, version: 1, policy: policyOf(round), at: start, reason: 'published' };
    yield world.event(roundsStream, 'RoundPublished', said as unknown as Json, system);
  }
  const end = toEpoch(`${lastDay}T18:00:00.000+08:00`);
  const pace = ((end - world.now) / size.steps) * 2;
  let isCorrected = false;
  for (let n = 0; n < size.steps; n += 1) {
    world.now = Math.min(end, world.now + Math.floor(world.random.next() * pace));
    if (!isCorrected && world.now >= toEpoch(correctedAt)) {
      isCorrected = true;
      for (const round of rounds) {
        const said = {
          round,
          version: 2,
          policy: corrected(round),
          at: correctedAt,
          reason: 'fee',
        };
        yield world.event(roundsStream, 'PolicyCorrected', said as unknown as Json, system);
      }
    }
    if (world.upheld.length > 0 && world.chance(0.3)) yield* consequences(world);
    else yield* step(world, world.pick(world.people));
  }
}
