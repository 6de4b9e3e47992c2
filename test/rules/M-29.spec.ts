import { levels } from '../../src/rounds/policy';
import {
  acceptedOf,
  draft,
  feeReceived,
  filled,
  formsReceived,
  inBothWindows,
  officeReviewer,
  receiveFee,
  receiveForms,
  submitted,
  unitReviewer,
} from '../support/dossier';
import { conflict, given, type Expected } from '../support/scenario';

const onTheLastDay = '2022-09-30T23:59:59.999+08:00';
const aMillisecondLate = '2022-10-01T00:00:00.000+08:00';
const overdue: Expected = {
  code: 'form-and-fee-overdue',
  rule: 'T-4',
  clause: '四(一)19',
  pointer: '',
};
const otherAmount: Expected = {
  code: 'fee-amount-mismatch',
  rule: 'M-29',
  clause: '四(一)19',
  pointer: '/amount',
};
const otherCopies: Expected = {
  code: 'printed-forms-incomplete',
  rule: 'M-29',
  clause: '四(一)19',
  pointer: '/copies',
};
const accepted = given(acceptedOf()).by(unitReviewer);

describe('M-29: 500, 350 and 100 yuan for senior, engineer and assistant', () => {
  const fees = { senior: 500, intermediate: 350, junior: 100 };

  it.each(levels)('%s: its own fee, no other', (level) => {
    const due = fees[level];
    const scenario = given(acceptedOf(filled(level))).by(unitReviewer);
    scenario.when(receiveFee(due)).then(feeReceived(due));
    const others = Object.values(fees).filter((fee) => fee !== due);
    for (const amount of [...others, due - 1, due + 1, 0, -due]) {
      scenario.when(receiveFee(amount)).refuses(otherAmount);
    }
  });

  it('is received once', () => {
    given(acceptedOf(), feeReceived())
      .by(officeReviewer)
      .when(receiveFee())
      .refuses(conflict('already-recorded'));
  });

  it('is not received before the acceptance', () => {
    given(draft(), submitted())
      .by(unitReviewer)
      .when(receiveFee())
      .refuses(conflict('dossier-not-accepted'));
  });
});

describe('M-29: two printed forms', () => {
  it('takes two', () => {
    accepted.when(receiveForms(2)).then(formsReceived(2));
  });

  it.each([0, 1, 3])('refuses %s', (copies) => {
    accepted.when(receiveForms(copies)).refuses(otherCopies);
  });

  it('are received once, and not before the acceptance', () => {
    given(acceptedOf(), formsReceived())
      .by(unitReviewer)
      .when(receiveForms())
      .refuses(conflict('already-recorded'));
    given(draft()).by(unitReviewer).when(receiveForms()).refuses(conflict('dossier-not-accepted'));
  });

  it('and the fee come apart from each other', () => {
    given(acceptedOf(), feeReceived()).by(unitReviewer).when(receiveForms()).then(formsReceived());
    given(acceptedOf(), formsReceived()).by(unitReviewer).when(receiveFee()).then(feeReceived());
  });
});

describe('T-4: forms and fee are due by 30 September', () => {
  it.each([inBothWindows, onTheLastDay])('in time at %s', (now) => {
    accepted.at(now).when(receiveFee()).then(feeReceived(500, now));
    accepted.at(now).when(receiveForms()).then(formsReceived(2, now));
  });

  it.each([aMillisecondLate, '2022-12-01T09:00:00.000+08:00'])(
    'late at %s: still taken, and remarked',
    (now) => {
      const late = accepted.at(now);
      late.when(receiveFee()).warns([overdue], (warnings) => [feeReceived(500, now, warnings)]);
      late.when(receiveForms()).warns([overdue], (warnings) => [formsReceived(2, now, warnings)]);
    },
  );

  it('says so beside what is refused', () => {
    accepted.at(aMillisecondLate).when(receiveFee(350)).refuses(otherAmount, overdue);
    accepted.at(aMillisecondLate).when(receiveForms(1)).refuses(otherCopies, overdue);
  });
});
