import type { Draft, PracticeEntry } from '../../dossier/form/contents';
import { block, warn, type Finding } from '../finding';
import { conditionsOf, countedPractice } from './counting';
import type { Materials } from './materials';
import { dayIn, isEvidenced, isFuture, placed, saysNothing, type Placed } from './reading';
import { conditionsMet, notCounted } from './tally';

/** M-11 (四(一)5): research ability is suggested to the sub-specialties the policy names. */
export function researchSuggested(materials: Materials): readonly Finding[] {
  const { sections, policy, subSpecialty } = materials;
  const pointer = '/sections/researchAbility/entries';
  const entries = placed(sections.researchAbility?.entries, pointer);
  if (!policy.materials.research.suggestedTo.includes(subSpecialty)) return [];
  if (entries.some(({ entry }) => isEvidenced(materials, entry))) return [];
  return [
    warn(policy, 'M-11', {
      code: 'research-ability-suggested',
      pointer,
      zh: '建议该二级专业的申报人填写科研（实践）工作能力，并附印证材料。',
      en: 'Applicants of this sub-specialty are advised to state their research ability, with evidence.',
    }),
  ];
}

/** M-12 (四(一)6): enough practice conditions of the chosen sub-specialty. */
export function practiceConditionsMet(materials: Materials): readonly Finding[] {
  const { policy, level } = materials;
  const needed = policy.materials.practice.conditions[level];
  const entries = countedPractice(materials);
  const met = conditionsMet(conditionsOf(materials).practice, entries);
  if (met >= needed) return [];
  const left = notCounted(entries);
  return [
    block(policy, 'M-12', {
      code: 'practice-conditions-unmet',
      pointer: '/sections/practiceAbility/entries',
      zh: `所选二级专业的实践能力条件须至少具备${needed}项，现计${met}项。${left.zh}`,
      en: `At least ${needed} practice condition(s) of the sub-specialty are needed; ${met} count.${left.en}`,
    }),
  ];
}

type WorkDone = Draft<Omit<PracticeEntry, 'condition'>>;

/** M-14 (四(一)5, 6, 7): each entry says when, in which role and how much was done, and is proven. */
export function entriesComplete(materials: Materials): readonly Finding[] {
  const { researchAbility, practiceAbility, achievements } = materials.sections;
  const entries: readonly Placed<WorkDone>[] = [
    ...placed(researchAbility?.entries, '/sections/researchAbility/entries'),
    ...placed(practiceAbility?.entries, '/sections/practiceAbility/entries'),
    ...placed(achievements?.entries, '/sections/achievements/entries'),
  ];
  return entries.flatMap(({ entry, pointer, number }) =>
    missingIn(materials, entry).map(({ field, zh, en }) =>
      block(materials.policy, 'M-14', {
        code: 'entry-incomplete',
        pointer: `${pointer}/${field}`,
        zh: `第${number}条：${zh}。`,
        en: `Entry ${number}: ${en}.`,
      }),
    ),
  );
}

/** What an entry must say in so many words. */
const told = [
  { field: 'from', zh: '请写明开始时间', en: 'say when it began' },
  { field: 'to', zh: '请写明结束时间', en: 'say when it ended' },
  { field: 'role', zh: '请写明本人的角色', en: 'say in which role' },
  { field: 'workload', zh: '请写明本人完成的工作量', en: 'say how much work you did' },
  {
    field: 'summary',
    zh: '请在简介中写明时间节点、角色和完成的工作量',
    en: 'say in the summary when, in which role and how much',
  },
] as const;

interface Missing {
  readonly field: string;
  readonly zh: string;
  readonly en: string;
}

function missingIn(materials: Materials, entry: WorkDone): readonly Missing[] {
  const missing: Missing[] = told.filter(({ field }) => saysNothing(entry[field]));
  for (const field of ['from', 'to'] as const) {
    if (!isFuture(materials, entry[field])) continue;
    missing.push({
      field,
      zh: '时间不能晚于今天；尚未结束的填「至今」',
      en: 'its time cannot be in the future; for work that still goes on write 至今',
    });
  }
  const [from, to] = [dayIn(entry.from), dayIn(entry.to)];
  if (from !== undefined && to !== undefined && to < from) {
    missing.push({ field: 'to', zh: '结束时间早于开始时间', en: 'it ends before it begins' });
  }
  if (!isEvidenced(materials, entry)) {
    missing.push({
      field: 'evidence',
      zh: '请上传印证材料；没有的，上传经单位主要负责人签字、加盖公章的证明',
      en: 'upload evidence, or where there is none a certificate signed and sealed by the unit',
    });
  }
  return missing;
}
