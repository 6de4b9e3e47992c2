import { decide } from '../../src/dossier/decide';
import type { DossierEvent } from '../../src/dossier/events';
import type { Policy } from '../../src/rounds/policy';
import {
  atBureau,
  atDepartment,
  atOffice,
  atUnit,
  closed,
  draft,
  explained,
  giveBack,
  onlyOfficeReturnsCount,
  open,
  passedUpTo,
  policy,
  reason,
  reopened,
  reopenedAsReturned,
  returned,
  reviewerAt,
  save,
  stages,
  submit,
  submitted,
  submittedTimes,
  unitReviewer,
  withdraw,
  withdrawn,
  noAwards,
} from '../support/dossier';
import { foldDossier, given, usualFacts, type Expected } from '../support/scenario';

const limitReached: Expected = {
  code: 'submission-limit-reached',
  rule: 'R-6',
  clause: '三(四)',
  pointer: '',
};
const explanation = '已核对';
const answered = explained(1, explanation);
const answers = [{ reason: 1, changed: false, explanation }];

describe('R-6: at most three submissions, the first included', () => {
  it('takes three, and says how many remain', () => {
    given(draft())
      .when(submit)
      .then(submitted(1, { remaining: 2 }));
    given(submittedTimes(1), returned(1), answered)
      .when(submit)
      .then(submitted(2, { remaining: 1, answers }));
    given(submittedTimes(2), returned(2), answered)
      .when(submit)
      .then(submitted(3, { remaining: 0, answers }));
  });

  it.each(stages)('closes what $organisation returns after the third', (stage) => {
    given(submittedTimes(3), passedUpTo(stage))
      .by(reviewerAt(stage))
      .when(giveBack(reason()))
      .then(returned(3, stage), closed('submission-limit'));
  });

  it.each(stages)('does not close what $organisation returns before', (stage) => {
    given(submittedTimes(2), passedUpTo(stage))
      .by(reviewerAt(stage))
      .when(giveBack(reason()))
      .then(returned(2, stage));
  });

  it.each(stages)('refuses the fourth after a return by $organisation', (stage) => {
    const spent = [...submittedTimes(3), ...passedUpTo(stage), returned(3, stage)];
    given(spent, answered).when(submit).refuses(limitReached);
    given(spent, closed('submission-limit')).when(submit).refuses(limitReached);
    given(spent, closed('submission-limit')).when(open).refuses(limitReached);
    given(spent, closed('submission-limit')).when(save('awards', noAwards)).refuses(limitReached);
    given(spent, closed('submission-limit')).when(withdraw).refuses(limitReached);
  });

  it('takes one of two that arrive at once', () => {
    const before = [...submittedTimes(2), returned(2), answered];
    const first = decide(submit, foldDossier(before), usualFacts);
    if (!('accepted' in first)) throw new Error('the third submission was refused');
    // The second finds the stream moved on, and is decided again.
    given(before, first.accepted).when(submit).refuses(limitReached);
  });

  it('refuses it while the third is under review', () => {
    given(submittedTimes(3)).when(submit).refuses(limitReached);
  });

  it('takes the limit from the policy', () => {
    const two: Policy = { ...policy, submissions: { ...policy.submissions, limit: 2 } };
    given(submittedTimes(2))
      .under(two)
      .by(unitReviewer)
      .when(giveBack(reason()))
      .then(returned(2), closed('submission-limit'));
    given(submittedTimes(2), returned(2), answered).under(two).when(submit).refuses(limitReached);
    given(submittedTimes(1), returned(1), answered)
      .under(two)
      .when(submit)
      .then(submitted(2, { remaining: 0, answers }));
  });

  describe('withdrawing and opening again buys no new try', () => {
    const tried = (number: number): DossierEvent[] => [
      submitted(number),
      withdrawn(atUnit),
      reopened(),
    ];

    it('from review', () => {
      given(draft(), tried(1))
        .when(submit)
        .then(submitted(2, { remaining: 1 }));
      given(draft(), tried(1), tried(2))
        .when(submit)
        .then(submitted(3, { remaining: 0 }));
      const spent = given(draft(), tried(1), tried(2), submitted(3), withdrawn(atUnit));
      spent.when(open).refuses(limitReached);
      spent.when(submit).refuses(limitReached);
    });

    it('as a draft, or returned', () => {
      given(draft(), withdrawn(null), reopened())
        .when(submit)
        .then(submitted(1, { remaining: 2 }));
      given(submittedTimes(2), returned(2), withdrawn(null), reopenedAsReturned(), answered)
        .when(submit)
        .then(submitted(3, { remaining: 0, answers }));
    });

    it('also not where an extended window opens a closed one again', () => {
      const extended: Policy = {
        ...policy,
        windows: { ...policy.windows, review: { firstDay: '2022-08-25', lastDay: '2022-09-30' } },
      };
      const late = '2022-09-20T09:00:00.000+08:00';
      const spent = [...submittedTimes(3), returned(3), closed('submission-limit')];
      given(spent).under(extended).at(late).when(open).refuses(limitReached);
      given(submittedTimes(2), returned(2), closed('not-resubmitted'))
        .under(extended)
        .at(late)
        .when(open)
        .then(reopenedAsReturned());
    });

    it('also not where a corrected policy counts otherwise: what was closed stays so', () => {
      const spent = [...submittedTimes(3), returned(3), closed('submission-limit')];
      const four: Policy = { ...policy, submissions: { ...policy.submissions, limit: 4 } };
      given(spent).under(four).when(open).refuses(limitReached);
      given(spent).under(onlyOfficeReturnsCount).when(open).refuses(limitReached);
    });
  });
});

