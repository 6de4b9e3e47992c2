import type { Finding } from '../finding';
import { entriesComplete, practiceConditionsMet, researchSuggested } from './ability';
import {
  achievementConditionsMet,
  papersPublished,
  representativeWorksEndorsed,
} from './achievements';
import { noneBelowQualified, yearsAssessed } from './assessments';
import { awardKindsCount } from './awards';
import { sinceCurrentPost } from './before-post';
import { nothingBlank } from './blanks';
import { commitmentGiven } from './commitment';
import { continuingEducationDone } from './continuing-education';
import { countedEntries } from './counting';
import { educationProven } from './education';
import { everythingEvidenced } from './evidence';
import { nothingFromTheFuture } from './future';
import { periodsContinuous, periodsPossible } from './history';
import { idCardAndPhoto, idNumberAgrees, tierOfTheUnit } from './identity';
import {
  materialsOf,
  type FiledMaterials,
  type MaterialsContext,
  type MaterialsRule,
} from './materials';
import { serviceDatesAgree, titleProven, vocationalCertificatesToJudge } from './qualification';
import { routeMet } from './qualification-route';
import { summaryInProse, summaryPresent } from './summary';
import type { CountedEntry } from './tally';
import { preciseWording } from './wording';

export { awardKindsOnSave } from './awards';
export type { FiledMaterials, MaterialsContext } from './materials';
export type { CountedEntry } from './tally';

/**
 * What is judged of the materials at a pre-check and at a submission, in the order of the notice. There
 * is none for M-23: exams in languages and computing are not asked for.
 */
const rules: readonly MaterialsRule[] = [
  nothingBlank,
  everythingEvidenced,
  preciseWording,
  idNumberAgrees,
  idCardAndPhoto,
  tierOfTheUnit,
  educationProven,
  routeMet,
  titleProven,
  serviceDatesAgree,
  vocationalCertificatesToJudge,
  periodsPossible,
  periodsContinuous,
  researchSuggested,
  practiceConditionsMet,
  achievementConditionsMet,
  entriesComplete,
  papersPublished,
  representativeWorksEndorsed,
  awardKindsCount,
  sinceCurrentPost,
  yearsAssessed,
  noneBelowQualified,
  summaryPresent,
  summaryInProse,
  continuingEducationDone,
  commitmentGiven,
  nothingFromTheFuture,
];

/** Everything the rules F-1, F-2, F-4 and M-1 to M-25 have to say of the materials. */
export function materialFindings(
  filed: FiledMaterials,
  context: MaterialsContext,
): readonly Finding[] {
  const materials = materialsOf(filed, context);
  return rules.flatMap((rule) => rule(materials));
}

/** Which entries count and which do not, and why, in the order of the form. */
export function counted(filed: FiledMaterials, context: MaterialsContext): readonly CountedEntry[] {
  return countedEntries(materialsOf(filed, context));
}
