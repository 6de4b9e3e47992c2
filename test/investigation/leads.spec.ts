import type { RecordedEvent } from '../../src/engine/event-store';
import { seenFrom, type Lead } from '../../src/projections/investigation/lead';
import { leads } from '../../src/projections/investigation/leads';
import { wordingOf } from '../../src/projections/investigation/wording/lead-sentences';
import { policy2022 } from '../../src/rounds/policy-2022';
import { chainA, chainB, chainC, dossierOf, folded, Log, sha } from './log';

/* Wednesday 7 September 2022; office hours from 10:00 to 14:00 and from 15:30 to 19:30. */
const at = (time: string, day = '07') => `2022-09-${day}T${time}.000+08:00`;

const leadsIn = (events: readonly RecordedEvent[]): readonly Lead[] =>
  [...folded(leads, events).values()].filter((document) => document.is === 'lead');
const kindsIn = ({ events }: Log) => leadsIn(events).map(({ kind }) => kind);
const only = ({ events }: Log): Lead => {
  const [lead, ...others] = leadsIn(events);
  if (lead === undefined || others.length > 0) throw new Error(`leads: ${others.length + 1}`);
  return lead;
};
const positions = (lead: Lead) => lead.parts.map(({ position }) => Number(position));

describe('A dossier passed fast', () => {
  const passedAt = (arrived: string, passed: string) => {
    const log = new Log();
    const id = log.file('alice', { at: arrived });
    log.pass(id, { by: 'uma', at: passed });
    return log;
  };

  it.each([
    ['two minutes later', at('11:00:00'), at('11:01:59'), 119],
    ['from night to the first minutes of the day', at('03:00:00'), at('10:01:30'), 90],
    [
      'from the end of one day to the beginning of the next',
      at('19:29:30'),
      at('10:00:30', '08'),
      60,
    ],
    ['over lunch', at('13:59:30'), at('15:30:30'), 60],
    [
      'from Friday evening to after the Mid-Autumn holiday',
      at('20:00:00', '09'),
      at('10:00:01', '13'),
      1,
    ],
    ['at night, two minutes after it came', at('23:00:00'), at('23:01:59'), 119],
    ['at once', at('11:00:00'), at('11:00:00'), 0],
  ])('is a lead: %s', (_, arrived, passed, seconds) => {
    expect(only(passedAt(arrived, passed))).toMatchObject({
      kind: 'passed-fast',
      at: passed,
      dossier: dossierOf('alice'),
      measures: { seconds, limit: 120 },
      parts: [{ account: 'uma', type: 'DossierRecommended' }],
    });
  });

  it.each([
    ['after two minutes', at('11:00:00'), at('11:02:00')],
    ['at night, two minutes after it came', at('23:00:00'), at('23:02:00')],
    ['at night, hours after it came at night', at('20:00:00'), at('23:30:00')],
    ['after a morning', at('10:00:00'), at('13:00:00')],
  ])('is none %s', (_, arrived, passed) => {
    expect(kindsIn(passedAt(arrived, passed))).toEqual([]);
  });

  it('is measured from each stage anew, and from each filing', () => {
    const log = new Log();
    const id = log.file('alice', { at: at('10:00:00') });
    log.pass(id, { by: 'uma', at: at('11:00:00') });
    log.pass(id, { by: 'ben', at: at('11:00:30') });
    log.giveBack(id, { by: 'oda', at: at('11:00:40') });
    expect(only(log)).toMatchObject({ parts: [{ account: 'ben' }], measures: { seconds: 30 } });
    log.file('alice', { at: at('12:00:00') });
    log.pass(id, { by: 'uma', at: at('12:00:10') });
    expect(kindsIn(log)).toEqual(['passed-fast', 'passed-fast']);
  });

  it('goes by the policy the act was judged by', () => {
    const { investigation } = policy2022;
    const log = new Log();
    log.decree(
      { ...policy2022, investigation: { ...investigation, fastApproval: { seconds: 600 } } },
      2,
    );
    const id = log.file('alice', { at: at('10:00:00') });
    log.pass(id, { by: 'uma', at: at('10:05:00'), policyVersion: 1 });
    expect(kindsIn(log)).toEqual([]);
    log.pass(id, { by: 'ben', at: at('10:10:00'), policyVersion: 2 });
    expect(only(log)).toMatchObject({ measures: { seconds: 300, limit: 600 } });
  });
});

