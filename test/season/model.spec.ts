import type { Act, Caller } from '../../src/cli/season/act';
import { reviewerOf } from '../../src/cli/season/applicant';
import { judge } from '../../src/cli/season/model';
import { grassrootsChecks, recommendation } from '../../src/cli/season/notice';
import { unopened, type Standing } from '../../src/cli/season/standing';

const chain = ['station', 'bureau', 'prefecture-hr', 'title-office'];
const unit = {
  kind: 'public-institution',
  tier: 'county',
  prefecture: 'ili',
  ownership: 'local-state',
  waterSystem: false,
} as const;
const choice = {
  level: 'senior',
  specialty: 'hydraulic-engineering',
  subSpecialty: 'construction',
  organisation: 'station',
  reviewRoute: null,
};
const applicant: Caller = { subject: 'a', roles: ['applicant'], organisation: 'station' };
const at = (instant: string): number => Date.parse(`${instant}+08:00`);

const open: Act = { kind: 'open', choice };
const submit: Act = { kind: 'submit', confirmed: true };
const save = (text: string): Act => ({ kind: 'save', section: 'workSummary', content: { text } });
const sendBack: Act = {
  kind: 'return',
  reasons: [{ code: 'other', section: 'workSummary', correction: '请修改。' }],
};
const papers = { 'publicity-notice': 'n', 'publicity-result': 'r' };
const recommend: Act = {
  kind: 'recommend',
  checked: grassrootsChecks,
  statement: recommendation,
  papers,
};

type Turn = readonly [act: Act, instant: string, by?: Caller];

/** How a dossier stands after these acts, every one of which must be accepted. */
function after(...turns: readonly Turn[]): Standing {
  return turns.reduce(
    (standing, [act, instant, by = applicant]) => {
      const { refusals, after: next } = judge(standing, act, by, at(instant));
      expect(refusals).toEqual([]);
      return next;
    },
    unopened('a', chain, unit),
  );
}

function refusals(standing: Standing, ...[act, instant, by = applicant]: Turn): readonly string[] {
  return judge(standing, act, by, at(instant)).refusals;
}

const draft = after([open, '2022-08-04T09:00'], [save('初稿'), '2022-08-04T09:01']);
const filed = judge(draft, submit, applicant, at('2022-08-08T09:00')).after;
const returned = judge(filed, sendBack, reviewerOf(chain, 0), at('2022-08-09T09:00')).after;

