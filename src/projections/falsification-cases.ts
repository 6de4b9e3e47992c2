import type { Instant } from '../engine/instant';
import type { Projection } from '../engine/projection';
import { caseAggregate, caseStreams, type CaseDecision } from '../falsification/case';

/** A falsification case in an auditor's list. */
export type CaseView = {
  readonly id: string;
  readonly status: 'open' | 'decided';
  readonly dossier: string;
  readonly grounds: string;
  readonly openedBy: string;
  readonly openedAt: Instant;
  readonly decision: CaseDecision | null;
  readonly jurisdiction: readonly string[];
};

export const falsificationCases: Projection<CaseView> = {
  name: 'falsification-cases',
  version: 1,
  prefixes: [caseStreams],
  indexes: [{ name: 'all', by: [], order: 'openedAt' }],
  keys: ({ stream }) => [stream.slice(caseStreams.length)],
  project(view, recorded, id) {
    const event = caseAggregate.read(recorded);
    if (event.type === 'FalsificationCaseDecided') {
      return view && { ...view, status: 'decided', decision: event.data };
    }
    const { dossier, grounds, openedBy, at } = event.data;
    return {
      id,
      status: 'open',
      dossier,
      grounds,
      openedBy,
      openedAt: at,
      decision: null,
      jurisdiction: recorded.metadata.jurisdiction,
    };
  },
};
