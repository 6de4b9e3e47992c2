/** 自治区, 地州, 县及以下 (四(一)1). */
export const tiers = ['region', 'prefecture', 'county'] as const;
export type Tier = (typeof tiers)[number];

export const organisationKinds = [
  'title-office', // 水利专业技术人员职称办公室
  'authority', // 主管单位人事（职称）部门: water departments, bureaus, prefecture HR
  'public-institution', // 事业单位
  'enterprise', // 企业
  'social-organisation', // 社会团体
  'individual-business', // 个体经济组织
] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

export const ownerships = ['region-state', 'local-state', 'private'] as const;
/** 自治区国有, 地县国有, 非国有. */
export type Ownership = (typeof ownerships)[number];

/** A node of the organisation tree: facts the scope rules and the review chain go by (三(二), 三(四)). */
export type Organisation = {
  readonly id: string;
  readonly name: string;
  readonly kind: OrganisationKind;
  readonly tier: Tier;
  /** Prefecture (地州) it belongs to or is registered in; null for the region's own. */
  readonly prefecture: string | null;
  readonly ownership: Ownership;
  /** Belongs to the system of the water department (厅系统). */
  readonly waterSystem: boolean;
  /** Next organisation up the review chain; null only for the title office, where every chain ends. */
  readonly supervisedBy: string | null;
};

/**
 * The organisations a dossier of a unit passes, in order: the unit, at least one supervising body, the
 * title office (三(四)).
 */
export type ReviewChain = readonly [unit: string, supervisor: string, ...rest: string[]];

/** A stop on the way of a dossier, and whose turn it is there (三(四)). */
export type Stage = {
  readonly kind: 'unit' | 'supervision' | 'title-office';
  readonly organisation: string;
  /** Place in the review chain: 0 is the unit, the last the title office. */
  readonly step: number;
};

export const unitStep = 0;

/** The stage at a step of the chain; undefined beyond its end. */
export function stageAt(chain: ReviewChain, step: number): Stage | undefined {
  const organisation = chain[step];
  if (organisation === undefined) return undefined;
  const last = chain.length - 1;
  const kind = step === unitStep ? 'unit' : step === last ? 'title-office' : 'supervision';
  return { kind, organisation, step };
}