describe("the season's own model of the notice", () => {
  it.each([
    ['2022-08-05T09:59:59.999', ['T-1 filing-window-not-open']],
    ['2022-08-05T10:00:00.000', []],
    ['2022-08-31T20:00:00.000', []],
    ['2022-08-31T20:00:00.001', ['T-1 filing-window-closed']],
  ])('T-1: judges a first submission at %s', (instant, expected) => {
    expect(refusals(draft, submit, instant)).toEqual(expected);
  });

  it.each([
    ['2022-09-15T23:59:59.999', []],
    ['2022-09-16T00:00:00.000', ['T-2 review-window-closed']],
  ])('T-2: judges a refiling at %s', (instant, expected) => {
    const corrected = judge(returned, save('改稿'), applicant, at('2022-08-10T09:00')).after;
    expect(refusals(corrected, submit, instant)).toEqual(expected);
  });

  it('T-5: closes a draft when filing is over, and a returned dossier when the review is', () => {
    const late = judge(draft, submit, applicant, at('2022-08-31T20:00:00.001')).after;
    expect(late).toMatchObject({ state: 'closed', closedBy: 'never-submitted' });
    const over = judge(returned, submit, applicant, at('2022-09-16T00:00')).after;
    expect(over).toMatchObject({ state: 'closed', closedBy: 'not-resubmitted' });
  });

  it.each([
    [{ kind: 'enterprise', ownership: 'private', prefecture: 'urumqi' }, null, 'S-2'],
    [{ prefecture: 'kashgar' }, null, 'S-3'],
    [{ prefecture: 'kashgar' }, 'prefecture', 'S-3'],
    [{ prefecture: 'kashgar' }, 'region', undefined],
  ] as const)('S-2, S-3: judges a unit with %j and the route %s', (facts, reviewRoute, rule) => {
    const act: Act = { kind: 'open', choice: { ...choice, reviewRoute } };
    const found = refusals(unopened('a', chain, { ...unit, ...facts }), act, '2022-08-04T09:00');
    expect(found.map((reason) => reason.split(' ')[0])).toEqual(rule === undefined ? [] : [rule]);
  });

  it('S-4: takes lower levels from the region and the water department only', () => {
    const lower: Act = { kind: 'open', choice: { ...choice, level: 'junior' } };
    const nothing = unopened('a', chain, unit);
    expect(refusals(nothing, lower, '2022-08-04T09:00')).toEqual(['S-4 outside-review-scope']);
    const ofTheSystem = unopened('a', chain, { ...unit, waterSystem: true });
    expect(refusals(ofTheSystem, lower, '2022-08-04T09:00')).toEqual([]);
  });

  it('R-1, R-2: tells out of turn from not theirs, and hides the dossier from strangers', () => {
    const endorse: Act = { kind: 'endorse' };
    expect(refusals(filed, endorse, '2022-08-09T09:00', reviewerOf(chain, 1))).toEqual([
      'R-1 not-at-this-stage',
    ]);
    const stranger = reviewerOf(['elsewhere', ''], 0);
    expect(judge(filed, { kind: 'look' }, stranger, at('2022-08-09T09:00')).status).toBe(404);
    const own: Caller = { ...applicant, roles: ['applicant', 'unit-reviewer'] };
    expect(refusals(filed, { kind: 'publish' }, '2022-08-09T09:00', own)).toEqual([
      'R-2 own-dossier',
    ]);
  });

  it('R-5: refuses a refiling with a reason unanswered, and takes a change or an explanation', () => {
    expect(refusals(returned, submit, '2022-08-10T09:00')).toEqual([
      'R-5 return-reasons-unanswered',
    ]);
    for (const answer of [
      save('改稿'),
      { kind: 'explain', reason: 1, explanation: '见证明' },
    ] as const) {
      const answered = judge(returned, answer, applicant, at('2022-08-10T09:00')).after;
      expect(refusals(answered, submit, '2022-08-10T09:01')).toEqual([]);
    }
  });

  it('R-6: closes a dossier returned after its third submission, withdrawn in between or not', () => {
    const withdraw: Act = { kind: 'withdraw' };
    const again = [withdraw, open, submit].map((act): Turn => [act, '2022-08-08T10:00']);
    const third = after(
      [open, '2022-08-08T09:00'],
      [submit, '2022-08-08T09:00'],
      ...again,
      ...again,
    );
    const last = judge(third, sendBack, reviewerOf(chain, 0), at('2022-08-09T09:00')).after;
    expect(last).toMatchObject({ state: 'closed', closedBy: 'submission-limit' });
    expect(refusals(last, submit, '2022-08-10T09:00')).toEqual(['R-6 submission-limit-reached']);
    expect(refusals(last, open, '2022-08-10T09:00')).toEqual(['R-6 submission-limit-reached']);
  });

  it.each([
    ['2022-08-08T09:00', '2022-08-12T23:59:59.999', ['R-7 publicity-too-short']],
    ['2022-08-08T09:00', '2022-08-13T00:00', []],
    // 10 to 12 September 2022 is the Mid-Autumn holiday.
    ['2022-09-07T09:00', '2022-09-14T23:59', ['R-7 publicity-too-short']],
    ['2022-09-07T09:00', '2022-09-15T00:00', []],
  ])('R-7: after publicity from %s judges a recommendation at %s', (begun, instant, expected) => {
    const published = judge(filed, { kind: 'publish' }, reviewerOf(chain, 0), at(begun)).after;
    expect(refusals(published, recommend, instant, reviewerOf(chain, 0))).toEqual(expected);
  });

  it('M-27: asks for every scan that a section names, and for its masked version', () => {
    const file = { sha256: 'f1', mediaType: 'image/png', bytes: 1, name: 'scan.png' };
    const attach: Act = { kind: 'attach', file, bytes: Buffer.from('x'), genuine: true };
    const named = after(
      [open, '2022-08-08T09:00'],
      [attach, '2022-08-08T09:00'],
      [save('f1'), '2022-08-08T09:00'],
    );
    const answer = (nameShown: boolean): Act => ({
      kind: 'mask',
      sha256: 'f1',
      nameShown,
      maskedVersion: null,
    });
    expect(refusals(named, submit, '2022-08-08T09:01')).toEqual(['M-27 masking-unanswered']);
    const uncovered = judge(named, answer(true), applicant, at('2022-08-08T09:01')).after;
    expect(refusals(uncovered, submit, '2022-08-08T09:01')).toEqual([
      'M-27 masked-version-missing',
    ]);
    const nameless = judge(named, answer(false), applicant, at('2022-08-08T09:01')).after;
    expect(refusals(nameless, submit, '2022-08-08T09:01')).toEqual([]);
  });

  it('records no event for what changes nothing', () => {
    const { trail } = judge(draft, save('初稿'), applicant, at('2022-08-04T10:00')).after;
    expect(trail).toEqual(['DossierOpened', 'SectionSaved']);
  });
});
