import type { Aggregate } from '../engine/execute';

/**
 * That somebody other than the applicant was shown personal data unmasked, in a stream of its own beside the
 * dossier's: it changes nothing of the dossier.
 */
export type ReadEvent = {
  readonly type: 'PersonalDataRead';
  readonly data: {
    readonly dossier: string;
    readonly reader: string;
    /** The dossier's revision then: once it has changed, reading again is another reading. */
    readonly revision: number;
    /** What was shown, as its address below the dossier: `submissions/2`, `evidence/<SHA-256>`, `documents/publicity-notice`. */
    readonly part: string;
  };
};

export type Reads = readonly ReadEvent['data'][];

export const readStreams = 'reads-';

export const readsAggregate: Aggregate<Reads, ReadEvent> = {
  initial: [],
  evolve: (reads, { data }) => [...reads, data],
  read: ({ type, data, position }) => {
    if (type === 'PersonalDataRead') return { type, data } as unknown as ReadEvent;
    throw new Error(`unknown event ${type} at ${position}`);
  },
};

/** One event a reader, part and revision: who opens the same page ten times has read it. */
export function noteRead(reads: Reads, asked: ReadEvent['data']): readonly ReadEvent[] {
  const known = reads.some(
    ({ reader, revision, part }) =>
      reader === asked.reader && revision === asked.revision && part === asked.part,
  );
  return known ? [] : [{ type: 'PersonalDataRead', data: asked }];
}
