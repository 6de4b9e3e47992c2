import type { SectionName } from '../sections';
import type { sectionBuilders } from './index';
import type { none, ContentOf } from './schema';

/** What a complete dossier holds in each section; the types follow from the form itself. */
export type SectionContents = {
  readonly [Name in SectionName]: ContentOf<ReturnType<(typeof sectionBuilders)[Name]>>;
};

/**
 * The same while it is being filled in: anything may be missing, and '' stands for a blank. This is
 * what a rule is shown, since a pre-check judges drafts too.
 */
export type SectionDrafts = { readonly [Name in SectionName]?: Draft<SectionContents[Name]> };

export type Draft<T> = T extends readonly (infer Item)[]
  ? readonly Draft<Item>[]
  : T extends object
    ? { readonly [Name in keyof T]?: Draft<T[Name]> }
    : T | '';

/** Entry of a list that may be 「无」. */
export type EntryOf<List> = Extract<List, readonly unknown[]>[number];

export type EducationEntry = EntryOf<SectionContents['education']['entries']>;
export type HeldTitle = Exclude<SectionContents['qualification']['title'], typeof none>;
export type TitleProof = EntryOf<HeldTitle['proofs']>;
export type CivilService = Exclude<SectionContents['qualification']['civilService'], typeof none>;
export type WorkPeriod = EntryOf<SectionContents['workHistory']['entries']>;
export type ResearchEntry = EntryOf<SectionContents['researchAbility']['entries']>;
export type PracticeEntry = EntryOf<SectionContents['practiceAbility']['entries']>;
export type AchievementEntry = EntryOf<SectionContents['achievements']['entries']>;
export type Paper = EntryOf<SectionContents['achievements']['papers']>;
export type RepresentativeWork = EntryOf<SectionContents['achievements']['representativeWorks']>;
export type Endorser = EntryOf<RepresentativeWork['endorsers']>;
export type Honour = EntryOf<SectionContents['achievements']['honours']>;
export type Award = EntryOf<SectionContents['awards']['entries']>;
export type IntellectualPropertyEntry = EntryOf<SectionContents['intellectualProperty']['entries']>;
export type Publication = EntryOf<SectionContents['publications']['entries']>;
export type AnnualAssessment = EntryOf<SectionContents['annualAssessments']['entries']>;
export type TrainingCertificate = EntryOf<SectionContents['continuingEducation']['certificates']>;
export type TrainingExemption = EntryOf<SectionContents['continuingEducation']['exemptions']>;

/** The entries of a list, none where it is missing, blank or 「无」. */
export function entriesOf<T>(list: readonly T[] | typeof none | '' | undefined): readonly T[] {
  return typeof list === 'object' ? list : [];
}
