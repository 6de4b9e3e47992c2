import { readerOf } from '../engine/event-reader';
import type { Aggregate } from '../engine/execute';
import type { Bar } from '../rules/standing';

/**
 * A person's standing (四(一)16), in a stream of its own. It is kept twice, under a keyed hash of the ID
 * number and under one of the account, so that neither another account nor a draft without an ID
 * number gets round a bar.
 */
export type Standing = readonly (Bar & { readonly falsificationCase: string })[];

export type StandingEvent = {
  readonly type: 'PersonBarred';
  readonly data: Bar & { readonly falsificationCase: string };
};

export const standingStreams = 'standing-';

export const standingAggregate: Aggregate<Standing, StandingEvent> = {
  initial: [],
  evolve: (standing, { data }) => [...standing, data],
  read: readerOf<StandingEvent>('PersonBarred'),
};

/** One bar a case; the same again changes nothing. */
export function bar(standing: Standing, asked: StandingEvent['data']): readonly StandingEvent[] {
  const known = standing.some(
    ({ falsificationCase }) => falsificationCase === asked.falsificationCase,
  );
  return known ? [] : [{ type: 'PersonBarred', data: asked }];
}
