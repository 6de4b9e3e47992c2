import type { DossierEvent } from '../../../dossier/events';
import type { Policy } from '../../../rounds/policy';

/** A rule of the notice an act goes by, with its clause under the policy of then. */
export type RuleNamed = { readonly rule: string; readonly clause: string | null };

const rules: Readonly<Record<DossierEvent['type'], readonly string[]>> = {
  DossierOpened: ['S-5'],
  DossierReopened: ['S-5', 'R-6'],
  SectionSaved: ['F-1'],
  SectionRevised: ['R-5'],
  EvidenceAttached: ['F-2'],
  MaskingAnswered: ['M-27'],
  ReasonExplained: ['R-5'],
  DossierSubmitted: ['T-1', 'F-5'],
  DossierResubmitted: ['T-2', 'R-5', 'R-6'],
  PublicityStarted: ['R-7'],
  ObjectionRecorded: ['R-8'],
  ObjectionSettled: ['R-8'],
  UnitPaperAttached: ['R-9'],
  DossierRecommended: ['R-1', 'R-3', 'R-9'],
  DossierEndorsed: ['R-1'],
  DossierReturned: ['R-1', 'R-4'],
  DossierAccepted: ['R-1', 'R-11'],
  FeeReceived: ['M-29'],
  PrintedFormsReceived: ['M-29'],
  DefenceScheduled: ['M-28'],
  DefenceConcluded: ['M-28'],
  DossierWithdrawn: [],
  DossierClosed: [],
  DossierFalsified: ['M-26'],
};

export function rulesOf(event: DossierEvent, policy: Policy | undefined): readonly RuleNamed[] {
  const named = event.type === 'DossierClosed' ? [closing[event.data.cause]] : rules[event.type];
  return named.map((rule) => ({ rule, clause: policy?.clauses[rule] ?? null }));
}

const closing = {
  'never-submitted': 'T-5',
  'not-resubmitted': 'T-5',
  'submission-limit': 'R-6',
} as const;
