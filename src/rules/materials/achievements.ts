import { none } from '../../dossier/form/schema';
import { block, type Finding } from '../finding';
import { conditionsOf, countedAchievements } from './counting';
import { shortcomingsOf } from './endorsement';
import type { Materials } from './materials';
import { isFuture, placed } from './reading';
import { conditionsMet, notCounted } from './tally';

const at = '/sections/achievements';

/** M-13 (四(一)7): enough of the general conditions, and enough of the sub-specialty's. */
export function achievementConditionsMet(materials: Materials): readonly Finding[] {
  const { policy, level } = materials;
  const { general, subSpecialty } = policy.materials.achievements;
  const needed = { general: general[level], own: subSpecialty[level] };
  const entries = countedAchievements(materials);
  const open = conditionsOf(materials);
  const met = {
    general: conditionsMet(open.general, entries),
    own: conditionsMet(open.achievements, entries),
  };
  if (met.general >= needed.general && met.own >= needed.own) return [];
  const left = notCounted(entries);
  return [
    block(policy, 'M-13', {
      code: 'achievement-conditions-unmet',
      pointer: `${at}/entries`,
      zh: `业绩条件不够：“通用”条件须至少${needed.general}项，现计${met.general}项；二级专业条件须至少${needed.own}项，现计${met.own}项。${left.zh}`,
      en: `Not enough conditions: ${needed.general} general ones are needed and ${met.general} count; ${needed.own} of the sub-specialty are needed and ${met.own} count.${left.en}`,
    }),
  ];
}

/** M-15 (四(一)7): papers that were published; one with just an acceptance notice is refused. */
export function papersPublished(materials: Materials): readonly Finding[] {
  const { sections, policy } = materials;
  return placed(sections.achievements?.papers, `${at}/papers`).flatMap(
    ({ entry: { published, publishedOn }, pointer, number }) => {
      const field =
        published === false
          ? 'published'
          : publishedOn === none || isFuture(materials, publishedOn)
            ? 'publishedOn'
            : undefined;
      if (field === undefined) return [];
      return [
        block(policy, 'M-15', {
          code: 'paper-unpublished',
          pointer: `${pointer}/${field}`,
          zh: `第${number}篇论文未刊出：未刊出的论文（含有录用通知书的）不得上传，请删去或填写已刊出的时间。`,
          en: `Paper ${number} is not published: papers not yet out (with an acceptance notice, too) are not taken; remove it or give the date it came out.`,
        }),
      ];
    },
  );
}

/** M-16 (四(一)7): a representative work counts as a paper only where the tier and the endorsers allow. */
export function representativeWorksEndorsed(materials: Materials): readonly Finding[] {
  const { sections, policy } = materials;
  const works = placed(sections.achievements?.representativeWorks, `${at}/representativeWorks`);
  return works.flatMap(({ entry, pointer, number }) =>
    shortcomingsOf(materials, entry).map(({ field, zh, en }) =>
      block(policy, 'M-16', {
        code: 'endorsement-insufficient',
        pointer: `${pointer}${field}`,
        zh: `第${number}篇代表作：${zh}。`,
        en: `Representative work ${number}: ${en}.`,
      }),
    ),
  );
}
