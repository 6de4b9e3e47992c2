import { readerOf } from '../engine/event-reader';
import type { Aggregate } from '../engine/execute';
import { fromEpoch, toEpoch, type Instant } from '../engine/instant';
import type { Deadline, DeadlineKind, Outstanding, RoundDeadline } from './deadlines';

/**
 * What an applicant must be told though nothing happened to the dossier: a deadline comes near, or was
 * moved for all. A stream a dossier, so that each is said once, whoever says it and however often.
 */
export type ReminderEvent =
  | {
      readonly type: 'ReminderDue';
      readonly data: {
        readonly dossier: string;
        readonly kind: DeadlineKind;
        readonly deadline: Instant;
        readonly leadHours: number;
        readonly outstanding: readonly Outstanding[];
      };
    }
  | {
      readonly type: 'DeadlinesCorrected';
      readonly data: {
        readonly dossier: string;
        /** Version of the policy that moved them. */
        readonly version: number;
        /** As they are now; those that stayed are left out. */
        readonly changed: readonly RoundDeadline[];
      };
    };

export type Reminders = readonly ReminderEvent[];

export const reminderStreams = 'reminders-';

export const remindersAggregate: Aggregate<Reminders, ReminderEvent> = {
  initial: [],
  evolve: (told, event) => [...told, event],
  read: readerOf<ReminderEvent>('ReminderDue', 'DeadlinesCorrected'),
};

/**
 * The reminders to give now. After a time when nobody looked, the latest stands for those missed; a
 * deadline that has passed, or that came to concern the applicant after the lead had begun, gives none.
 */
export function remind(
  told: Reminders,
  { dossier, deadlines, leads, now }: RemindersAsked,
): readonly ReminderEvent[] {
  return deadlines.flatMap(({ kind, at, since, outstanding }): readonly ReminderEvent[] => {
    const begun = leads.filter((lead) => since <= before(at, lead));
    const leadHours = leadReached(begun, at, now);
    const known = told.some(
      ({ type, data }) =>
        type === 'ReminderDue' &&
        data.kind === kind &&
        data.deadline === at &&
        data.leadHours <= (leadHours ?? 0),
    );
    if (leadHours === null || known) return [];
    const data = { dossier, kind, deadline: at, leadHours, outstanding };
    return [{ type: 'ReminderDue', data }];
  });
}

export interface RemindersAsked {
  readonly dossier: string;
  readonly deadlines: readonly Deadline[];
  /** Hours before a deadline at which to remind of it. */
  readonly leads: readonly number[];
  readonly now: Instant;
}

/** The shortest lead that has begun; null before all of them, and after the deadline. */
export function leadReached(
  leads: readonly number[],
  deadline: Instant,
  now: Instant,
): number | null {
  if (now > deadline) return null;
  const reached = leads.filter((lead) => before(deadline, lead) <= now);
  return reached.length === 0 ? null : Math.min(...reached);
}

function before(instant: Instant, hours: number): Instant {
  return fromEpoch(toEpoch(instant) - hours * hour);
}

export function after(instant: Instant, hours: number): Instant {
  return before(instant, -hours);
}

const hour = 60 * 60 * 1000;

/** Tells of a corrected policy once. */
export function announce(
  told: Reminders,
  asked: Extract<ReminderEvent, { type: 'DeadlinesCorrected' }>['data'],
): readonly ReminderEvent[] {
  const known = told.some(
    ({ type, data }) => type === 'DeadlinesCorrected' && data.version === asked.version,
  );
  return known ? [] : [{ type: 'DeadlinesCorrected', data: asked }];
}

/** What of `now` differs from `earlier`. */
export function changedDeadlines(
  earlier: readonly RoundDeadline[],
  now: readonly RoundDeadline[],
): readonly RoundDeadline[] {
  return now.filter(
    ({ kind, opens, closes }) =>
      !earlier.some((one) => one.kind === kind && one.opens === opens && one.closes === closes),
  );
}
