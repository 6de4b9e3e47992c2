import { isExcluded } from './awards';
import { isBeforePost } from './before-post';
import { shortcomingsOf } from './endorsement';
import type { Materials } from './materials';
import { isFuture, placed } from './reading';
import { judged, onceForEach, type CountedEntry, type Objection } from './tally';

/** Every entry that is counted somewhere, in the order of the form. */
export function countedEntries(materials: Materials): readonly CountedEntry[] {
  const { researchAbility, annualAssessments, continuingEducation } = materials.sections;
  const research = placed(researchAbility?.entries, '/sections/researchAbility/entries');
  const assessments = placed(annualAssessments?.entries, '/sections/annualAssessments/entries');
  const at = '/sections/continuingEducation';
  const certificates = placed(continuingEducation?.certificates, `${at}/certificates`);
  const exemptions = placed(continuingEducation?.exemptions, `${at}/exemptions`);
  return [
    ...judged(materials, { zh: '科研（实践）工作能力', en: 'research ability' }, research),
    ...countedPractice(materials),
    ...countedAchievements(materials),
    ...countedMerits(materials),
    ...judged(materials, { zh: '年度考核', en: 'assessment' }, assessments),
    ...judged(materials, { zh: '继续教育证书', en: 'training certificate' }, certificates),
    ...judged(materials, { zh: '继续教育免试', en: 'training exemption' }, exemptions),
  ];
}

/** M-12: practice counts once for each condition of the chosen sub-specialty. */
export function countedPractice(materials: Materials): readonly CountedEntry[] {
  const { practiceAbility } = materials.sections;
  const entries = placed(practiceAbility?.entries, '/sections/practiceAbility/entries');
  return onceForEach(
    conditionsOf(materials).practice,
    judged(materials, { zh: '实践能力', en: 'practice' }, entries, needsCondition),
  );
}

/** M-13, M-15, M-16: achievements, and what supports them, once for each condition open to them. */
export function countedAchievements(materials: Materials): readonly CountedEntry[] {
  const { entries, papers, representativeWorks, honours } = materials.sections.achievements ?? {};
  const at = '/sections/achievements';
  const { general, achievements } = conditionsOf(materials);
  return onceForEach(new Set([...general, ...achievements]), [
    ...judged(
      materials,
      { zh: '业绩成果', en: 'achievement' },
      placed(entries, `${at}/entries`),
      needsCondition,
    ),
    ...judged(
      materials,
      { zh: '论文', en: 'paper' },
      placed(papers, `${at}/papers`),
      ({ published, publishedOn }) =>
        published === true && !isFuture(materials, publishedOn) ? undefined : unpublished,
    ),
    ...judged(
      materials,
      { zh: '代表作', en: 'representative work' },
      placed(representativeWorks, `${at}/representativeWorks`),
      (work) => {
        const [first] = shortcomingsOf(materials, work);
        if (first === undefined) return undefined;
        return { code: 'endorsement-insufficient', reason: { zh: first.zh, en: first.en } };
      },
    ),
    ...judged(
      materials,
      { zh: '专业技术奖项、荣誉', en: 'technical award' },
      placed(honours, `${at}/honours`),
      ({ grantedOn }) => (isFuture(materials, grantedOn) ? inTheFuture : undefined),
    ),
  ]);
}

/** M-17, M-18: awards of the kinds that count; patents and works since taking the current post. */
function countedMerits(materials: Materials): readonly CountedEntry[] {
  const { awards, intellectualProperty, publications } = materials.sections;
  const since = (date: string | undefined): Objection | undefined =>
    isFuture(materials, date)
      ? inTheFuture
      : isBeforePost(materials, date)
        ? beforePost
        : undefined;
  return [
    ...judged(
      materials,
      { zh: '获奖情况', en: 'award' },
      placed(awards?.entries, '/sections/awards/entries'),
      ({ kind }) => (isExcluded(materials.policy, kind) ? excludedKind : undefined),
    ),
    ...judged(
      materials,
      { zh: '知识产权', en: 'intellectual property' },
      placed(intellectualProperty?.entries, '/sections/intellectualProperty/entries'),
      ({ grantedOn }) => since(grantedOn),
    ),
    ...judged(
      materials,
      { zh: '著（译）作', en: 'publication' },
      placed(publications?.entries, '/sections/publications/entries'),
      ({ publishedOn }) => since(publishedOn),
    ),
  ];
}

/** Codes of the conditions open to the applicant: the general ones and those of the sub-specialty. */
export function conditionsOf({ policy, subSpecialty }: Materials) {
  const { general, bySubSpecialty } = policy.conditions;
  const own = bySubSpecialty[subSpecialty];
  const codes = (terms: readonly { readonly code: string }[] = []): ReadonlySet<string> =>
    new Set(terms.map(({ code }) => code));
  return {
    general: codes(general),
    practice: codes(own?.practice),
    achievements: codes(own?.achievements),
  };
}

function needsCondition({
  condition = '',
}: {
  readonly condition?: string;
}): Objection | undefined {
  return condition === '' ? withoutCondition : undefined;
}

const withoutCondition: Objection = {
  code: 'condition-not-stated',
  reason: { zh: '未选择对应条件', en: 'no condition is chosen' },
};

const unpublished: Objection = {
  code: 'paper-unpublished',
  reason: { zh: '论文未刊出', en: 'the paper is not published' },
};

const inTheFuture: Objection = {
  code: 'date-in-future',
  reason: { zh: '时间晚于今天', en: 'its date is in the future' },
};

const beforePost: Objection = {
  code: 'before-current-post',
  reason: { zh: '不是任现职以来取得', en: 'it dates from before the current post' },
};

const excludedKind: Objection = {
  code: 'award-kind-excluded',
  reason: { zh: '该类奖项不在范围内', en: 'awards of this kind are left out' },
};
