import {
  accept,
  accepted,
  acceptedOf,
  addPaper,
  answerMasking,
  atOffice,
  attach,
  attached,
  close,
  diploma,
  draft,
  endorse,
  explain,
  falsified,
  falsify,
  giveBack,
  inBothWindows,
  nameShown,
  noAwards,
  object,
  officeReviewer,
  open,
  passedUpTo,
  reason,
  receiveFee,
  recommend,
  reviewerAt,
  save,
  scan,
  settle,
  stages,
  startPublicity,
  submit,
  submitted,
  withdraw,
  withdrawn,
} from '../support/dossier';
import { conflict, given, type Expected } from '../support/scenario';

const final: Expected = { code: 'dossier-final', rule: 'R-11', clause: '三(四)', pointer: '' };
const reviewing = [
  startPublicity,
  object(),
  settle(1),
  addPaper(scan('sealed minutes')),
  recommend,
  endorse,
  giveBack(reason()),
  accept,
];

describe('R-11: what the title office has accepted is final', () => {
  const acceptedOne = given(acceptedOf());

  it.each([save('awards', noAwards), attach(scan('licence')), submit, withdraw])(
    'refuses $type of the applicant',
    (command) => {
      acceptedOne.when(command).refuses(final);
    },
  );

  it('refuses an explanation', () => {
    acceptedOne.when(explain(1, '说明')).refuses(final, conflict('unknown-return-reason'));
  });

  it.each(reviewing)('refuses $type of every reviewer', (command) => {
    for (const stage of stages) acceptedOne.by(reviewerAt(stage)).when(command).refuses(final);
  });

  it('refuses an answer about masking', () => {
    acceptedOne.when(answerMasking(diploma, nameShown(null))).refuses(final);
  });

  it('is undone by a falsification decision only, and then for good', () => {
    acceptedOne.when(falsify).then(falsified(null, true));
    const undone = given(acceptedOf(), falsified(null, true));
    for (const command of [open, submit, save('awards', noAwards), withdraw]) {
      undone.when(command).refuses('barred-for-falsification');
    }
    undone.by(officeReviewer).when(accept).refuses('not-at-this-stage');
    undone.by(officeReviewer).when(receiveFee()).refuses('dossier-not-accepted');
  });

  it('is neither opened anew nor closed', () => {
    acceptedOne.when(open).refuses('dossier-already-open');
    acceptedOne.at('2022-09-16T00:00:00.000+08:00').when(close).then();
  });

  it('allows all of it until then', () => {
    given(draft())
      .when(attach(scan('licence')))
      .then(attached(scan('licence')));
    given(draft(), submitted(), passedUpTo(atOffice)).when(withdraw).then(withdrawn(atOffice));
    given(draft(), submitted(), passedUpTo(atOffice))
      .by(officeReviewer)
      .when(accept)
      .then(accepted(atOffice, inBothWindows));
  });
});
