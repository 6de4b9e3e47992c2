import type { Organisation, Tier } from '../../src/organisations/organisation';
import {
  acceptedOf,
  applicant,
  concludeDefence,
  defenceConcluded,
  defenceScheduled,
  draft,
  filled,
  officeReviewer,
  policy,
  scheduleDefence,
  station,
  submitted,
} from '../support/dossier';
import { conflict, given, type Expected, type History } from '../support/scenario';

const at = (tier: Tier): Organisation => ({ ...station, tier });
const appointed = '2022-10-12T10:00:00.000+08:00';
const another = '2022-10-13T10:00:00.000+08:00';
const absent = { attended: false, minutes: null, passed: false };
const alreadyRecorded = conflict('already-recorded');
const onceAccepted = (...history: History) => given(acceptedOf(), ...history).by(officeReviewer);

describe('M-4: who is stationed in a village this year need not defend', () => {
  const exempt: Expected = {
    code: 'defence-exempt',
    rule: 'M-4',
    clause: '四(一)1, 18',
    pointer: '',
  };
  const stationed = given(acceptedOf(filled('senior', { stationed: true }))).by(officeReviewer);

  it.each(['region', 'prefecture', 'county'] as const)('%s unit: no appointment', (tier) => {
    stationed.of(at(tier)).when(scheduleDefence()).refuses(exempt);
  });

  it('anybody else of the unit has one', () => {
    onceAccepted().when(scheduleDefence()).then(defenceScheduled(appointed));
  });
});

describe('M-28: staff of region and prefecture units defend', () => {
  const notRequired: Expected = {
    code: 'defence-not-required',
    rule: 'M-28',
    clause: '四(一)18',
    pointer: '',
  };

  it.each(['region', 'prefecture'] as const)('%s unit: appointed', (tier) => {
    onceAccepted().of(at(tier)).when(scheduleDefence()).then(defenceScheduled(appointed));
  });

  it('county unit: not this year, and as soon as the policy says so', () => {
    const scenario = onceAccepted().of(at('county'));
    scenario.when(scheduleDefence()).refuses(notRequired);
    const { afterAcceptance } = policy;
    const defence = { ...afterAcceptance.defence, tiers: ['county' as const] };
    const others = { ...policy, afterAcceptance: { ...afterAcceptance, defence } };
    scenario.under(others).when(scheduleDefence()).then(defenceScheduled(appointed));
  });

  it('only once the dossier is accepted, of a unit that is registered', () => {
    given(draft(), submitted())
      .by(officeReviewer)
      .when(scheduleDefence())
      .refuses(conflict('dossier-not-accepted'));
    onceAccepted()
      .of(undefined)
      .when(scheduleDefence())
      .refuses(conflict('unknown-organisation', '/organisation'));
  });

  it('is appointed for now or later, not a millisecond earlier', () => {
    const inThePast: Expected = {
      code: 'defence-in-the-past',
      rule: 'M-28',
      clause: '四(一)18',
      pointer: '/defenceAt',
    };
    const scheduled = defenceScheduled(appointed);
    onceAccepted().at('2022-10-12T10:00:00.000+08:00').when(scheduleDefence()).then(scheduled);
    onceAccepted().at('2022-10-12T10:00:00.001+08:00').when(scheduleDefence()).refuses(inThePast);
  });

  it('an appointment may be moved; the same one again changes nothing', () => {
    const scenario = onceAccepted(defenceScheduled(appointed));
    scenario.when(scheduleDefence(another)).then(defenceScheduled(another));
    scenario.when(scheduleDefence(appointed)).then();
  });
});

describe('M-28: the outcome of the defence', () => {
  const veto: Expected = {
    code: 'defence-absent-veto',
    rule: 'M-28',
    clause: '四(一)18',
    pointer: '',
  };
  const unusualLength: Expected = {
    code: 'defence-length-unusual',
    rule: 'M-28',
    clause: '四(一)18',
    pointer: '/minutes',
  };
  const invited = onceAccepted(defenceScheduled(appointed)).at(appointed);

  it('is none before the defence begins, to the millisecond: no pass, no excuse, no veto', () => {
    const notBegun: Expected = {
      code: 'defence-not-begun',
      rule: 'M-28',
      clause: '四(一)18',
      pointer: '/attended',
    };
    const early = invited.at('2022-10-12T09:59:59.999+08:00');
    early.when(concludeDefence()).refuses(notBegun);
    early.when(concludeDefence({ passed: false })).refuses(notBegun);
    early.when(concludeDefence({ ...absent, cause: '住院' })).refuses(notBegun);
    early.when(concludeDefence(absent)).refuses(notBegun, veto);
    invited.when(concludeDefence()).then(defenceConcluded('passed'));
  });

  it.each([
    { passed: true, outcome: 'passed' as const },
    { passed: false, outcome: 'failed' as const },
  ])('attended: $outcome', ({ passed, outcome }) => {
    invited.when(concludeDefence({ passed })).then(defenceConcluded(outcome));
  });

  it('absent without cause: one-vote veto', () => {
    invited
      .when(concludeDefence({ ...absent, passed: false }))
      .warns([veto], (warnings) => [
        defenceConcluded('vetoed', { attended: false, minutes: null, warnings }),
      ]);
  });

  it('is not guessed where the record says two things: it would stand for good', () => {
    const contradictory = (pointer: string): Expected => ({
      code: 'malformed-request',
      rule: null,
      clause: null,
      pointer,
    });
    invited
      .when(concludeDefence({ ...absent, passed: true }))
      .refuses(contradictory('/passed'), veto);
    invited
      .when(concludeDefence({ ...absent, cause: '住院', passed: true }))
      .refuses(contradictory('/passed'));
    invited.when(concludeDefence({ cause: '住院' })).refuses(contradictory('/cause'));
  });

  it('absent with cause: excused, and appointed again', () => {
    const excused = defenceConcluded('excused', { attended: false, minutes: null, cause: '住院' });
    invited.when(concludeDefence({ ...absent, cause: '住院' })).then(excused);
    const again = onceAccepted(defenceScheduled(appointed), excused);
    again.when(concludeDefence()).refuses(conflict('defence-not-scheduled'));
    again.when(scheduleDefence(another)).then(defenceScheduled(another));
    onceAccepted(defenceScheduled(appointed), excused, defenceScheduled(another))
      .at(another)
      .when(concludeDefence())
      .then(defenceConcluded('passed', { at: another }));
  });

  it.each([3, 4, 5, null])('takes %s minutes without remark', (minutes) => {
    invited.when(concludeDefence({ minutes })).then(defenceConcluded('passed', { minutes }));
  });

  it.each([0, 2, 2.99, 5.01, 6])('remarks on %s minutes, and takes them', (minutes) => {
    invited
      .when(concludeDefence({ minutes }))
      .warns([unusualLength], (warnings) => [defenceConcluded('passed', { minutes, warnings })]);
  });

  it('needs an appointment', () => {
    onceAccepted().when(concludeDefence()).refuses(conflict('defence-not-scheduled'));
  });

  it.each(['passed', 'failed', 'vetoed'] as const)('is final: %s', (outcome) => {
    const done = onceAccepted(defenceScheduled(appointed), defenceConcluded(outcome)).at(appointed);
    done.when(concludeDefence()).refuses(alreadyRecorded);
    done.when(scheduleDefence(another)).refuses(alreadyRecorded);
  });

  it('is nothing the applicant has a part in', () => {
    given(acceptedOf(), defenceScheduled(appointed))
      .by(applicant)
      .at(appointed)
      .when(concludeDefence())
      .refuses('not-your-organisation', 'own-dossier');
  });
});
