import type { Organisation, ReviewChain, Tier } from '../../src/organisations/organisation';

const described = (
  id: string,
  kind: Organisation['kind'],
  tier: Tier,
  prefecture: string | null,
  supervisedBy: string | null,
): Organisation => ({
  id,
  name: `${id}（示例）`,
  kind,
  tier,
  prefecture,
  ownership: 'local-state',
  waterSystem: false,
  supervisedBy,
});

const unit = (id: string, tier: Tier, prefecture: string | null, supervisedBy: string) =>
  described(id, 'public-institution', tier, prefecture, supervisedBy);

/** Two prefectures and the region's own; chains of three and of four organisations. */
export const organisations: readonly Organisation[] = [
  described('office', 'title-office', 'region', null, null),
  described('department', 'authority', 'region', null, 'office'),
  described('ili-hr', 'authority', 'prefecture', 'ili', 'office'),
  described('ili-bureau', 'authority', 'prefecture', 'ili', 'ili-hr'),
  described('aksu-hr', 'authority', 'prefecture', 'aksu', 'office'),
  unit('institute', 'region', null, 'department'),
  unit('ili-district', 'prefecture', 'ili', 'ili-bureau'),
  unit('ili-station', 'county', 'ili', 'ili-bureau'),
  unit('aksu-reservoir', 'prefecture', 'aksu', 'aksu-hr'),
  unit('aksu-station', 'county', 'aksu', 'aksu-hr'),
];

export interface Unit {
  readonly organisation: Organisation;
  readonly chain: ReviewChain;
  /** As it was before the unit came under another authority. */
  readonly otherChain: ReviewChain;
}

const chains: Readonly<Record<string, readonly [ReviewChain, ReviewChain]>> = {
  institute: [
    ['institute', 'department', 'office'],
    ['institute', 'department', 'office'],
  ],
  'ili-district': [
    ['ili-district', 'ili-bureau', 'ili-hr', 'office'],
    ['ili-district', 'department', 'office'],
  ],
  'ili-station': [
    ['ili-station', 'ili-bureau', 'ili-hr', 'office'],
    ['ili-station', 'ili-hr', 'office'],
  ],
  'aksu-reservoir': [
    ['aksu-reservoir', 'aksu-hr', 'office'],
    ['aksu-reservoir', 'department', 'office'],
  ],
  'aksu-station': [
    ['aksu-station', 'aksu-hr', 'office'],
    ['aksu-station', 'aksu-hr', 'office'],
  ],
};

/** Where people apply from. */
export const units: readonly Unit[] = organisations.flatMap((organisation) => {
  const [chain, otherChain] = chains[organisation.id] ?? [];
  return chain === undefined || otherChain === undefined
    ? []
    : [{ organisation, chain, otherChain }];
});
