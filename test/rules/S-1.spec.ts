import type { DossierCommand } from '../../src/dossier/commands';
import {
  organisationKinds,
  ownerships,
  tiers,
  type Organisation,
} from '../../src/organisations/organisation';
import { levels, type Level } from '../../src/rounds/policy';
import {
  chain,
  choice,
  draft,
  filled,
  open,
  opened,
  reopened,
  station,
  submit,
  submitted,
  withdrawn,
} from '../support/dossier';
import { given, type Expected } from '../support/scenario';

const clauses: Readonly<Record<string, string>> = {
  'S-1': '三(二)1',
  'S-2': '三(二)1',
  'S-4': '三(二)2',
};
const outside = (rule: string): Expected => ({
  code: 'outside-review-scope',
  rule,
  clause: clauses[rule] ?? '',
  pointer: '/organisation',
});
const opening = (level: Level): DossierCommand => ({
  type: 'OpenDossier',
  choice: { ...choice, level, reviewRoute: 'region' },
});
/** A prefecture's own public water institution, and other units where it stands. */
const local: Organisation = { ...station, ownership: 'local-state', waterSystem: false };
const enterprise: Organisation = { ...local, kind: 'enterprise' };
const inUrumqi = { prefecture: 'urumqi' } as const;

describe('S-1: senior level, for the units the notice names', () => {
  it.each<[string, Organisation]>([
    ['水利厅系统单位', { ...local, tier: 'region', kind: 'authority', waterSystem: true }],
    ['地州水利事业单位', local],
    ['县水利事业单位', { ...local, tier: 'county' }],
    ['注册地在地州的企业', { ...enterprise, ownership: 'private' }],
    ['注册地在县的企业', { ...enterprise, tier: 'county' }],
    ['自治区国有企业', { ...enterprise, tier: 'region', ownership: 'region-state' }],
    ['自治区国有事业单位', { ...local, tier: 'region', ownership: 'region-state' }],
  ])('takes %s', (_, unit) => {
    given()
      .of(unit)
      .when(open)
      .then({
        type: 'DossierOpened',
        data: { round: '2022', applicant: 'applicant', choice, unit, chain },
      });
  });

  it.each<[string, Organisation]>([
    ['a social organisation', { ...local, kind: 'social-organisation' }],
    ['an individual business', { ...local, kind: 'individual-business', ownership: 'private' }],
    ['an authority of a prefecture', { ...local, kind: 'authority' }],
    [
      'a region’s institution that is not the state’s',
      { ...local, tier: 'region', ownership: 'private' },
    ],
  ])('refuses %s', (_, unit) => {
    given().of(unit).when(open).refuses(outside('S-1'));
    given(draft(), withdrawn(null)).of(unit).when(open).refuses(outside('S-1'));
    given().of(station).when(open).then(opened());
    given(draft(), withdrawn(null)).of(station).when(open).then(reopened());
  });

  it('is asked again at the submission, of the unit as it is then', () => {
    const society: Organisation = { ...local, kind: 'social-organisation' };
    given(draft()).of(society).when(submit).refuses(outside('S-1'));
    given(draft()).when(submit).then(submitted());
  });
});

describe('S-2: what is within Urumqi and not the region’s is reviewed by Urumqi', () => {
  it.each(['enterprise', 'social-organisation', 'individual-business'] as const)(
    'refuses an %s there, at every level',
    (kind) => {
      for (const level of levels) {
        for (const tier of ['prefecture', 'county'] as const) {
          const unit: Organisation = { ...local, ...inUrumqi, kind, tier, ownership: 'private' };
          given().of(unit).when(opening(level)).refuses(outside('S-2'));
        }
      }
    },
  );

  it('refuses it at the submission as well', () => {
    given(draft())
      .of({ ...enterprise, ...inUrumqi })
      .when(submit)
      .refuses(outside('S-2'));
  });

  it('takes the same enterprise in another prefecture, and the region’s own in Urumqi', () => {
    const taken = (unit: Organisation) => !given().of(unit).when(open).isRefused;
    expect(taken(enterprise)).toBe(true);
    expect(taken({ ...enterprise, ...inUrumqi, ownership: 'region-state' })).toBe(true);
    expect(taken({ ...local, ...inUrumqi })).toBe(true);
  });
});

