import {
  caseAggregate,
  decideCase,
  type CaseCommand,
  type FalsificationCase,
} from '../../src/falsification/case';
import { bar, standingAggregate } from '../../src/falsification/standing';
import type { Policy } from '../../src/rounds/policy';
import { barFor, type Bar } from '../../src/rules/standing';
import {
  acceptedOf,
  atUnit,
  close,
  closed,
  draft,
  falsified,
  falsify,
  noAwards,
  open,
  opened,
  policy,
  reopened,
  returned,
  save,
  submit,
  submitted,
  withdraw,
  withdrawn,
} from '../support/dossier';
import { given, type Expected } from '../support/scenario';

const barred: Expected = {
  code: 'barred-for-falsification',
  rule: 'M-26',
  clause: '四(一)16',
  pointer: '',
};
const years: Bar = { firstYear: 2023, lastYear: 2025 };
const of = (year: number): Policy => ({ ...policy, year });

describe('M-26: barred for three years from the year after', () => {
  it('falsified in 2022 means 2023, 2024 and 2025', () => {
    expect(barFor(policy)).toEqual(years);
    expect(barFor(of(2030))).toEqual({ firstYear: 2031, lastYear: 2033 });
    const five = { ...policy, falsification: { ...policy.falsification, barYears: 5 } };
    expect(barFor(five)).toEqual({ firstYear: 2023, lastYear: 2027 });
  });

  it.each([2023, 2024, 2025])('refuses opening and submitting in %s', (year) => {
    given().under(of(year)).barred(years).when(open).refuses(barred);
    given(draft(), withdrawn(null)).under(of(year)).barred(years).when(open).refuses(barred);
    given(draft()).under(of(year)).barred(years).when(submit).refuses(barred);
  });

  it.each([2022, 2026])('takes both in %s', (year) => {
    given().under(of(year)).barred(years).when(open).then(opened());
    given(draft(), withdrawn(null)).under(of(year)).barred(years).when(open).then(reopened());
    given(draft()).under(of(year)).barred(years).when(submit).then(submitted());
  });

  it('says until which year, the last of several', () => {
    const two = given().under(of(2025)).barred(years, { firstYear: 2025, lastYear: 2027 });
    two.when(open).refuses(barred);
    expect(two.when(open).messages).toEqual(['因弄虚作假，2027年（含）以前不得申报专业技术资格。']);
    given()
      .under(of(2026))
      .barred(years, { firstYear: 2025, lastYear: 2027 })
      .when(open)
      .refuses(barred);
    given()
      .under(of(2028))
      .barred(years, { firstYear: 2025, lastYear: 2027 })
      .when(open)
      .then(opened());
  });

  it('lets a draft be worked on meanwhile: what counts is filing it', () => {
    const scenario = given(draft()).under(of(2024)).barred(years);
    expect(scenario.when(save('awards', noAwards)).isRefused).toBe(false);
    expect(scenario.when(withdraw).isRefused).toBe(false);
  });
});

describe('M-26: a falsified dossier is not accepted, or its title withdrawn', () => {
  it.each([
    ['a draft', draft(), null],
    ['one under review', [...draft(), submitted()], atUnit],
    ['a returned one', [...draft(), submitted(), returned()], null],
    ['a withdrawn one', [...draft(), withdrawn(null)], null],
    ['a closed one', [...draft(), closed('never-submitted')], null],
  ])('%s is closed for good', (_, history, from) => {
    given(history).when(falsify).then(falsified(from));
    const undone = given(history, falsified(from));
    for (const command of [open, submit, withdraw, save('awards', noAwards)]) {
      undone.when(command).refuses(barred);
    }
    undone.when(falsify).then();
    undone.at('2022-09-16T00:00:00.000+08:00').when(close).then();
  });

  it('withdraws the title of an accepted one, once', () => {
    given(acceptedOf()).when(falsify).then(falsified(null, true));
    given(acceptedOf(), falsified(null, true)).when(falsify).then();
  });
});

