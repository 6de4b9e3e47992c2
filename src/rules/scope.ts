import type { Organisation } from '../organisations/organisation';
import type { Level, Policy, Scope } from '../rounds/policy';
import { block, type Finding } from './finding';

/** Which review an applicant of the southern prefectures chose (定向评价、定向使用, 三(二)1). */
export type ReviewRoute = 'region' | 'prefecture';

/** S-1, S-2, S-4 (三(二)): the unit is one whose people are reviewed here at this level. */
export function withinScope(policy: Policy, level: Level, unit: Organisation): Finding[] {
  const excluded = policy.scope.excluded.find((scope) => matches(scope, unit));
  if (excluded !== undefined) {
    return [outside(policy, 'S-2', excluded.zh, excluded.en)];
  }
  const { rule, units, zh, en } = policy.scope.levels[level];
  return units.some((scope) => matches(scope, unit)) ? [] : [outside(policy, rule, zh, en)];
}

/**
 * S-3 (三(二)1): where both reviews are open, one is chosen, and this one takes only who chose it. Elsewhere
 * there is no choice: whoever names the other review believes in one that is not held.
 */
export function routeChosen(
  policy: Policy,
  level: Level,
  unit: Organisation,
  route: ReviewRoute | null,
): Finding[] {
  const { levels, prefectures } = policy.scope.ownReview;
  const mayChoose =
    levels.includes(level) && unit.prefecture !== null && prefectures.includes(unit.prefecture);
  if (!mayChoose && route === 'prefecture') {
    return [
      block(policy, 'S-3', {
        code: 'review-route-not-offered',
        pointer: '/reviewRoute',
        zh: '所选单位和级别没有本地区组织的评审（prefecture）可选，请改选自治区评审（region）或不填。',
        en: 'For this unit and level no other review (prefecture) is held: choose region, or leave it out.',
      }),
    ];
  }
  if (!mayChoose || route === 'region') return [];
  if (route === 'prefecture') {
    return [
      outside(
        policy,
        'S-3',
        '您选择了本地区组织的评审，请向本地区申报；两种评审只能选一种。',
        'You chose the review of your own prefecture: file there; only one of the two is taken.',
      ),
    ];
  }
  return [
    block(policy, 'S-3', {
      code: 'review-route-not-chosen',
      pointer: '/reviewRoute',
      zh: '南疆四地州申报人员须选择参加自治区评审（region）或本地区评审（prefecture）。',
      en: 'In the four southern prefectures, choose the review of the region or of the prefecture.',
    }),
  ];
}

function outside(policy: Policy, rule: string, zh: string, en: string): Finding {
  return block(policy, rule, { code: 'outside-review-scope', pointer: '/organisation', zh, en });
}

/** Every property the scope names must fit; one it leaves out may be anything. */
function matches(scope: Scope, unit: Organisation): boolean {
  return (
    (scope.kinds?.includes(unit.kind) ?? true) &&
    (scope.tiers?.includes(unit.tier) ?? true) &&
    (scope.ownerships?.includes(unit.ownership) ?? true) &&
    (scope.prefectures?.includes(unit.prefecture ?? '') ?? true) &&
    (scope.waterSystem === undefined || scope.waterSystem === unit.waterSystem)
  );
}
