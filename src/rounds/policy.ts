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

/** What a field of the form offers to choose from; `clause` where the notice speaks of it. */
export interface Choices<T extends Term = Term> {
  readonly clause: string | null;
  readonly terms: readonly T[];
}

/** The lists behind the form's fields, in the order of its sections. */
export interface FormLists {
  readonly unitTiers: Choices;
  readonly educationLevels: Choices;
  readonly degrees: Choices;
  readonly studyModes: Choices;
  /** Ways to the level applied for. */
  readonly qualificationRoutes: Choices<Term & { readonly levels: readonly Level[] }>;
  readonly titleLevels: Choices;
  readonly titlePlaces: Choices;
  readonly titleProofs: Choices;
  readonly researchKinds: Choices;
  readonly participationRoles: Choices;
  /** `counts: false` for the kinds the notice leaves out: stated, they are refused by M-17. */
  readonly awardKinds: Choices<Term & { readonly counts: boolean }>;
  readonly grantors: Choices;
  readonly intellectualPropertyKinds: Choices;
  readonly publicationKinds: Choices;
  /** `bars`: below 合格. 未定等次 neither meets a year nor bars. */
  readonly assessmentResults: Choices<Term & { readonly standing: 'meets' | 'bars' | 'open' }>;
  readonly continuingEducationSubjects: Choices;
  readonly continuingEducationExemptions: Choices;
}

/** The conditions of the review (评审条件) that practice and achievements are stated against. */
export interface ConditionCatalogue {
  readonly clause: string;
  readonly source: string;
  /** Anything a reader must know about how far the catalogue can be relied on. */
  readonly remark: string;
  readonly general: readonly Term[];
  readonly bySubSpecialty: Readonly<
    Record<string, { readonly practice: readonly Term[]; readonly achievements: readonly Term[] }>
  >;
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
  readonly form: FormLists;
  readonly conditions: ConditionCatalogue;
  /** The sentence the applicant writes by hand (四(一)16). */
  readonly commitment: { readonly clause: string; readonly sentence: string };
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
