import type { DossierCommand } from '../../src/dossier/commands';
import type { Finding } from '../../src/rules/finding';
import {
  atBureau,
  draft,
  papers,
  readyToRecommend,
  recommend,
  recommended,
  returned,
  explained,
  submitted,
  unitReviewer,
} from '../support/dossier';
import { given, type Expected } from '../support/scenario';

describe('M-9: what a human judges is asked for and recorded with the recommendation', () => {
  const certificate = (number: number) =>
    `/sections/qualification/vocationalCertificates/${number}`;
  const toJudge = (number: number): Finding => ({
    code: 'vocational-certificate-to-judge',
    rule: 'M-9',
    clause: '四(一)3',
    severity: 'review',
    pointer: certificate(number),
    message: { zh: '请判断。', en: 'Judge it.' },
  });
  const warned = { ...toJudge(0), code: 'vague-wording', severity: 'warn' } as const;
  const asking = { warnings: [warned, toJudge(0), toJudge(1)] };
  const withTheUnit = given(draft(), submitted(1, asking), readyToRecommend()).by(unitReviewer);
  const judging = (judgements: Record<string, boolean>): DossierCommand => ({
    ...recommend,
    judgements,
  });
  const missing = (number: number): Expected => ({
    code: 'judgement-missing',
    rule: 'M-9',
    clause: '四(一)3',
    pointer: `/judgements/~1sections~1qualification~1vocationalCertificates~1${number}`,
  });

  it('takes a yes and a no alike, and keeps them', () => {
    const judgements = { [certificate(0)]: true, [certificate(1)]: false };
    withTheUnit
      .when(judging({ ...judgements, '/elsewhere': true }))
      .then(recommended(atBureau, papers, { judgements }));
  });

  it('refuses without an answer to each', () => {
    withTheUnit.when(recommend).refuses(missing(0), missing(1));
    withTheUnit.when(judging({ [certificate(0)]: false })).refuses(missing(1));
  });

  it('asks only of what is filed now', () => {
    const refiled = [returned(), explained(1, '已核对'), submitted(2)];
    given(draft(), submitted(1, asking), refiled, readyToRecommend())
      .by(unitReviewer)
      .when(recommend)
      .then(recommended(atBureau));
  });
});