it('A policy of before there were leads makes none', () => {
  const { investigation: _, ...older } = policy2022;
  const log = new Log(older as typeof policy2022);
  const id = log.file('alice', { at: at('11:00:00'), from: '192.0.2.1' });
  log.pass(id, { by: 'uma', at: at('11:00:01'), from: '192.0.2.1' });
  log.pass(id, { by: 'ben', at: at('11:00:02'), from: '192.0.2.1' });
  expect(kindsIn(log)).toEqual([]);
});

describe('Many passed in a burst', () => {
  /** As many as are named, so many seconds apart, each having waited a day. */
  const burst = (count: number, apart: number, by = (_: number) => 'uma') => {
    const log = new Log();
    const ids = Array.from({ length: count }, (_, n) =>
      log.file(`person-${n}`, { at: at('10:00:00', '06') }),
    );
    for (const [n, id] of ids.entries()) {
      const minutes = Math.floor((n * apart) / 60);
      const seconds = (n * apart) % 60;
      const time = `11:${String(minutes).padStart(2, '0')}:${String(seconds).padStart(2, '0')}`;
      log.pass(id, { by: by(n), at: at(time) });
    }
    return log;
  };

  it('is a lead from ten in ten minutes on, one for the day', () => {
    expect(kindsIn(burst(9, 60))).toEqual([]);
    expect(only(burst(10, 60))).toMatchObject({ kind: 'passed-in-burst', dossier: null });
    // The ten of the last ten minutes, not one before.
    expect(only(burst(11, 66)).parts).toHaveLength(11);
    expect(only(burst(14, 60)).parts).toHaveLength(14);
  });

  it('is none where they are further apart, or of several people', () => {
    expect(kindsIn(burst(30, 67))).toEqual([]);
    expect(kindsIn(burst(18, 20, (n) => ['uma', 'ulla'][n % 2] ?? ''))).toEqual([]);
  });

  it('counts dossiers, and returns not at all', () => {
    const log = burst(9, 60);
    const [first] = log.events.slice(1);
    if (first === undefined) throw new Error('empty');
    log.giveBack(log.file('last', { at: at('10:00:00') }), { by: 'uma', at: at('11:09:00') });
    expect(kindsIn(log)).toEqual([]);
  });

  it('is shown to those the person answers to, not to the unit of an applicant', () => {
    const log = new Log();
    for (let n = 0; n < 10; n += 1) {
      const id = log.file(`person-${n}`, { at: at('10:00:00', '05') });
      log.pass(id, { by: 'uma', at: at('12:00:00', `0${5 + (n % 2)}`) });
      log.pass(id, { by: 'ben', at: at(`15:3${n}:00`) });
    }
    expect(only(log)).toMatchObject({ jurisdiction: ['bureau-a', 'office'] });
  });
});

