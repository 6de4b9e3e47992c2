import type { Instant } from '../engine/instant';
import type { Projection } from '../engine/projection';
import {
  caseAggregate,
  caseStreams,
  type CaseDecision,
  type CaseFacts,
  type FalsificationCase,
  type Statement,
} from '../falsification/case';

/** A falsification case in an auditor's list; what was written about it is read from its stream. */
export type CaseSummary = {
  readonly id: string;
  readonly status: 'open' | 'decided';
  readonly dossier: string;
  readonly openedBy: string;
  readonly openedAt: Instant;
  readonly jurisdiction: readonly string[];
};

export const falsificationCases: Projection<CaseSummary> = {
  name: 'falsification-cases',
  version: 2,
  prefixes: [caseStreams],
  indexes: [
    { name: 'all', by: [], order: 'openedAt' },
    { name: 'by-dossier', by: ['dossier'], order: 'openedAt' },
  ],
  keys: ({ stream }) => [stream.slice(caseStreams.length)],
  project(summary, recorded, id) {
    const event = caseAggregate.read(recorded);
    if (event.type === 'StatementHeard') return summary;
    if (event.type === 'FalsificationCaseDecided') {
      return summary && { ...summary, status: 'decided' };
    }
    const { dossier, openedBy, at } = event.data;
    return {
      id,
      status: 'open',
      dossier,
      openedBy,
      openedAt: at,
      jurisdiction: recorded.metadata.jurisdiction,
    };
  },
};

/** A case with what was written about it. */
export type CaseView = CaseSummary & {
  readonly grounds: string;
  /** The evidence as it was when the case was opened. */
  readonly frozen: CaseFacts['frozen'];
  readonly statements: readonly Statement[];
  readonly decision: CaseDecision | null;
};

/** The case as its own stream tells it; that may have come further than the list. */
export function caseView(summary: CaseSummary, state: FalsificationCase): CaseView | undefined {
  if (state.status === 'unopened') return undefined;
  const { status, statements } = state;
  const { grounds, frozen } = state.facts;
  const decision = status === 'decided' ? state.decision : null;
  return { ...summary, status, grounds, frozen, statements, decision };
}
