import type { Instant } from '../engine/instant';
import type { Projection } from '../engine/projection';
import type { Stage } from '../organisations/organisation';
import type { Choice } from '../dossier/events';
import { dossierStreams, idOf } from '../dossier/stream';
import { dossierEvent } from '../dossier/upcasters';
import { stageMove } from './stage-moves';

/** A dossier that waits for a reviewer. */
export type Waiting = Choice & {
  readonly dossier: string;
  readonly round: string;
  /** Organisation whose turn it is. */
  readonly waitsFor: string;
  readonly stage: Stage['kind'];
  /** When it came to this stage: the queue is served in this order. */
  readonly waitingSince: Instant;
  readonly submission: number;
  readonly resubmission: boolean;
  readonly submittedAt: Instant;
};

const moves = [
  'DossierSubmitted',
  'DossierResubmitted',
  'DossierRecommended',
  'DossierEndorsed',
  'DossierReturned',
  'DossierAccepted',
  'DossierWithdrawn',
  'DossierFalsified',
];

/** What waits for whom, longest waiting first. */
export const reviewQueue: Projection<Waiting> = {
  name: 'review-queue',
  version: 1,
  prefixes: [dossierStreams],
  indexes: [
    { name: 'waiting', by: ['waitsFor'], order: 'waitingSince' },
    { name: 'waiting-at-stage', by: ['waitsFor', 'stage'], order: 'waitingSince' },
    { name: 'waiting-from-unit', by: ['waitsFor', 'organisation'], order: 'waitingSince' },
    { name: 'waiting-again', by: ['waitsFor', 'resubmission'], order: 'waitingSince' },
  ],
  keys: (event) => (moves.includes(event.type) ? [idOf(event.stream)] : []),
  project(waiting, recorded) {
    const event = dossierEvent(recorded);
    const { to } = stageMove(event);
    if (to === null) return undefined;
    const place = {
      waitsFor: to.organisation,
      stage: to.kind,
      waitingSince: recorded.metadata.at,
    };
    if (event.type === 'DossierSubmitted' || event.type === 'DossierResubmitted') {
      const { round, choice, filing } = event.data;
      return {
        dossier: idOf(recorded.stream),
        round,
        ...choice,
        ...place,
        submission: filing.number,
        resubmission: filing.number > 1,
        submittedAt: filing.at,
      };
    }
    return waiting && { ...waiting, ...place };
  },
};