describe.each(['intermediate', 'junior'] as const)('S-4: %s level', (level) => {
  it.each<[string, Organisation]>([
    ['厅系统内的事业单位', { ...local, waterSystem: true }],
    ['自治区国有企业', { ...enterprise, ownership: 'region-state' }],
    ['自治区国有事业单位', { ...local, ownership: 'region-state' }],
  ])('takes %s', (_, unit) => {
    expect(given().of(unit).when(opening(level)).isRefused).toBe(false);
  });

  it.each<[string, Organisation]>([
    ['a prefecture’s institution', local],
    ['a county’s institution', { ...local, tier: 'county' }],
    ['a local enterprise', enterprise],
    ['an enterprise of the system that is not the region’s', { ...enterprise, waterSystem: true }],
  ])('leaves %s to its prefecture', (_, unit) => {
    given().of(unit).when(opening(level)).refuses(outside('S-4'));
  });

  it('is asked again at the submission', () => {
    const content = filled(level);
    given(draft(chain, content)).of(local).when(submit).refuses(outside('S-4'));
    given(draft(chain, content))
      .when(submit)
      .then(submitted(1, {}, chain, content));
  });
});

describe('S-1, S-2, S-4: every kind of unit there can be, by an independent reading of 三(二)', () => {
  const prefectures = [null, 'urumqi', 'kashgar', 'hotan', 'aksu', 'kizilsu', 'ili'];
  const units = organisationKinds.flatMap((kind) =>
    tiers.flatMap((tier) =>
      ownerships.flatMap((ownership) =>
        prefectures.flatMap((prefecture) =>
          [true, false].map((waterSystem) => ({
            ...station,
            ...{ kind, tier, ownership, prefecture, waterSystem },
          })),
        ),
      ),
    ),
  );

  /** 乌鲁木齐市范围内的企业、社会团体、个体经济组织等; those of the region are named before (自治区国有). */
  const leftToUrumqi = ({ kind, prefecture, ownership }: Organisation): boolean =>
    prefecture === 'urumqi' &&
    ['enterprise', 'social-organisation', 'individual-business'].includes(kind) &&
    ownership !== 'region-state';

  function reviewedHere(level: Level, unit: Organisation): boolean {
    const institution = unit.kind === 'public-institution';
    const company = unit.kind === 'enterprise';
    // 自治区国有企事业单位
    if ((institution || company) && unit.ownership === 'region-state') return true;
    // 厅系统内的事业单位
    if (level !== 'senior') return institution && unit.waterSystem;
    if (leftToUrumqi(unit)) return false;
    // 水利厅系统单位
    if (unit.waterSystem) return true;
    // 地县水利事业单位、注册地在地县的相关企业: 单位归属 follows from place and rank (四(一)1).
    return (institution || company) && (unit.tier === 'prefecture' || unit.tier === 'county');
  }

  it.each(levels)('at %s level', (level) => {
    expect(units).toHaveLength(756);
    let taken = 0;
    for (const unit of units) {
      const outcome = given().of(unit).when(opening(level));
      if (reviewedHere(level, unit)) {
        taken += 1;
        if (outcome.isRefused) throw new Error(`refused: ${JSON.stringify(unit)}`);
      } else {
        const rule = level === 'senior' ? 'S-1' : 'S-4';
        outcome.refuses(outside(leftToUrumqi(unit) ? 'S-2' : rule));
      }
    }
    // 84 are the region’s institutions and enterprises; the rest is counted by hand.
    expect(taken).toBe(level === 'senior' ? 84 + 318 + 28 + 24 : 84 + 42);
  });
});
