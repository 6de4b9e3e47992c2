import { dayOf, type Day } from '../../engine/instant';
import type { Stage } from '../../organisations/organisation';
import { idOf, dossierStreams } from '../../dossier/stream';
import type { DossierEvent } from '../../dossier/events';
import { dossierEvent } from '../../dossier/upcasters';
import { stageMove } from '../stage-moves';
import { dossierKey, recordOf, type DossierRecord, type Happening } from './records';

/** A dossier's leaving the stage it waited at, and what was decided; null where nobody decided. */
export interface Leaving {
  readonly dossier: DossierRecord;
  readonly from: Stage;
  readonly since: Day;
  readonly day: Day;
  readonly decision: 'passed' | 'returned' | null;
  readonly known: DossierEvent;
}

/** A dossier's coming to a stage, to wait there. */
export interface Coming {
  readonly dossier: DossierRecord;
  readonly to: Stage;
  readonly day: Day;
}

/** How a dossier goes from stage to stage with an event. */
export function stepsOf({ event, before, after }: Happening): {
  readonly left: Leaving | null;
  readonly came: Coming | null;
} {
  if (!event.stream.startsWith(dossierStreams)) return { left: null, came: null };
  const key = dossierKey(idOf(event.stream));
  const earlier = recordOf('dossier', before(key));
  const later = recordOf('dossier', after(key));
  const known = dossierEvent(event);
  const { from, to } = stageMove(known);
  const day = dayOf(event.metadata.at);
  return {
    left:
      from === null || earlier === undefined
        ? null
        : {
            dossier: earlier,
            from,
            since: earlier.since ?? day,
            day,
            decision: decisionOf(known),
            known,
          },
    came: to === null || later === undefined ? null : { dossier: later, to, day },
  };
}

function decisionOf({ type }: DossierEvent): Leaving['decision'] {
  switch (type) {
    case 'DossierRecommended':
    case 'DossierEndorsed':
    case 'DossierAccepted':
      return 'passed';
    case 'DossierReturned':
      return 'returned';
    default:
      return null;
  }
}
