import { stageAt, type Organisation } from '../../src/organisations/organisation';
import {
  decideTree,
  evolveTree,
  noOrganisations,
  reviewChain,
  superiors,
  type OrganisationTree,
} from '../../src/organisations/tree';

const organisation = (
  id: string,
  kind: Organisation['kind'],
  supervisedBy: string | null,
): Organisation => ({
  id,
  name: id,
  kind,
  tier: 'prefecture',
  prefecture: '喀什地区',
  ownership: 'local-state',
  waterSystem: true,
  supervisedBy,
});

const office = organisation('office', 'title-office', null);
const department = organisation('department', 'authority', 'office');
const bureau = organisation('bureau', 'authority', 'department');
const station = organisation('station', 'public-institution', 'bureau');
const institute = organisation('institute', 'public-institution', 'department');

const treeOf = (...organisations: readonly Organisation[]): OrganisationTree =>
  organisations.reduce(
    (tree, one) => evolveTree(tree, { type: 'OrganisationDescribed', data: { organisation: one } }),
    noOrganisations,
  );
const tree = treeOf(office, department, bureau, station, institute);

const describing = (one: Organisation, among = tree) =>
  decideTree({ type: 'DescribeOrganisation', organisation: one }, among);
const codes = (one: Organisation, among = tree): readonly string[] => {
  const decision = describing(one, among);
  return 'refused' in decision ? decision.refused.map(({ code }) => code) : [];
};

describe('the review chain of a unit', () => {
  it('leads through every supervising level to the title office', () => {
    expect(reviewChain(tree, 'institute')).toEqual(['institute', 'department', 'office']);
    expect(reviewChain(tree, 'station')).toEqual(['station', 'bureau', 'department', 'office']);
  });

  it('changes with the tree', () => {
    const moved = treeOf(office, department, bureau, { ...station, supervisedBy: 'department' });
    expect(reviewChain(moved, 'station')).toEqual(['station', 'department', 'office']);
  });

  it('is missing for an unknown unit, and where a level is missing', () => {
    expect(reviewChain(tree, 'nobody')).toBeUndefined();
    expect(reviewChain(treeOf(department, bureau, station), 'station')).toBeUndefined();
    expect(reviewChain(treeOf(office, station), 'station')).toBeUndefined();
    expect(reviewChain(tree, 'office')).toBeUndefined();
    expect(reviewChain(tree, 'department')).toBeUndefined();
  });

  it('is cut into stages by place: unit, supervision, title office', () => {
    const chain = reviewChain(tree, 'station');
    if (chain === undefined) throw new Error('no chain');
    expect([0, 1, 2, 3].map((step) => stageAt(chain, step)?.kind)).toEqual([
      'unit',
      'supervision',
      'supervision',
      'title-office',
    ]);
    expect(stageAt(chain, 1)).toEqual({ kind: 'supervision', organisation: 'bureau', step: 1 });
    expect(stageAt(chain, 4)).toBeUndefined();
    expect(stageAt(chain, -1)).toBeUndefined();
  });
});

describe('superiors', () => {
  it('are the organisation and all above it, nearest first', () => {
    expect(superiors(tree, 'station')).toEqual(['station', 'bureau', 'department', 'office']);
    expect(superiors(tree, 'office')).toEqual(['office']);
    expect(superiors(tree, 'nobody')).toEqual([]);
  });

  it('end even where a damaged log would lead in a circle', () => {
    const circle = treeOf(
      { ...department, supervisedBy: 'bureau' },
      { ...bureau, supervisedBy: 'department' },
    );
    expect(superiors(circle, 'bureau')).toEqual(['bureau', 'department']);
    expect(reviewChain(circle, 'bureau')).toBeUndefined();
  });
});

describe('describing an organisation', () => {
  it('adds it, or changes it', () => {
    const another = organisation('another', 'enterprise', 'bureau');
    const renamed = { ...station, name: '水文站' };
    for (const one of [another, renamed]) {
      expect(describing(one)).toEqual({
        accepted: [{ type: 'OrganisationDescribed', data: { organisation: one } }],
      });
    }
    expect(treeOf(office, another).get('another')).toEqual(another);
  });

  it('adds nothing where it is described already, whatever the order of its facts', () => {
    expect(describing(station)).toEqual({ accepted: [] });
    const reordered = Object.fromEntries(Object.entries(station).reverse()) as never;
    expect(describing(reordered)).toEqual({ accepted: [] });
  });

  it.each<[keyof Organisation, Partial<Organisation>]>([
    ['name', { name: 'other' }],
    ['kind', { kind: 'enterprise' }],
    ['tier', { tier: 'county' }],
    ['prefecture', { prefecture: null }],
    ['ownership', { ownership: 'private' }],
    ['waterSystem', { waterSystem: false }],
    ['supervisedBy', { supervisedBy: 'department' }],
  ])('records a change of its %s', (_, change) => {
    const decision = describing({ ...station, ...change });
    expect('accepted' in decision ? decision.accepted : []).toHaveLength(1);
  });

  it('refuses a circle, however long', () => {
    expect(codes({ ...department, supervisedBy: 'bureau' })).toEqual([
      'organisation-supervises-itself',
    ]);
    expect(codes({ ...bureau, supervisedBy: 'bureau' })).toEqual([
      'organisation-supervises-itself',
    ]);
    expect(codes({ ...department, supervisedBy: 'station' })).toEqual([
      'organisation-supervises-itself',
      'supervisor-unsuitable',
    ]);
  });

  it('refuses a new organisation that supervises itself', () => {
    expect(codes(organisation('new', 'authority', 'new'))).toHaveLength(1);
  });

  it.each([
    'public-institution',
    'enterprise',
    'social-organisation',
    'individual-business',
  ] as const)('a unit (%s) is supervised by an authority only', (kind) => {
    expect(codes(organisation('new', kind, 'bureau'))).toEqual([]);
    expect(codes(organisation('new', kind, 'station'))).toEqual(['supervisor-unsuitable']);
    expect(codes(organisation('new', kind, 'office'))).toEqual(['supervisor-unsuitable']);
  });

  it('an authority is supervised by another or by the title office', () => {
    expect(codes(organisation('new', 'authority', 'department'))).toEqual([]);
    expect(codes(organisation('new', 'authority', 'office'))).toEqual([]);
    expect(codes(organisation('new', 'authority', 'station'))).toEqual(['supervisor-unsuitable']);
  });

  it('refuses one without, or with an unknown, supervising organisation', () => {
    expect(codes(organisation('new', 'authority', null))).toEqual([
      'supervising-organisation-missing',
    ]);
    expect(codes(organisation('new', 'authority', 'nobody'))).toEqual(['unknown-organisation']);
  });

  it('refuses a title office with somebody above it', () => {
    expect(codes(office, noOrganisations)).toEqual([]);
    expect(codes({ ...office, supervisedBy: 'department' })).toEqual(['title-office-is-last']);
  });

  it('points at the supervising organisation', () => {
    const decision = describing(organisation('new', 'authority', 'nobody'));
    expect(decision).toMatchObject({ refused: [{ pointer: '/supervisedBy', rule: null }] });
  });

  it.each<Organisation['kind']>(['enterprise', 'title-office'])(
    'does not make an authority with units below it something unsuitable (%s)',
    (kind) => {
      const supervisedBy = kind === 'title-office' ? null : 'department';
      expect(codes({ ...bureau, kind, supervisedBy })).not.toEqual([]);
    },
  );
});
