import type { Act, Caller } from '../../src/cli/season/act';
import { reviewerOf } from '../../src/cli/season/applicant';
import { blocks, linesOf, warns } from '../../src/cli/season/findings';
import { judge } from '../../src/cli/season/model';
import { grassrootsChecks, recommendation } from '../../src/cli/season/notice';
import { unopened, type Standing } from '../../src/cli/season/standing';
import { sectionNames } from '../../src/dossier/sections';

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

/** Every section is there, so that nothing is missed but what a test is about. */
const work = { ...unopened('a', chain, unit).work, sections: complete() };
const blank = { ...unopened('a', chain, unit), work };

type Turn = readonly [act: Act, instant: string, by?: Caller];

/** How a dossier stands after these acts, every one of which must be accepted. */
function after(...turns: readonly Turn[]): Standing {
  return turns.reduce((standing, [act, instant, by = applicant]) => {
    const { refusals, after: next } = judge(standing, act, by, at(instant));
    expect(refusals).toEqual([]);
    return next;
  }, blank);
}

function complete(): Standing['work']['sections'] {
  const names = sectionNames.map((name) => [name, {}] as const);
  const paper = { evidence: ['f0'] };
  return {
    ...Object.fromEntries(names),
    basicInformation: { villageStationing: { stationed: false } },
    otherAttachments: { politicalConduct: paper, integrityCertificate: paper },
  };
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

  it('F-1: misses every section that was never saved, and what else rests on it', () => {
    const opened = judge(unopened('a', chain, unit), open, applicant, at('2022-08-08T09:00')).after;
    const { findings } = judge(opened, { kind: 'precheck' }, applicant, at('2022-08-08T09:01'));
    const lines = linesOf(findings ?? []);
    expect(lines.filter((line) => line.startsWith('block F-1 '))).toHaveLength(15);
    expect(lines).toContain('block M-20 summary-missing /sections/workSummary/text');
    expect(lines).not.toContain('block F-1 blank-field /sections/languageAndComputer');
  });

  it('finds at a pre-check what a submission is refused for, until it is mended', () => {
    const flaw = blocks('F-1 blank-field', '/sections/awards/entries');
    const spoil: Act = { kind: 'save', section: 'awards', content: { entries: [] }, flaws: [flaw] };
    const broken = judge(draft, spoil, applicant, at('2022-08-08T08:59')).after;
    const at9 = at('2022-08-08T09:00');
    expect(judge(broken, { kind: 'precheck' }, applicant, at9)).toMatchObject({
      status: 200,
      refusals: [],
      findings: [flaw],
    });
    expect(judge(broken, submit, applicant, at9)).toMatchObject({ status: 422, findings: [flaw] });
    const mend: Act = { kind: 'save', section: 'awards', content: {}, flaws: [] };
    const mended = judge(broken, mend, applicant, at9).after;
    expect(judge(mended, submit, applicant, at9)).toMatchObject({ status: 201, findings: [] });
  });

  it('M-17: does not take an award that is left out', () => {
    const content = { entries: [{ kind: 'advanced-worker' }, { kind: 'union' }] };
    const act: Act = { kind: 'save', section: 'awards', content };
    const verdict = judge(draft, act, applicant, at('2022-08-08T09:00'));
    expect(verdict.findings).toEqual([blocks('M-17 award-kind-excluded', '/entries/1/kind')]);
  });

  it('M-24: asks the unit for what the dossier does not say of conduct', () => {
    const published = judge(
      filed,
      { kind: 'publish' },
      reviewerOf(chain, 0),
      at('2022-08-08T09:30'),
    ).after;
    const work = { ...published.work, sections: { otherAttachments: {} } };
    const silent = { ...published, work, publicity: null };
    expect(
      refusals(silent, recommend, '2022-08-13T00:00', reviewerOf(chain, 0)).filter((reason) =>
        reason.startsWith('M-24'),
      ),
    ).toHaveLength(2);
  });

  describe('after the acceptance', () => {
    const accepted: Standing = { ...filed, state: 'accepted', unit: { ...unit, tier: 'region' } };
    const office = reviewerOf(chain, 3);
    const appoint: Act = { kind: 'appoint-defence', defenceAt: '2022-10-12T10:30:00+08:00' };

    it.each([
      [500, '2022-09-30T23:59:59.999', 201, []],
      [500, '2022-10-01T00:00', 201, [warns('T-4 form-and-fee-overdue')]],
      [350, '2022-09-20T09:00', 422, [blocks('M-29 fee-amount-mismatch', '/amount')]],
    ])('T-4, M-29: judges %i yuan of a senior at %s', (amount, instant, status, findings) => {
      const verdict = judge(accepted, { kind: 'fee', amount }, reviewerOf(chain, 0), at(instant));
      expect(verdict).toMatchObject({ status, findings });
    });

    it('M-4, M-28: appoints only whoever defends', () => {
      const on = at('2022-10-08T10:00');
      expect(judge(accepted, appoint, office, on).status).toBe(201);
      const ofCounty = { ...accepted, unit };
      expect(judge(ofCounty, appoint, office, on).refusals).toEqual(['M-28 defence-not-required']);
      const sections = {
        ...accepted.work.sections,
        basicInformation: { villageStationing: { stationed: true } },
      };
      const stationed = { ...accepted, work: { ...accepted.work, sections } };
      expect(judge(stationed, appoint, office, on).refusals).toEqual(['M-4 defence-exempt']);
    });

    it('M-28: appoints for a time to come, and has no outcome before it', () => {
      const absence = { kind: 'conclude-defence', attended: false, cause: null } as const;
      const absent: Act = { ...absence, minutes: null, passed: false };
      const [early, begins, late] = ['29:59.999', '30:00.000', '30:00.001'].map((time) =>
        at(`2022-10-12T10:${time}`),
      ) as [number, number, number];
      expect(judge(accepted, appoint, office, late).refusals).toEqual(['M-28 defence-in-the-past']);
      const appointed = judge(accepted, appoint, office, begins).after;
      expect(judge(appointed, absent, office, early).refusals).toEqual(['M-28 defence-not-begun']);
      expect(judge(appointed, absent, office, begins).status).toBe(201);
    });

    it('M-28: ends with an absence, unless it has a cause', () => {
      const on = at('2022-10-12T10:40');
      const appointed = judge(accepted, appoint, office, at('2022-10-08T10:00')).after;
      const absence = { kind: 'conclude-defence', attended: false, minutes: null } as const;
      const excused = { ...absence, cause: '住院', passed: false };
      expect(judge(appointed, excused, office, on).after.after).toMatchObject({
        appointedFor: null,
        defended: false,
      });
      const vetoed = judge(appointed, { ...excused, cause: null }, office, on);
      expect(vetoed.findings).toEqual([warns('M-28 defence-absent-veto')]);
      const anew: Act = { ...appoint, defenceAt: '2022-10-14T10:30:00+08:00' };
      expect(judge(vetoed.after, anew, office, on).refusals).toEqual(['already-recorded']);
    });

    it('M-26: is undone by a case that another auditor upholds', () => {
      const on = at('2022-10-20T10:00');
      const one: Caller = { subject: 'one', roles: ['auditor'], organisation: 'title-office' };
      const uphold: Act = { kind: 'decide-case', id: 'c', upheld: true };
      const opened = judge(accepted, { kind: 'open-case' }, one, on).after;
      expect(judge(opened, uphold, one, on).refusals).toEqual(['decided-by-opener']);
      const decided = judge(opened, uphold, { ...one, subject: 'other' }, on).after;
      expect(decided).toMatchObject({ state: 'closed', closedBy: 'falsification' });
      for (const attempt of [submit, open]) {
        expect(judge(decided, attempt, applicant, on).refusals).toContain(
          'M-26 barred-for-falsification',
        );
      }
    });
  });

  it('records no event for what changes nothing', () => {
    const { trail } = judge(draft, save('初稿'), applicant, at('2022-08-04T10:00')).after;
    expect(trail).toEqual(['DossierOpened', 'SectionSaved']);
  });
});
