import type { DossierCommand } from '../../src/dossier/commands';
import {
  applicant,
  atBureau,
  draft,
  readyToRecommend,
  recommend,
  recommended,
  submitted,
  unitReviewer,
} from '../support/dossier';
import { given, type Expected } from '../support/scenario';

describe('R-3: the grassroots unit answers the three questions of its check', () => {
  const questions = ['no-omissions', 'authentic', 'accurate'];
  const unanswered = (code: string): Expected => ({
    code: 'checklist-incomplete',
    rule: 'R-3',
    clause: '三(四)',
    pointer: `/checklist/${code}`,
  });
  const answering = (checklist: Record<string, boolean>): DossierCommand => ({
    ...recommend,
    checklist,
  });
  const yes = { 'no-omissions': true, authentic: true, accurate: true };
  const withTheUnit = given(draft(), submitted(), readyToRecommend()).by(unitReviewer);

  it('records the answers with the recommendation', () => {
    withTheUnit.when(answering({ ...yes, extra: false })).then(recommended(atBureau));
  });

  it.each(questions)('refuses without an answer, or with a no, to %s', (question) => {
    const rest = Object.fromEntries(Object.entries(yes).filter(([code]) => code !== question));
    withTheUnit.when(answering(rest)).refuses(unanswered(question));
    withTheUnit.when(answering({ ...yes, [question]: false })).refuses(unanswered(question));
  });

  it('says every missing answer, and whatever else is wrong, at once', () => {
    withTheUnit.when(answering({})).refuses(...questions.map(unanswered));
    given(draft(), submitted(), readyToRecommend())
      .by({ ...applicant, organisation: 'elsewhere' })
      .at('2022-09-16T00:00:00.000+08:00')
      .when(answering({ authentic: false }))
      .refuses(
        { code: 'not-your-organisation', rule: 'R-2', clause: '三(四)', pointer: '' },
        { code: 'own-dossier', rule: 'R-2', clause: '三(四)', pointer: '' },
        { code: 'review-window-closed', rule: 'T-3', clause: '一', pointer: '' },
        ...questions.map(unanswered),
      );
  });
});
