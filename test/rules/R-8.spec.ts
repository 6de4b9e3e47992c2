import {
  draft,
  explained,
  inBothWindows,
  object,
  objected,
  readyToRecommend,
  recommend,
  recommended,
  returned,
  settle,
  settled,
  submitted,
  unitReviewer,
} from '../support/dossier';
import { conflict, given, type Expected, type History } from '../support/scenario';

describe('R-8: no recommendation while an objection is open', () => {
  const open = (number: number): Expected => ({
    code: 'publicity-objection-open',
    rule: 'R-8',
    clause: '四(二)',
    pointer: `/publicity/objections/${number}`,
  });
  const ready = [...draft(), submitted(), ...readyToRecommend()];
  const raised = (...history: History) => given(ready, ...history).by(unitReviewer);

  it('records objections, numbered as they come', () => {
    raised().when(object()).then(objected(1));
    raised(objected(1)).when(object()).then(objected(2));
    raised(objected(1), settled(1)).when(object()).then(objected(2));
  });

  it('names each that is open', () => {
    raised().when(recommend).then(recommended());
    raised(objected(1)).when(recommend).refuses(open(1));
    raised(objected(1), objected(2)).when(recommend).refuses(open(1), open(2));
    raised(objected(1), objected(2), settled(1)).when(recommend).refuses(open(2));
    raised(objected(1), objected(2), settled(2), settled(1)).when(recommend).then(recommended());
  });

  it.each([true, false])('records the outcome, upheld or not: %s', (upheld) => {
    raised(objected(1))
      .when(settle(1, upheld))
      .then(settled(1, upheld, inBothWindows));
    raised(objected(1), settled(1, upheld)).when(recommend).then(recommended());
  });

  it.each([0, 2, -1, 1.5])('knows no objection number %s', (number) => {
    raised(objected(1)).when(settle(number)).refuses(conflict('unknown-objection'));
  });

  it('settles each once', () => {
    raised(objected(1), settled(1)).when(settle(1, true)).refuses(conflict('objection-settled'));
  });

  it('keeps it open over a return and a new submission', () => {
    const refiled = [returned(), explained(1, '已核对'), submitted(2)];
    raised(objected(1), refiled).when(recommend).refuses(open(1));
    raised(objected(1), refiled).when(settle(1)).then(settled(1));
    raised(objected(1), settled(1), refiled).when(recommend).then(recommended());
  });

  it('says so together with publicity that is too short', () => {
    given(draft(), submitted(), readyToRecommend('2022-08-24'), objected(1))
      .by(unitReviewer)
      .when(recommend)
      .refuses('publicity-too-short', open(1));
  });
});
