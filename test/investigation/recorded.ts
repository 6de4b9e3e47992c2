import type { DossierEvent } from '../../src/dossier/events';
import { streamOf } from '../../src/dossier/stream';
import type { Actor, Json, RecordedEvent } from '../../src/engine/event-store';
import type { Instant } from '../../src/engine/instant';
import { applicant, chain, reviewerAt } from '../support/dossier';
import { dossierOf } from './log';

export const dossier = dossierOf('applicant');

const actorOf = ({ subject, roles, organisation }: typeof applicant): Actor => ({
  kind: 'person',
  ...{ subject, roles, organisation },
});

/** Who does it: whoever it is for, by what it says of the stage. */
function whoDoes({ type, data }: DossierEvent): Actor {
  if (type === 'DossierClosed' || type === 'DossierFalsified') {
    return { kind: 'system', process: 'window-closing' };
  }
  const atUnit = ['PublicityStarted', 'ObjectionRecorded', 'ObjectionSettled', 'UnitPaperAttached'];
  if ('from' in data && data.from !== null && type !== 'DossierWithdrawn') {
    return actorOf(reviewerAt(data.from));
  }
  const unit = { kind: 'unit', organisation: chain[0], step: 0 } as const;
  return actorOf(atUnit.includes(type) ? reviewerAt(unit) : applicant);
}

/** A dossier's events as they are recorded, each at its own instant, or all at one. */
export function recorded(
  events: readonly DossierEvent[],
  at: (index: number, event: DossierEvent) => Instant = () => '2022-08-26T11:00:00.000+08:00',
): readonly RecordedEvent[] {
  return events.map((event, revision) => ({
    ...{ id: `event-${revision}`, stream: streamOf(dossier), revision },
    position: String(revision).padStart(12, '0'),
    type: event.type,
    data: event.data as unknown as Json,
    metadata: {
      at: at(revision, event),
      actor: whoDoes(event),
      address: '192.0.2.7',
      command: null,
      policyVersion: 1,
      person: applicant.subject,
      jurisdiction: chain,
    },
  }));
}
