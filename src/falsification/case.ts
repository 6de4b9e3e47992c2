import { readerOf } from '../engine/event-reader';
import type { Aggregate } from '../engine/execute';
import type { Instant } from '../engine/instant';
import { conflict, type Finding } from '../rules/finding';

/** An investigation of a falsified dossier (弄虚作假, 三(四), 四(一)16). */
export type FalsificationCase =
  | { readonly status: 'unopened' }
  | ({ readonly status: 'open' } & CaseFile)
  | ({ readonly status: 'decided'; readonly decision: CaseDecision } & CaseFile);

interface CaseFile {
  readonly facts: CaseFacts;
  /** What was said for and against, in the order it was heard. */
  readonly statements: readonly Statement[];
}

export type CaseFacts = {
  readonly dossier: string;
  readonly openedBy: string;
  readonly at: Instant;
  /** What is suspected, and which parts it concerns. */
  readonly grounds: string;
  readonly frozen: FrozenEvidence;
};

/**
 * The evidence as it was when the case was opened (证据封存): whatever is filed later stands beside it. Hashes,
 * so that whoever holds the files can tell whether they are the same.
 */
export type FrozenEvidence = {
  /** Revision of the dossier. */
  readonly revision: number;
  readonly submissions: readonly { readonly number: number; readonly contentHash: string }[];
  /** Every file attached, by its SHA-256. */
  readonly evidence: readonly string[];
  readonly unitPapers: readonly string[];
};

/** What the applicant, or somebody who vouched for the dossier, said when heard (听取陈述). */
export type Statement = {
  /** From 1. */
  readonly number: number;
  /** Who was heard, by account. */
  readonly person: string;
  readonly statement: string;
  readonly heardBy: string;
  readonly at: Instant;
};

export type CaseDecision = {
  readonly upheld: boolean;
  readonly statement: string;
  readonly decidedBy: string;
  readonly at: Instant;
};

/** Each names its dossier: whoever hears of one needs no other to tell what it is about. */
export type CaseEvent =
  | { readonly type: 'FalsificationCaseOpened'; readonly data: CaseFacts }
  | { readonly type: 'StatementHeard'; readonly data: Statement & { readonly dossier: string } }
  | {
      readonly type: 'FalsificationCaseDecided';
      readonly data: CaseDecision & { readonly dossier: string };
    };

export type CaseCommand =
  | { readonly type: 'OpenCase'; readonly dossier: string; readonly grounds: string }
  | { readonly type: 'HearStatement'; readonly person: string; readonly statement: string }
  | { readonly type: 'DecideCase'; readonly upheld: boolean; readonly statement: string };

/** What a decision in a case is made from besides the case. */
export interface CaseSurroundings {
  readonly now: Instant;
  readonly subject: string;
  /** Whose dossier it is. */
  readonly applicant: string;
  /** Accounts that vouched for it. */
  readonly vouchers: readonly string[];
  /** As the dossier stands now. */
  readonly evidence: FrozenEvidence;
}

export const caseStreams = 'falsification-';

export const caseAggregate: Aggregate<FalsificationCase, CaseEvent> = {
  initial: { status: 'unopened' },
  evolve(state, event) {
    if (event.type === 'FalsificationCaseOpened') {
      return { status: 'open', facts: event.data, statements: [] };
    }
    if (state.status === 'unopened') throw new Error(`${event.type} before it was opened`);
    const { dossier: _, ...data } = event.data;
    return 'upheld' in data
      ? { ...state, status: 'decided', decision: data }
      : { ...state, statements: [...state.statements, data] };
  },
  read: readerOf<CaseEvent>(
    'FalsificationCaseOpened',
    'StatementHeard',
    'FalsificationCaseDecided',
  ),
};

/** Opened by one person; decided once, by another, who has no part in the dossier. */
export function decideCase(
  command: CaseCommand,
  state: FalsificationCase,
  { now, subject, applicant, vouchers, evidence }: CaseSurroundings,
): { readonly accepted: readonly CaseEvent[] } | { readonly refused: readonly Finding[] } {
  if (command.type === 'OpenCase') {
    const { dossier, grounds } = command;
    const data = { dossier, grounds, openedBy: subject, at: now, frozen: evidence };
    return { accepted: [{ type: 'FalsificationCaseOpened', data }] };
  }
  if (state.status !== 'open') return { refused: [notOpen] };
  const { dossier, openedBy } = state.facts;
  const parties = [applicant, ...vouchers];
  if (command.type === 'HearStatement') {
    const { person, statement } = command;
    if (!parties.includes(person)) return { refused: [noParty] };
    const number = state.statements.length + 1;
    const data = { dossier, number, person, statement, heardBy: subject, at: now };
    return { accepted: [{ type: 'StatementHeard', data }] };
  }
  const refused = [
    ...(openedBy === subject ? [openedByTheSame] : []),
    ...(parties.includes(subject) ? [ownMatter] : []),
  ];
  if (refused.length > 0) return { refused };
  const { upheld, statement } = command;
  const data = { dossier, upheld, statement, decidedBy: subject, at: now };
  return { accepted: [{ type: 'FalsificationCaseDecided', data }] };
}

const notOpen = conflict({
  code: 'case-not-open',
  zh: '该案件未立案或已作出决定。',
  en: 'The case is not open or has been decided.',
});

const openedByTheSame = conflict({
  code: 'decided-by-opener',
  zh: '立案人与决定人须为不同的人。',
  en: 'Whoever opened a case does not decide it.',
});

const ownMatter = conflict({
  code: 'decided-by-party',
  zh: '申报人本人和推荐、审核过该材料的人员不得作出决定。',
  en: 'The applicant and those who passed the dossier do not decide about it.',
});

const noParty = conflict({
  code: 'not-a-party',
  pointer: '/person',
  zh: '只听取申报人本人和推荐、审核过该材料的人员的陈述。',
  en: 'Heard are the applicant and those who passed the dossier.',
});
