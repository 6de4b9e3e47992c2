import {
  diploma,
  draft,
  giveBack,
  passedUpTo,
  reason,
  returned,
  reviewerAt,
  scan,
  stages,
  submitted,
  unitReviewer,
} from '../support/dossier';
import { given, type Expected } from '../support/scenario';

describe('R-4: any level may return a dossier, with reasons', () => {
  const missing = (pointer: string): Expected => ({
    code: 'return-reasons-missing',
    rule: 'R-4',
    clause: '三(四), 四(三)',
    pointer,
  });
  const itsScan = { attachment: diploma.sha256 };

  it.each(stages)('$organisation returns it for a section and an attachment', (stage) => {
    const reasons = [reason({ section: 'education' }), reason(itsScan)];
    given(draft(), submitted(), passedUpTo(stage))
      .by(reviewerAt(stage))
      .when(giveBack(...reasons))
      .then(returned(1, stage, reasons));
  });

  it.each(stages)('$organisation does not return it without a reason', (stage) => {
    given(draft(), submitted(), passedUpTo(stage))
      .by(reviewerAt(stage))
      .when(giveBack())
      .refuses(missing('/reasons'));
  });

  const withTheUnit = given(draft(), submitted()).by(unitReviewer);

  it.each(['', '  ', '\t\n', '　', '\u200b', '\ufeff'])(
    'refuses a reason that says nothing: "%s"',
    (correction) => {
      withTheUnit
        .when(giveBack({ ...reason(), correction }))
        .refuses(missing('/reasons/0/correction'));
    },
  );

  it('refuses a type of reason the policy does not know', () => {
    withTheUnit
      .when(giveBack({ ...reason(), code: 'dislike' }))
      .refuses(missing('/reasons/0/code'));
  });

  it('refuses an attachment that was not submitted', () => {
    withTheUnit
      .when(giveBack(reason({ attachment: scan('licence').sha256 })))
      .refuses(missing('/reasons/0/attachment'));
  });

  it('refuses a reason that names neither section nor attachment', () => {
    withTheUnit
      .when(giveBack(reason(), { ...reason(), part: null }))
      .refuses(missing('/reasons/1'));
  });

  it('says what is wrong with each reason at once', () => {
    const wrong = { code: 'dislike', part: { attachment: 'none' }, correction: '' };
    withTheUnit
      .when(giveBack(wrong, reason(), { ...reason(), correction: ' ' }))
      .refuses(
        missing('/reasons/0/code'),
        missing('/reasons/0/correction'),
        missing('/reasons/0/attachment'),
        missing('/reasons/2/correction'),
      );
  });
});
