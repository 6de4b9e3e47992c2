import type { DossierCommand } from '../../src/dossier/commands';
import {
  accepted,
  applicant,
  atOffice,
  choice,
  closed,
  draft,
  inBothWindows,
  open,
  opened,
  passedUpTo,
  reopened,
  returned,
  submit,
  submitted,
  withdrawn,
} from '../support/dossier';
import { conflict, given, type Expected } from '../support/scenario';

describe('S-5: one dossier per applicant and round', () => {
  const alreadyOpen: Expected = {
    code: 'dossier-already-open',
    rule: 'S-5',
    clause: '三(一)',
    pointer: '',
  };

  it('opens the first, with specialty and level chosen', () => {
    given().when(open).then(opened());
  });

  it.each([
    ['a draft', draft()],
    ['one under review', [...draft(), submitted()]],
    ['a returned one', [...draft(), submitted(), returned()]],
    ['an accepted one', [...draft(), submitted(), ...passedUpTo(atOffice), accepted()]],
  ])('refuses a second beside %s', (_, history) => {
    given(history).when(open).refuses(alreadyOpen);
  });

  it.each([
    ['a withdrawn one', [...draft(), withdrawn(null)]],
    ['one closed by the system', [...draft(), closed('never-submitted')]],
  ])('opens %s again, on the same record', (_, history) => {
    given(history).when(open).then(reopened());
  });

  it('keeps what was filled in before', () => {
    const now = inBothWindows;
    given(draft(), withdrawn(null), reopened())
      .at(now)
      .when(submit)
      .then(submitted(1, { at: now }));
  });

  it('says everything that is wrong with an opening at once', () => {
    const wrong: DossierCommand = {
      type: 'OpenDossier',
      choice: { ...choice, specialty: 'medicine', subSpecialty: 'surgery', organisation: 'clinic' },
    };
    given(draft())
      .by(applicant)
      .along(undefined)
      .when(wrong)
      .refuses(
        alreadyOpen,
        { code: 'unknown-sub-specialty', rule: 'M-2', clause: '四(一)1', pointer: '/subSpecialty' },
        { code: 'not-your-organisation', rule: 'R-2', clause: '三(四)', pointer: '/organisation' },
        conflict('specialty-not-offered', '/specialty'),
        conflict('organisation-without-review-chain', '/organisation'),
      );
  });
});