describe('A reviewer on an address of the applicant', () => {
  const home = '203.0.113.9';
  interface Case {
    readonly applicantAt?: string;
    readonly reviewerFrom?: string | null;
    readonly passedAt?: string;
    readonly others?: number;
    readonly step?: 0 | 1 | 2;
  }
  const shared = ({
    applicantAt = at('10:00:00', '05'),
    reviewerFrom = home,
    passedAt = at('18:00:00'),
    others = 0,
    step = 1,
  }: Case) => {
    const log = new Log();
    for (let n = 0; n < others; n += 1) {
      log.attach(`other-${n}`, sha('f').slice(1) + String(n % 10), { at: applicantAt, from: home });
    }
    const id = log.file('alice', { at: applicantAt, from: home });
    const reviewers = ['uma', 'ben', 'oda'];
    for (let n = 0; n <= step; n += 1) {
      const from = n === step ? reviewerFrom : `192.0.2.${n}`;
      const time = n === step ? passedAt : at('11:00:00', '05');
      log.pass(id, { by: reviewers[n] ?? '', at: time, from });
    }
    return log;
  };
  const found = (given: Case) =>
    leadsIn(shared(given).events).filter(({ kind }) => kind === 'address-of-applicant');

  it.each([1, 2] as const)('is a lead beyond the unit, at step %s', (step) => {
    const [lead] = found({ step });
    expect(lead).toMatchObject({
      address: home,
      dossier: dossierOf('alice'),
      measures: { days: 30, accounts: 2 },
      jurisdiction: chainA.slice(step),
    });
    expect(lead?.parts.map(({ account, type }) => [account, type])).toEqual([
      ['alice', 'DossierSubmitted'],
      [step === 1 ? 'ben' : 'oda', step === 1 ? 'DossierEndorsed' : 'DossierAccepted'],
    ]);
  });

  it('is none in the unit, whose people share a network with its applicants', () => {
    expect(found({ step: 0 })).toEqual([]);
  });

  it('is none from another address, from none, or where many act from there', () => {
    expect(found({ reviewerFrom: '203.0.113.10' })).toEqual([]);
    expect(found({ reviewerFrom: null })).toEqual([]);
    expect(found({ others: 18 })).toHaveLength(1);
    expect(found({ others: 19 })).toEqual([]);
  });

  it('looks back thirty days and no further', () => {
    const long = { applicantAt: '2022-08-08T18:00:00.000+08:00' };
    expect(found({ ...long, passedAt: at('18:00:00') })).toHaveLength(1);
    expect(found({ ...long, passedAt: at('18:00:01') })).toEqual([]);
  });

  it('counts where the reviewer acted from before, on whichever dossier', () => {
    const log = new Log();
    const other = log.file('bob', { at: at('10:00:00', '01'), from: '198.51.100.1' });
    log.pass(other, { by: 'uma', at: at('10:00:00', '02'), from: '198.51.100.2' });
    log.pass(other, { by: 'ben', at: at('10:00:00', '03'), from: home });
    const id = log.file('alice', { at: at('10:00:00', '05'), from: home });
    log.pass(id, { by: 'uma', at: at('10:00:00', '06'), from: '198.51.100.2' });
    log.pass(id, { by: 'ben', at: at('18:00:00'), from: '198.51.100.3' });
    const lead = only(log);
    expect(lead).toMatchObject({ kind: 'address-of-applicant', dossier: dossierOf('alice') });
    // What it rests on: ben's act from there, alice's filing from there, and what ben passed.
    expect(positions(lead)).toEqual([3, 4, 6]);
  });

  it('is not told of what happens after the decision', () => {
    const log = shared({ reviewerFrom: '198.51.100.3' });
    const [other] = [log.file('carol', { at: at('19:00:00') }, chainA)];
    log.pass(other, { by: 'uma', at: at('10:00:00', '08') });
    log.pass(other, { by: 'ben', at: at('19:00:00', '08'), from: home });
    expect(kindsIn(log)).toEqual([]);
  });
});

describe('Two levels on one address', () => {
  const passed = (second: string, { by = 'ben', again = false } = {}) => {
    const log = new Log();
    const id = log.file('alice', { at: at('10:00:00', '05') });
    log.pass(id, { by: 'uma', at: at('12:00:00', '06'), from: '192.0.2.1' });
    if (again) {
      log.giveBack(id, { by: 'ben', at: at('16:00:00', '06'), from: '192.0.2.9' });
      log.file('alice', { at: at('17:00:00', '06') });
      log.pass(id, { by: 'ulla', at: at('19:00:00', '06'), from: '192.0.2.7' });
    }
    log.pass(id, { by, at: at('18:00:00'), from: second });
    return log;
  };

  it('is a lead for those above the later one', () => {
    expect(only(passed('192.0.2.1'))).toMatchObject({
      kind: 'address-of-another-level',
      address: '192.0.2.1',
      jurisdiction: ['bureau-a', 'office'],
      parts: [{ account: 'uma' }, { account: 'ben' }],
      measures: { accounts: 2 },
    });
  });

  it('is none from another address, by one person, or of another submission', () => {
    expect(kindsIn(passed('192.0.2.2'))).toEqual([]);
    expect(kindsIn(passed('192.0.2.1', { by: 'uma' }))).toEqual([]);
    expect(kindsIn(passed('192.0.2.1', { again: true }))).toEqual([]);
  });
});

