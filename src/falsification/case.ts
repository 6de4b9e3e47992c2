import type { Aggregate } from '../engine/execute';
import type { Instant } from '../engine/instant';
import { conflict, type Finding } from '../rules/finding';

/** An investigation of a falsified dossier (弄虚作假, 三(四), 四(一)16). */
export type FalsificationCase =
  | { readonly status: 'unopened' }
  | { readonly status: 'open'; readonly facts: CaseFacts }
  | { readonly status: 'decided'; readonly facts: CaseFacts; readonly decision: CaseDecision };

export type CaseFacts = {
  readonly dossier: string;
  readonly openedBy: string;
  readonly at: Instant;
  /** What is suspected, and which parts it concerns. */
  readonly grounds: string;
};

export type CaseDecision = {
  readonly upheld: boolean;
  readonly statement: string;
  readonly decidedBy: string;
  readonly at: Instant;
};

export type CaseEvent =
  | { readonly type: 'FalsificationCaseOpened'; readonly data: CaseFacts }
  | { readonly type: 'FalsificationCaseDecided'; readonly data: CaseDecision };

export type CaseCommand =
  | { readonly type: 'OpenCase'; readonly dossier: string; readonly grounds: string }
  | { readonly type: 'DecideCase'; readonly upheld: boolean; readonly statement: string };

export const caseStreams = 'falsification-';

export const caseAggregate: Aggregate<FalsificationCase, CaseEvent> = {
  initial: { status: 'unopened' },
  evolve(state, event) {
    if (event.type === 'FalsificationCaseOpened') return { status: 'open', facts: event.data };
    if (state.status === 'unopened') throw new Error(`${event.type} before it was opened`);
    return { status: 'decided', facts: state.facts, decision: event.data };
  },
  read: ({ type, data, position }) => {
    if (type === 'FalsificationCaseOpened' || type === 'FalsificationCaseDecided') {
      return { type, data } as unknown as CaseEvent;
    }
    throw new Error(`unknown event ${type} at ${position}`);
  },
};

/** Opened by one person, decided once, by another. */
export function decideCase(
  command: CaseCommand,
  state: FalsificationCase,
  { now, subject }: { readonly now: Instant; readonly subject: string },
): { readonly accepted: readonly CaseEvent[] } | { readonly refused: readonly Finding[] } {
  if (command.type === 'OpenCase') {
    const { dossier, grounds } = command;
    const data = { dossier, grounds, openedBy: subject, at: now };
    return { accepted: [{ type: 'FalsificationCaseOpened', data }] };
  }
  if (state.status !== 'open') return { refused: [notOpen] };
  if (state.facts.openedBy === subject) return { refused: [openedByTheSame] };
  const { upheld, statement } = command;
  const data = { upheld, statement, decidedBy: subject, at: now };
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
