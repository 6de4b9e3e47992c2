import { tiers } from '../../organisations/organisation';
import { superiors, type OrganisationTree } from '../../organisations/tree';
import { levels } from '../../rounds/level';
import type { Policy, Term } from '../../rounds/policy';
import type { PolicyVersion } from '../../rounds/rounds';
import type { Text } from '../../rules/finding';
import { sections } from '../../dossier/sections';
import type { Circumstances, Dimension } from './report';
import { attachmentSection } from './returns';

/** What dimensions are called. */
export const dimensionTitles: Readonly<Record<Dimension, Text>> = {
  organisation: { zh: '单位', en: 'Organisation' },
  prefecture: { zh: '地州', en: 'Prefecture' },
  tier: { zh: '单位归属', en: 'Tier' },
  level: { zh: '级别', en: 'Level' },
  specialty: { zh: '专业', en: 'Specialty' },
  subSpecialty: { zh: '二级专业', en: 'Sub-specialty' },
  actingOrganisation: { zh: '审核单位', en: 'Reviewing organisation' },
  day: { zh: '日期', en: 'Day' },
  stage: { zh: '环节', en: 'Stage' },
  tries: { zh: '第几次上报', en: 'Submission' },
  reason: { zh: '退回理由', en: 'Reason' },
  section: { zh: '栏目', en: 'Section' },
  reviewer: { zh: '审核人', en: 'Reviewer' },
};

/** How the region's own units, which belong to no prefecture, are asked for. */
export const noPrefecture = 'none';

const levelNames: Readonly<Record<(typeof levels)[number], Text>> = {
  senior: { zh: '高级工程师', en: 'Senior engineer' },
  intermediate: { zh: '工程师', en: 'Engineer' },
  junior: { zh: '助理工程师', en: 'Assistant engineer' },
};

const stageNames: Readonly<Record<string, Text>> = {
  unit: { zh: '单位', en: 'Unit' },
  supervision: { zh: '主管部门', en: 'Supervising body' },
  'title-office': { zh: '职称办公室', en: 'Title office' },
};

type Names = ReadonlyMap<string, Text>;

/** The values a dimension may have, in their order, with what people call them. */
export class Vocabulary {
  private readonly names: Readonly<Partial<Record<Dimension, Names>>>;
  private readonly ranks: Readonly<Partial<Record<Dimension, ReadonlyMap<string, number>>>>;

  constructor(versions: readonly PolicyVersion[], tree: OrganisationTree) {
    const policies = versions.map(({ policy }) => policy);
    const organisations: Names = new Map([...tree].map(([id, { name }]) => [id, both(name)]));
    const prefectures = [...new Set([...tree.values()].map(({ prefecture }) => prefecture))];
    this.names = {
      organisation: organisations,
      actingOrganisation: organisations,
      prefecture: new Map([
        [noPrefecture, { zh: '自治区本级', en: "The region's own" }],
        ...prefectures
          .flatMap((code) => (code === null ? [] : [[code, both(code)] as const]))
          .sort(),
      ]),
      tier: terms(policies, ({ form }) => form.unitTiers.terms, tiers),
      level: new Map(levels.map((level) => [level, levelNames[level]])),
      specialty: terms(policies, ({ specialty }) => [specialty]),
      subSpecialty: terms(policies, ({ subSpecialties }) => subSpecialties),
      stage: new Map(Object.entries(stageNames)),
      reason: terms(policies, ({ review }) => review.returnReasons),
      section: new Map([
        ...Object.entries(sections).map(
          ([name, { title, english }]) => [name, { zh: title, en: english }] as const,
        ),
        [attachmentSection, { zh: '某个附件', en: 'An attachment' }],
      ]),
    };
    this.ranks = Object.fromEntries(
      Object.entries(this.names).map(([dimension, names]) => [
        dimension,
        new Map([...names.keys()].map((value, rank) => [value, rank])),
      ]),
    );
  }

  /** Whether a dimension can have the value; where any is possible, whether it is well formed. */
  knows(dimension: Dimension, value: string): boolean {
    if (dimension === 'tries') return /^[1-9]\d{0,2}$/.test(value);
    return this.names[dimension]?.has(value) ?? true;
  }

  /** What people call a value as reports hold it. */
  nameOf(dimension: Dimension, value: string | null): Text {
    return this.names[dimension]?.get(value ?? noPrefecture) ?? both(value ?? '');
  }

  /** The order of two values: of terms their own, of everything else that of the text or number. */
  compare(dimension: Dimension, one: string | null, other: string | null): number {
    const rank = (value: string | null): number =>
      this.ranks[dimension]?.get(value ?? noPrefecture) ?? Infinity;
    if (rank(one) !== rank(other)) return rank(one) - rank(other);
    return (one ?? '').localeCompare(other ?? '', 'en', { numeric: true });
  }
}

/** Under the policy in force that evening; what is kept from readers goes by today's. */
export function circumstancesOf(
  versions: readonly [PolicyVersion, ...PolicyVersion[]],
  tree: OrganisationTree,
  evening: string,
): Circumstances {
  const [first] = versions;
  const then = (versions.findLast(({ at }) => at <= evening) ?? first).policy;
  const { reports } = (versions.at(-1) ?? first).policy;
  const longestChain = Math.max(1, ...[...tree.keys()].map((id) => superiors(tree, id).length));
  return { policy: { ...then, reports }, longestChain };
}

function terms(
  policies: readonly Policy[],
  listed: (policy: Policy) => readonly Term[],
  codes: readonly string[] = [],
): Names {
  const all = policies.flatMap(listed);
  return new Map([
    ...codes.map((code) => [code, both(code)] as const),
    ...all.map(({ code, zh, en }) => [code, { zh, en }] as const),
  ]);
}

function both(text: string): Text {
  return { zh: text, en: text };
}