describe('M-26: the person’s standing', () => {
  const asked = { ...years, falsificationCase: 'case-1' };
  const event = { type: 'PersonBarred' as const, data: asked };

  it('holds one bar a case', () => {
    expect(bar([], asked)).toEqual([event]);
    const standing = standingAggregate.evolve(standingAggregate.initial, event);
    expect(bar(standing, asked)).toEqual([]);
    expect(bar(standing, { ...asked, falsificationCase: 'case-2' })).toHaveLength(1);
    expect(standing).toEqual([asked]);
  });
});

describe('M-26: a case is opened by one person and decided by another, once', () => {
  const now = '2022-09-20T09:00:00.000+08:00';
  const opening: CaseCommand = { type: 'OpenCase', dossier: '2022-a', grounds: '奖项不实' };
  const deciding = (upheld: boolean): CaseCommand => ({
    type: 'DecideCase',
    upheld,
    statement: '经查实',
  });
  const evidence = { revision: 40, submissions: [], evidence: ['a'.repeat(64)], unitPapers: [] };
  const parties = { applicant: 'applicant', vouchers: ['recommender'] };
  const by = (subject: string) => ({ now, subject, evidence, ...parties });
  const after = (state: FalsificationCase, command: CaseCommand, subject: string) => {
    const decision = decideCase(command, state, by(subject));
    if (!('accepted' in decision)) throw new Error(decision.refused[0]?.code);
    return decision.accepted.reduce((now, event) => caseAggregate.evolve(now, event), state);
  };
  const opened = after(caseAggregate.initial, opening, 'investigator');

  it.each([true, false])('records the decision, upheld or not: %s', (upheld) => {
    const decision = { upheld, statement: '经查实', decidedBy: 'director', at: now };
    expect(after(opened, deciding(upheld), 'director')).toEqual({
      status: 'decided',
      facts: {
        ...{ dossier: '2022-a', grounds: '奖项不实', openedBy: 'investigator', at: now },
        frozen: evidence,
      },
      statements: [],
      decision,
    });
  });

  it('is not decided by whoever opened it, nor twice, nor before it is opened', () => {
    const codes = (state: FalsificationCase, subject: string) => {
      const decision = decideCase(deciding(true), state, by(subject));
      return 'refused' in decision ? decision.refused.map(({ code }) => code) : [];
    };
    expect(codes(opened, 'investigator')).toEqual(['decided-by-opener']);
    expect(codes(after(opened, deciding(false), 'director'), 'director')).toEqual([
      'case-not-open',
    ]);
    expect(codes(caseAggregate.initial, 'director')).toEqual(['case-not-open']);
  });

  it('is not decided by the applicant, nor by who passed the dossier', () => {
    for (const party of ['applicant', 'recommender']) {
      const decision = decideCase(deciding(true), opened, by(party));
      expect(decision).toMatchObject({ refused: [{ code: 'decided-by-party' }] });
    }
  });

  it('hears the applicant and who passed the dossier, while it is open', () => {
    const hearing = (person: string): CaseCommand => ({
      type: 'HearStatement',
      person,
      statement: '未作改动',
    });
    const heard = ['applicant', 'recommender'].reduce(
      (state, person) => after(state, hearing(person), 'investigator'),
      opened,
    );
    expect(heard).toMatchObject({
      status: 'open',
      statements: [
        { number: 1, person: 'applicant', statement: '未作改动', heardBy: 'investigator', at: now },
        { number: 2, person: 'recommender' },
      ],
    });
    const refused = (state: FalsificationCase, person: string) =>
      decideCase(hearing(person), state, by('investigator'));
    expect(refused(opened, 'somebody')).toMatchObject({ refused: [{ code: 'not-a-party' }] });
    const decided = after(heard, deciding(false), 'director');
    expect(decided).toMatchObject({ status: 'decided', statements: [{}, {}] });
    expect(refused(decided, 'applicant')).toMatchObject({ refused: [{ code: 'case-not-open' }] });
    expect(refused(caseAggregate.initial, 'applicant')).toMatchObject({
      refused: [{ code: 'case-not-open' }],
    });
  });
});
