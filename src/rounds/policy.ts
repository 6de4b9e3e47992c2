import { endOfDay, startOfDay, type Day, type Instant } from '../engine/instant';

/** A period; an instant exactly on either end is inside, one millisecond beyond is not (一). */
export type WindowData =
  | { readonly opens: Instant; readonly closes: Instant }
  | { readonly firstDay: Day; readonly lastDay: Day };

export interface Window {
  readonly opens: Instant;
  readonly closes: Instant;
}

export const levels = ['senior', 'intermediate', 'junior'] as const;
/** 高级工程师, 工程师, 助理工程师. */
export type Level = (typeof levels)[number];

/** A term of the notice as portals send it (`code`) and people read it (`zh`, `en`). */
export interface Term {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

/** Which submissions use up a try: the reading of 三(四) a round goes by. */
export type SubmissionCounting = 'every-submission' | 'title-office-returns';

/** Every parameter of the rule catalogue for one round. Data, edited each year by the office. */
export interface Policy {
  readonly round: string;
  readonly title: Term['zh'];
  readonly notice: string;
  readonly specialty: Term;
  readonly levels: readonly Level[];
  readonly subSpecialties: readonly Term[];
  /** 一. First submissions inside `filing`; the title office and refilings inside `review`. */
  readonly windows: { readonly filing: WindowData; readonly review: WindowData };
  readonly submissions: { readonly limit: number; readonly counting: SubmissionCounting };
  readonly review: {
    /** What the grassroots unit answers with yes before it recommends (三(四)). */
    readonly checklist: readonly Term[];
    /** Types of correction a return may ask for. */
    readonly returnReasons: readonly Term[];
  };
  /** Clause of the notice for every rule id. */
  readonly clauses: Readonly<Record<string, string>>;
}

export function windowOf(data: WindowData): Window {
  return 'opens' in data
    ? data
    : { opens: startOfDay(data.firstDay), closes: endOfDay(data.lastDay) };
}

export function filingWindow(policy: Policy): Window {
  return windowOf(policy.windows.filing);
}

export function reviewWindow(policy: Policy): Window {
  return windowOf(policy.windows.review);
}

export function isBefore(window: Window, now: Instant): boolean {
  return now < window.opens;
}

export function isAfter(window: Window, now: Instant): boolean {
  return now > window.closes;
}
