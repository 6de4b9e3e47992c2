import type { DossierCommand } from '../../src/dossier/commands';
import type { Reviewer } from '../../src/rules/review';
import {
  inBothWindows,
  accept,
  acceptedOf,
  addPaper,
  applicant,
  atBureau,
  atDepartment,
  atOffice,
  atUnit,
  bureauReviewer,
  choice,
  concludeDefence,
  defenceScheduled,
  departmentReviewer,
  draft,
  endorse,
  giveBack,
  object,
  objected,
  officeReviewer,
  passedUpTo,
  reason,
  receiveFee,
  receiveForms,
  recommend,
  reviewerAt,
  scan,
  scheduleDefence,
  settle,
  startPublicity,
  submitted,
  unitReviewer,
} from '../support/dossier';
import { given, type Expected } from '../support/scenario';

const refusal = (code: string, pointer = ''): Expected => ({
  code,
  rule: 'R-2',
  clause: '三(四)',
  pointer,
});
const notYours = refusal('not-your-organisation');
const ownDossier = refusal('own-dossier');

describe('R-2: a reviewer acts for their own organisation, and never on their own dossier', () => {
  const acts = [
    { stage: atUnit, command: recommend },
    { stage: atUnit, command: startPublicity },
    { stage: atUnit, command: object() },
    { stage: atUnit, command: settle(1) },
    { stage: atUnit, command: addPaper(scan('sealed minutes')) },
    { stage: atBureau, command: endorse },
    { stage: atDepartment, command: endorse },
    { stage: atOffice, command: accept },
    ...[atUnit, atBureau, atDepartment, atOffice].map((stage) => ({
      stage,
      command: giveBack(reason()),
    })),
  ];

  it.each(acts)('$command.type at $stage.organisation', ({ stage, command }) => {
    const objections = command.type === 'SettleObjection' ? [objected(1)] : [];
    const there = given(draft(), submitted(), passedUpTo(stage), objections);
    const reviewer = reviewerAt(stage);
    const someoneElse: Reviewer = { ...reviewer, organisation: 'elsewhere' };
    const self: Reviewer = { ...reviewer, subject: applicant.subject };

    expect(there.by(reviewer).when(command).isRefused).toBe(false);
    there.by(someoneElse).when(command).refuses(notYours);
    there
      .by({ ...reviewer, organisation: null })
      .when(command)
      .refuses(notYours);
    there
      .by({ ...reviewer, roles: ['applicant', 'auditor'] })
      .when(command)
      .refuses(notYours);
    there.by(self).when(command).refuses(ownDossier);
    there
      .by({ ...self, organisation: 'elsewhere' })
      .when(command)
      .refuses(notYours, ownDossier);
  });

  it('an applicant files through their own unit, where the account says which', () => {
    const elsewhere: DossierCommand = {
      type: 'OpenDossier',
      choice: { ...choice, organisation: 'other-station' },
    };
    given().when(elsewhere).refuses(refusal('not-your-organisation', '/organisation'));
    expect(
      given()
        .by({ ...applicant, organisation: null })
        .when(elsewhere).isRefused,
    ).toBe(false);
  });

  it('a person with several roles acts in the one that fits', () => {
    const both: Reviewer = { ...unitReviewer, roles: ['supervisor', 'unit-reviewer'] };
    const there = given(draft(), submitted(), passedUpTo(atUnit));
    expect(there.by(both).when(recommend).isRefused).toBe(false);
    there
      .by({ ...both, roles: ['supervisor'] })
      .when(recommend)
      .refuses(notYours);
  });
});

describe('R-2: after the acceptance, too', () => {
  const onTheChain = [unitReviewer, bureauReviewer, departmentReviewer, officeReviewer];
  const accepted = given(acceptedOf(), defenceScheduled(inBothWindows));
  const collecting = [receiveFee(), receiveForms()];
  const defence = [scheduleDefence('2022-10-13T10:00:00.000+08:00'), concludeDefence()];

  it.each(collecting)('any organisation of the chain takes $type', (command) => {
    for (const reviewer of onTheChain) {
      expect(accepted.by(reviewer).when(command).isRefused).toBe(false);
    }
  });

  it.each(defence)('only the title office takes $type', (command) => {
    for (const reviewer of onTheChain) {
      const outcome = accepted.by(reviewer).when(command);
      if (reviewer === officeReviewer) expect(outcome.isRefused).toBe(false);
      else outcome.refuses(notYours);
    }
  });

  it.each([...collecting, ...defence])('$type is nobody else’s, and nobody’s own', (command) => {
    const { organisation } = officeReviewer;
    const strangers: Reviewer[] = [
      { ...officeReviewer, organisation: 'elsewhere' },
      { ...officeReviewer, organisation: null },
      { ...officeReviewer, roles: ['auditor'] },
      { ...unitReviewer, organisation },
    ];
    for (const stranger of strangers) accepted.by(stranger).when(command).refuses(notYours);
    const self = { ...officeReviewer, subject: applicant.subject };
    accepted.by(self).when(command).refuses(ownDossier);
    accepted
      .by({ ...self, organisation: 'elsewhere' })
      .when(command)
      .refuses(notYours, ownDossier);
  });

  it('the role must be the one of the place in the chain', () => {
    const supervisorOfTheUnit = { ...unitReviewer, roles: ['supervisor', 'title-office'] };
    accepted.by(supervisorOfTheUnit).when(receiveFee()).refuses(notYours);
  });
});
