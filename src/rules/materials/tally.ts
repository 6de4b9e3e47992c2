import { none } from '../../dossier/form/schema';
import type { Text } from '../finding';
import type { Materials } from './materials';
import { isEvidenced, type Placed } from './reading';

/** Whether an entry counts, and if not, why. */
export interface CountedEntry {
  /** JSON pointer, `/sections/…`. */
  readonly pointer: string;
  /** What people call it, `业绩成果第2条`. */
  readonly label: Text;
  /** Code of the condition it is stated for; null where it is stated for none. */
  readonly condition: string | null;
  readonly counts: boolean;
  /** Why it does not count, as a stable code and a sentence; null where it counts. */
  readonly code: string | null;
  readonly reason: Text | null;
}

/** Why an entry does not count. */
export interface Objection {
  readonly code: string;
  readonly reason: Text;
}

type Entry = Parameters<typeof isEvidenced>[1] & { readonly condition?: string };

/** The entries of a list, each judged on its own. Without evidence none counts (F-2). */
export function judged<T extends Entry>(
  materials: Materials,
  title: Text,
  entries: readonly Placed<T>[],
  objectionTo: (entry: T) => Objection | undefined = () => undefined,
): readonly CountedEntry[] {
  return entries.map(({ entry, pointer, number }) => {
    const { condition = '' } = entry;
    const objection = isEvidenced(materials, entry) ? objectionTo(entry) : unproven;
    return {
      pointer,
      label: { zh: `${title.zh}第${number}条`, en: `${title.en} ${number}` },
      condition: condition === '' || condition === none ? null : condition,
      counts: objection === undefined,
      code: objection?.code ?? null,
      reason: objection?.reason ?? null,
    };
  });
}

/** Leaves out what is stated for a condition that is not open to the applicant, or already met. */
export function onceForEach(
  open: ReadonlySet<string>,
  entries: readonly CountedEntry[],
): readonly CountedEntry[] {
  const met = new Set<string>();
  return entries.map((entry) => {
    const { condition, counts } = entry;
    if (!counts || condition === null) return entry;
    if (!open.has(condition)) return { ...entry, counts: false, ...ofOthers };
    if (met.has(condition)) return { ...entry, counts: false, ...alreadyMet };
    met.add(condition);
    return entry;
  });
}

/** How many conditions of the set are met. */
export function conditionsMet(
  conditions: ReadonlySet<string>,
  entries: readonly CountedEntry[],
): number {
  const met = entries.filter(({ counts }) => counts).map(({ condition }) => condition ?? '');
  return new Set(met.filter((code) => conditions.has(code))).size;
}

/** Tells which entries do not count and why; empty where all do. */
export function notCounted(entries: readonly CountedEntry[]): Text {
  const left = entries.flatMap(({ label, reason }) => (reason === null ? [] : [{ label, reason }]));
  if (left.length === 0) return { zh: '', en: '' };
  return {
    zh: `未计入：${left.map(({ label, reason }) => `${label.zh}（${reason.zh}）`).join('、')}。`,
    en: ` Not counted: ${left.map(({ label, reason }) => `${label.en} (${reason.en})`).join(', ')}.`,
  };
}

const unproven: Objection = {
  code: 'evidence-missing',
  reason: { zh: '缺少印证材料，视为没有', en: 'without evidence it counts as not stated' },
};

const ofOthers: Objection = {
  code: 'condition-not-open',
  reason: {
    zh: '对应条件不属于所选二级专业',
    en: 'its condition does not belong to the sub-specialty chosen',
  },
};

const alreadyMet: Objection = {
  code: 'condition-already-counted',
  reason: { zh: '该条件已计入，不重复计算', en: 'its condition is already counted' },
};