describe('R-6: the other counting, where only returns of the title office use up a try', () => {
  const uncounted = (number: number, remaining: number) =>
    submitted(number, { counted: false, remaining, answers });
  const upTo = (number: number): DossierEvent[] => [
    ...draft(),
    ...Array.from({ length: number - 1 }, (_, before) => [
      submitted(before + 1),
      returned(before + 1, atOffice),
    ]).flat(),
    submitted(number),
  ];

  it('counts the first, and each after a return of the title office', () => {
    given(draft())
      .under(onlyOfficeReturnsCount)
      .when(submit)
      .then(submitted(1, { remaining: 2 }));
    given(upTo(1), returned(1, atOffice), answered)
      .under(onlyOfficeReturnsCount)
      .when(submit)
      .then(submitted(2, { remaining: 1, answers }));
    given(upTo(2), returned(2, atOffice), answered)
      .under(onlyOfficeReturnsCount)
      .when(submit)
      .then(submitted(3, { remaining: 0, answers }));
  });

  it.each([atUnit, atBureau, atDepartment])(
    'does not count one $organisation returned',
    (stage) => {
      given(upTo(1), returned(1, stage), answered)
        .under(onlyOfficeReturnsCount)
        .when(submit)
        .then(uncounted(2, 2));
      given(upTo(3), returned(3, stage), answered)
        .under(onlyOfficeReturnsCount)
        .when(submit)
        .then(uncounted(4, 0));
    },
  );

  it('closes only what the title office returns after the third counted one', () => {
    given(upTo(3))
      .under(onlyOfficeReturnsCount)
      .by(unitReviewer)
      .when(giveBack(reason()))
      .then(returned(3, atUnit));
    given(upTo(3), passedUpTo(atOffice))
      .under(onlyOfficeReturnsCount)
      .by(reviewerAt(atOffice))
      .when(giveBack(reason()))
      .then(returned(3, atOffice), closed('submission-limit'));
    given(upTo(3), returned(3), uncounted(4, 0), passedUpTo(atOffice))
      .under(onlyOfficeReturnsCount)
      .by(reviewerAt(atOffice))
      .when(giveBack(reason()))
      .then(returned(4, atOffice), closed('submission-limit'));
  });

  it('refuses the next counted one', () => {
    given(upTo(3), returned(3, atOffice), answered)
      .under(onlyOfficeReturnsCount)
      .when(submit)
      .refuses(limitReached);
  });

  it('counts one after a withdrawal from review, so that none is gained by it', () => {
    given(draft(), submitted(), withdrawn(atUnit), reopened())
      .under(onlyOfficeReturnsCount)
      .when(submit)
      .then(submitted(2, { remaining: 1 }));
    given(upTo(3), withdrawn(atUnit))
      .under(onlyOfficeReturnsCount)
      .when(open)
      .refuses(limitReached);
  });
});
