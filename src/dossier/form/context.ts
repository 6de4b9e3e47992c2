import type { Level, Policy, Term } from '../../rounds/policy';

/** What a section may depend on: the round's policy and the level applied for. */
export interface FormContext {
  readonly policy: Policy;
  readonly level: Level;
}

interface Group {
  readonly zh: string;
  readonly en: string;
  readonly terms: readonly Term[];
}

/**
 * The catalogue's conditions as choices. The form does not know the sub-specialty, which is chosen
 * when the dossier is opened: it offers all, each named by where it belongs, and M-12 and M-13 count.
 */
export function practiceConditions({ policy }: FormContext) {
  return choices(
    policy,
    subSpecialtyGroups(policy, (conditions) => conditions.practice),
  );
}

/** The general conditions and those of every sub-specialty (四(一)7). */
export function achievementConditions({ policy }: FormContext) {
  const general = { zh: '通用', en: 'general', terms: policy.conditions.general };
  return choices(policy, [
    general,
    ...subSpecialtyGroups(policy, (conditions) => conditions.achievements),
  ]);
}

type OfSubSpecialty = Policy['conditions']['bySubSpecialty'][string];

function subSpecialtyGroups(
  policy: Policy,
  pick: (conditions: OfSubSpecialty) => readonly Term[],
): readonly Group[] {
  return policy.subSpecialties.map(({ code, zh, en }) => {
    const conditions = policy.conditions.bySubSpecialty[code];
    return { zh, en, terms: conditions === undefined ? [] : pick(conditions) };
  });
}

function choices(policy: Policy, groups: readonly Group[]) {
  const terms = groups.flatMap(({ zh, en, terms }) =>
    terms.map((term) => ({ ...term, zh: `〔${zh}〕${term.zh}`, en: `[${en}] ${term.en}` })),
  );
  return { clause: policy.conditions.clause, terms };
}
