import type { OpenedDossier } from '../dossier/dossier';
import { dossierAggregate } from '../dossier/stream';
import type { RecordedEvent } from '../engine/event-store';
import { fold } from '../engine/execute';
import { endOfDay, type Instant } from '../engine/instant';
import { filingWindow, reviewWindow, type Policy, type Window } from '../rounds/policy';

/** What an applicant can miss: filing, refiling after a return, fee and printed forms, the defence. */
export type DeadlineKind = 'filing' | 'refiling' | 'fee-and-forms' | 'defence';

/** What must still reach the water department (四(一)19). */
export type Outstanding = 'fee' | 'printed-forms';

/** Something a dossier's applicant must do, and until when. */
export type Deadline = {
  readonly kind: DeadlineKind;
  /** Last instant that counts; of a defence, when it begins. */
  readonly at: Instant;
  /** Since when it concerns this applicant. */
  readonly since: Instant;
  readonly outstanding: readonly Outstanding[];
};

/** The deadlines a round sets for everybody; `opens` is null where there is nothing to wait for. */
export type RoundDeadline = {
  readonly kind: Exclude<DeadlineKind, 'defence'>;
  readonly opens: Instant | null;
  readonly closes: Instant;
};

export function roundDeadlines(policy: Policy): readonly RoundDeadline[] {
  const window = (kind: RoundDeadline['kind'], { opens, closes }: Window) => ({
    kind,
    opens,
    closes,
  });
  return [
    window('filing', filingWindow(policy)),
    window('refiling', reviewWindow(policy)),
    { kind: 'fee-and-forms', opens: null, closes: endOfDay(policy.afterAcceptance.dueBy.day) },
  ];
}

/** The deadlines of one dossier as its stream tells them; none that no longer matters. */
export function deadlinesOf(history: readonly RecordedEvent[], policy: Policy): Deadline[] {
  const state = fold(dossierAggregate, history);
  if (state.status === 'unopened') return [];
  const since = (...types: readonly string[]): Instant =>
    history.findLast(({ type }) => types.includes(type))?.metadata.at ?? '';
  const fromRound = (kind: DeadlineKind, begun: Instant, outstanding: readonly Outstanding[]) =>
    roundDeadlines(policy)
      .filter((deadline) => deadline.kind === kind)
      .map(({ closes }) => ({ kind, at: closes, since: begun, outstanding }));
  switch (state.status) {
    case 'draft':
      return fromRound('filing', since('DossierOpened', 'DossierReopened'), []);
    case 'returned':
      return fromRound('refiling', since('DossierReturned', 'DossierReopened'), []);
    case 'accepted': {
      const outstanding = outstandingOf(state.after);
      const { defence, defenceOutcome } = state.after;
      // An excused absence takes the appointment away; a later one stands beside the old outcome.
      const concluded = defenceOutcome !== null && defenceOutcome.outcome !== 'excused';
      return [
        ...(outstanding.length === 0
          ? []
          : fromRound('fee-and-forms', since('DossierAccepted'), outstanding)),
        ...(defence === null || concluded
          ? []
          : [
              {
                kind: 'defence' as const,
                at: defence.defenceAt,
                since: since('DefenceScheduled'),
                outstanding: [],
              },
            ]),
      ];
    }
    default:
      return [];
  }
}

function outstandingOf({
  fee,
  printedForms,
}: Extract<OpenedDossier, { status: 'accepted' }>['after']): readonly Outstanding[] {
  return [
    ...(fee === null ? (['fee'] as const) : []),
    ...(printedForms === null ? (['printed-forms'] as const) : []),
  ];
}
