import type { OrganisationKind, Tier } from '../organisations/organisation';
import type { Level } from './level';

/** A parameter each level has its own value of; the notice speaks of senior, the others go by it. */
export type PerLevel<T> = Readonly<Record<Level, T>>;

/** What a route to the level applied for rests on (四(一)3). */
export type RouteRequirement =
  /** A title held; where `specialties` are named, its specialty contains one of them. */
  | { readonly needs: 'title'; readonly specialties?: readonly string[] }
  /** Full years as a civil servant in water work, then a move to a unit of one of the kinds. */
  | {
      readonly needs: 'civil-service';
      readonly years: number;
      readonly kinds: readonly OrganisationKind[];
    }
  | { readonly needs: 'nothing' };

/** Proofs of a title: each of `all`, and at least one of `any` where it names some. */
export interface ProofsAsked {
  readonly all: readonly string[];
  readonly any: readonly string[];
}

/** Parameters of the rules about what a dossier states (F-1 to F-4, M-1 to M-25). */
export interface MaterialsPolicy {
  readonly evidence: {
    readonly clause: string;
    /** Lists, as `/section/field`, of which no entry may stand without evidence. */
    readonly mandatory: readonly string[];
  };
  readonly vagueWords: {
    readonly clause: string;
    /** Words that say nothing certain, but for the terms of the trade they are part of. */
    readonly words: readonly { readonly word: string; readonly except: readonly string[] }[];
  };
  readonly identity: {
    readonly clause: string;
    /** Ages, in full years, at which somebody may apply; both included. */
    readonly ages: { readonly youngest: number; readonly oldest: number };
  };
  readonly qualification: {
    readonly clause: string;
    /** Levels of the title held that the level applied for is built on. */
    readonly titleLevels: PerLevel<readonly string[]>;
    /** By the code of the route. */
    readonly routes: Readonly<Record<string, RouteRequirement>>;
    /** By the code of the place the title was obtained in. */
    readonly proofs: Readonly<Record<string, ProofsAsked>>;
  };
  readonly workHistory: {
    readonly clause: string;
    /** Whole months between two periods that need no remark. */
    readonly gapMonths: number;
    /** A row whose unit or post says so is a secondment, and may lie inside another period. */
    readonly secondment: readonly string[];
  };
  readonly research: {
    readonly clause: string;
    /** Sub-specialties it is suggested to. */
    readonly suggestedTo: readonly string[];
  };
  /** Different conditions to be met; 0 where the level asks for none. */
  readonly practice: { readonly clause: string; readonly conditions: PerLevel<number> };
  readonly achievements: {
    readonly clause: string;
    readonly general: PerLevel<number>;
    readonly subSpecialty: PerLevel<number>;
  };
  readonly representativeWorks: {
    readonly clause: string;
    /** Tiers of units whose staff may give one in place of a paper. */
    readonly tiers: readonly Tier[];
    readonly endorsers: number;
    /** Titles an endorser holds one of. */
    readonly endorserTitles: readonly string[];
  };
  readonly assessments: { readonly clause: string; readonly years: PerLevel<readonly number[]> };
  readonly workSummary: {
    readonly clause: string;
    /** Characters, white space not counted; both included. */
    readonly length: { readonly shortest: number; readonly longest: number };
    readonly bullets: {
      /** What an item of a list begins with, besides a number. */
      readonly marks: readonly string[];
      /** Characters of the longest line that is a bare item; a longer one is prose with a number. */
      readonly longest: number;
      /** Share of the text from which on bare items make it a list, 0 to 1. */
      readonly share: number;
    };
  };
  readonly continuingEducation: {
    readonly clause: string;
    /** Years of which a certificate is asked for, by the code of the subject. */
    readonly years: PerLevel<Readonly<Record<string, readonly number[]>>>;
  };
}
