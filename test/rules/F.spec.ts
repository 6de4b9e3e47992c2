import type { DossierCommand } from '../../src/dossier/commands';
import { draft, explained, filingCloses, returned, submit, submitted } from '../support/dossier';
import { given, type Expected } from '../support/scenario';

describe('F-5: the applicant confirms before submitting', () => {
  const unconfirmed: DossierCommand = { type: 'Submit', confirmed: false };
  const missing: Expected = {
    code: 'confirmation-missing',
    rule: 'F-5',
    clause: '三(三), 四(一)',
    pointer: '/confirmed',
  };

  it('takes a confirmed submission', () => {
    given(draft()).when(submit).then(submitted());
  });

  it('refuses an unconfirmed one, the first as any later', () => {
    given(draft()).when(unconfirmed).refuses(missing);
    given(draft(), submitted(), returned(), explained(1, '已核对'))
      .when(unconfirmed)
      .refuses(missing);
  });

  it('is said together with a window missed', () => {
    given(draft())
      .at('2022-08-31T20:00:00.001+08:00')
      .when(unconfirmed)
      .refuses(missing, { code: 'filing-window-closed', rule: 'T-1', clause: '一', pointer: '' });
    given(draft()).at(filingCloses).when(unconfirmed).refuses(missing);
  });
});
