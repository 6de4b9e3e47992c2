import type { OrganisationKind, Ownership, Tier } from '../organisations/organisation';
import { endOfDay, startOfDay, type Day, type Instant } from '../engine/instant';
import type { InvestigationPolicy } from './investigation-policy';
import type { Level } from './level';
import type { MaterialsPolicy } from './materials-policy';

/** A period; an instant exactly on either end is inside, one millisecond beyond is not (一). */
export type WindowData =
  | { readonly opens: Instant; readonly closes: Instant }
  | { readonly firstDay: Day; readonly lastDay: Day };

export interface Window {
  readonly opens: Instant;
  readonly closes: Instant;
}

export { levels, type Level } from './level';

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

/** Units a scope covers; a property it leaves out may be anything. */
export interface Scope {
  readonly kinds?: readonly OrganisationKind[];
  readonly tiers?: readonly Tier[];
  readonly ownerships?: readonly Ownership[];
  readonly prefectures?: readonly string[];
  readonly waterSystem?: boolean;
}

/** Sentence for those whose unit is outside the scope. */
interface Outside {
  readonly zh: string;
  readonly en: string;
}

/** Whose dossiers are reviewed here (三(二)). */
export interface ScopePolicy {
  readonly levels: Readonly<
    Record<Level, Outside & { readonly rule: string; readonly units: readonly Scope[] }>
  >;
  /** Units reviewed elsewhere whatever the level. */
  readonly excluded: readonly (Scope & Outside)[];
  /** Where the prefecture holds a review of its own beside this one (定向评价、定向使用). */
  readonly ownReview: {
    readonly clause: string;
    readonly levels: readonly Level[];
    readonly prefectures: readonly string[];
  };
}

/** After the formal review: papers, fee, oral defence (四(一)1, 18, 19). */
export interface AfterAcceptancePolicy {
  /** Last day the printed forms and the fee reach the water department. */
  readonly dueBy: { readonly clause: string; readonly day: Day };
  /** Whole yuan. */
  readonly fee: { readonly clause: string } & Readonly<Record<Level, number>>;
  readonly forms: { readonly clause: string; readonly copies: number };
  readonly defence: {
    readonly clause: string;
    readonly tiers: readonly Tier[];
    readonly minutes: { readonly least: number; readonly most: number };
  };
}

/** Every parameter of the rule catalogue for one round. Data, edited each year by the office. */
export interface Policy {
  readonly round: string;
  /** Application year (申报年度). */
  readonly year: number;
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
  readonly scope: ScopePolicy;
  readonly publicity: {
    readonly clause: string;
    readonly workingDays: number;
    /** What the notice in the unit shows of the dossier (附件1). */
    readonly publishedSections: readonly string[];
    /** Whether a change of a published part must be put up again. */
    readonly republishOnSummaryChange: boolean;
  };
  readonly recommendation: {
    readonly clause: string;
    readonly sentence: string;
    /** The unit's sealed papers, each with the rule that asks for it. */
    readonly papers: readonly (Term & { readonly rule: 'F-3' | 'M-24' })[];
  };
  readonly afterAcceptance: AfterAcceptancePolicy;
  readonly falsification: { readonly clause: string; readonly barYears: number };
  /**
   * Years after the application year for which dossiers are kept before a person can be erased. The notice
   * says nothing of it: it is the office's own decision, and `clause` says whose. Ten is the shorter of the
   * terms archives of authorities are kept for (定期 10 年, 30 年).
   */
  readonly retention: { readonly clause: string; readonly years: number };
  /** Hours before a deadline at which its applicants are reminded of it (四(一)17, 18). */
  readonly reminders: { readonly clause: string; readonly leadHours: readonly number[] };
  readonly investigation: InvestigationPolicy;
  /** A report names no number that fewer people stand behind to whoever may not know them anyway. */
  readonly reports: { readonly clause: string; readonly smallGroup: number };
  readonly form: FormLists;
  readonly conditions: ConditionCatalogue;
  readonly materials: MaterialsPolicy;
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