describe('Filings of several units from one address', () => {
  const hall = '198.51.100.77';
  const filed = (chains: readonly (typeof chainA)[], hours: readonly number[]) => {
    const log = new Log();
    for (const [n, chain] of chains.entries()) {
      const time = at(`${String(hours[n] ?? 10).padStart(2, '0')}:00:00`, n > 1 ? '07' : '06');
      log.file(`person-${n}`, { at: time, from: hall }, chain);
    }
    return log;
  };

  it('is a lead from three units within a day on', () => {
    const lead = only(filed([chainA, chainB, chainC], [12, 14, 12]));
    expect(lead).toMatchObject({
      kind: 'filings-from-one-address',
      address: hall,
      // Two of the three are in the jurisdiction of bureau B: for it, that is no lead.
      jurisdiction: ['office'],
    });
    expect(lead.parts.map(({ applicant }) => applicant)).toEqual([
      'person-0',
      'person-1',
      'person-2',
    ]);
  });

  it('is none later than that, from two units, or from one', () => {
    expect(kindsIn(filed([chainA, chainB, chainC], [11, 14, 12]))).toEqual([]);
    expect(kindsIn(filed([chainA, chainB, chainA], [12, 14, 12]))).toEqual([]);
    expect(kindsIn(filed([chainA, chainA, chainA], [12, 14, 12]))).toEqual([]);
  });
});

describe('One file in several dossiers', () => {
  it('is a lead once two people attached it, across rounds and chains', () => {
    const log = new Log();
    log.attach('alice', sha('e'), { at: at('10:00:00') });
    log.attach('alice', sha('e'), { at: at('11:00:00') }, chainA, '2023');
    expect(kindsIn(log)).toEqual([]);
    log.attach('bob', sha('d'), { at: at('11:30:00') }, chainB);
    expect(kindsIn(log)).toEqual([]);
    log.attach('bob', sha('e'), { at: at('12:00:00') }, chainB);
    expect(only(log)).toMatchObject({
      kind: 'evidence-shared',
      sha256: sha('e'),
      at: at('12:00:00'),
      jurisdiction: ['office'],
      parts: [{ dossier: dossierOf('alice') }, { dossier: dossierOf('alice', '2023') }, {}],
    });
    log.attach('carol', sha('e'), { at: at('13:00:00') }, chainB);
    expect(only(log)).toMatchObject({ jurisdiction: ['office', 'station-b', 'bureau-b'] });
  });

  it('shows an auditor what is in their jurisdiction, in the sentence too', () => {
    const log = new Log();
    for (const [name, chain] of [
      ['alice', chainA],
      ['bob', chainB],
      ['carol', chainB],
    ] as const) {
      log.attach(name, sha('e'), { at: at('10:00:00') }, chain);
    }
    const seen = seenFrom('bureau-b', only(log));
    expect(seen.parts.map(({ applicant }) => applicant)).toEqual(['bob', 'carol']);
    expect(wordingOf(seen, (id) => id).sentence.zh).toContain('2人的2份材料');
  });

  it('is none of a paper of the unit, which may be one for all of its applicants', () => {
    const log = new Log();
    for (const name of ['alice', 'bob']) {
      const id = log.file(name, { at: at('10:00:00') });
      log.attachPaper(id, sha('e'), { by: 'uma', at: at('11:00:00') });
    }
    expect(kindsIn(log)).toEqual([]);
  });
});

it('Every lead says that it is one, what happened, and what it may innocently come from', () => {
  const seen = new Set<string>();
  const fast = new Log();
  fast.pass(fast.file('alice', { at: at('11:00:00'), from: '192.0.2.1' }), {
    by: 'uma',
    at: at('11:00:10'),
    from: '192.0.2.1',
  });
  fast.pass(dossierOf('alice'), { by: 'ben', at: at('11:00:20'), from: '192.0.2.1' });
  for (const [n, chain] of [chainA, chainB, chainC].entries()) {
    fast.file(`person-${n}`, { at: at('12:00:00'), from: '192.0.2.2' }, chain);
    fast.attach(`person-${n}`, sha('e'), { at: at('12:00:00') }, chain);
  }
  for (let n = 10; n < 20; n += 1) {
    fast.pass(fast.file(`person-${n}`, { at: at('12:00:00') }), { by: 'uma', at: at('12:30:00') });
  }
  for (const lead of leadsIn(fast.events)) {
    seen.add(lead.kind);
    const { sentence, explanations } = wordingOf(lead, (id) => `单位${id}`);
    expect(sentence.zh).toMatch(/^\P{Script=Latin}.*这只是线索，不是结论。$/u);
    expect(sentence.en).toMatch(/This is a lead, not a finding\.$/);
    expect(`${sentence.zh}${sentence.en}`).not.toMatch(/undefined|NaN|null/);
    expect(explanations.length).toBeGreaterThan(1);
  }
  expect(seen.size).toBe(6);
});
