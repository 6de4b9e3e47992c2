import type { DossierCommand } from '../../src/dossier/commands';
import type { Reviewer } from '../../src/rules/review';
import {
  accept,
  accepted,
  applicant,
  atBureau,
  atDepartment,
  atOffice,
  atUnit,
  attach,
  attached,
  bureauReviewer,
  choice,
  close,
  closed,
  departmentReviewer,
  draft,
  endorse,
  endorsed,
  explain,
  giveBack,
  inBothWindows,
  officeReviewer,
  open,
  passedUpTo,
  reason,
  recommend,
  recommended,
  returned,
  reviewerAt,
  save,
  scan,
  shortChain,
  stages,
  startPublicity,
  submit,
  submitted,
  unitReviewer,
  withdraw,
  withdrawn,
  noAwards,
} from '../support/dossier';
import { conflict, given, type Expected } from '../support/scenario';

const refusal = (rule: string, code: string, pointer = ''): Expected => ({
  code,
  rule,
  clause: '三(四)',
  pointer,
});

const notAtThisStage = refusal('R-1', 'not-at-this-stage');
const notYours = refusal('R-2', 'not-your-organisation');
const ownDossier = refusal('R-2', 'own-dossier');
const final = refusal('R-11', 'dossier-final');

const acceptedHistory = [...draft(), submitted(), ...passedUpTo(atOffice), accepted()];
const acts = { startPublicity, recommend, endorse, return: giveBack(reason()), accept };
type Act = keyof typeof acts;

describe('R-1: the dossier goes up level by level, none skipped, none out of turn', () => {
  it('goes from the unit through two supervising levels to the title office', () => {
    const underway = given(draft(), submitted());
    underway.by(unitReviewer).when(recommend).then(recommended(atBureau));
    given(draft(), submitted(), passedUpTo(atBureau))
      .by(bureauReviewer)
      .when(endorse)
      .then(endorsed(atBureau, atDepartment));
    given(draft(), submitted(), passedUpTo(atDepartment))
      .by(departmentReviewer)
      .when(endorse)
      .then(endorsed(atDepartment, atOffice));
    given(draft(), submitted(), passedUpTo(atOffice))
      .by(officeReviewer)
      .when(accept)
      .then(accepted());
  });

  it('goes through a single supervising level where the unit is directly under it', () => {
    const department = { ...atDepartment, step: 1 };
    const lastStop = { ...atOffice, step: 2 };
    const history = [...draft(shortChain), submitted(1, {}, shortChain)];
    given(history).by(unitReviewer).when(recommend).then(recommended(department));
    given(history, recommended(department))
      .by(departmentReviewer)
      .when(endorse)
      .then(endorsed(department, lastStop));
    given(history, recommended(department), endorsed(department, lastStop))
      .by(officeReviewer)
      .when(accept)
      .then(accepted(lastStop));
  });

  const everyAct = Object.keys(acts) as Act[];
  const lying = stages.map((stage) => ({
    where: `with ${stage.organisation}`,
    history: [...draft(), submitted(), ...passedUpTo(stage)],
    by: reviewerAt(stage),
  }));
  const belongs: Record<string, readonly Act[]> = {
    'with station': ['startPublicity', 'recommend', 'return'],
    'with bureau': ['endorse', 'return'],
    'with department': ['endorse', 'return'],
    'with title-office': ['return', 'accept'],
  };

  it.each(lying)('$where, only its own acts are taken', ({ where, history, by }) => {
    const taken = everyAct.filter((act) => {
      const outcome = given(history).by(by).when(acts[act]);
      if (!outcome.isRefused) return true;
      outcome.refuses(notAtThisStage);
      return false;
    });
    expect(taken).toEqual(belongs[where]);
  });

  it.each([
    ['a draft', draft(), notAtThisStage],
    ['a returned one', [...draft(), submitted(), returned()], notAtThisStage],
    ['a withdrawn one', [...draft(), submitted(), withdrawn(atUnit)], notAtThisStage],
    ['a closed one', [...draft(), closed('never-submitted')], notAtThisStage],
    ['an accepted one', acceptedHistory, final],
    ['one never opened', [], conflict('dossier-not-open')],
  ])('nobody reviews %s', (_, history, expected) => {
    for (const act of everyAct) {
      for (const stage of stages) {
        given(history).by(reviewerAt(stage)).when(acts[act]).refuses(expected);
      }
    }
  });

  const outOfTurn = stages.flatMap((stage) =>
    stages
      .filter((other) => other !== stage)
      .map((other) => ({ stage, other, by: other.organisation, lies: stage.organisation })),
  );

  it.each(outOfTurn)('$by does not return what lies with $lies', ({ stage, other }) => {
    given(draft(), submitted(), passedUpTo(stage))
      .by(reviewerAt(other))
      .when(giveBack(reason()))
      .refuses(notAtThisStage);
  });

  it('the one supervising level does not do the work of the other', () => {
    given(draft(), submitted(), passedUpTo(atBureau))
      .by(departmentReviewer)
      .when(endorse)
      .refuses(notAtThisStage);
    given(draft(), submitted(), passedUpTo(atDepartment))
      .by(bureauReviewer)
      .when(endorse)
      .refuses(notAtThisStage);
  });

  it('a submission waits for its return', () => {
    given(draft(), submitted()).when(submit).refuses(notAtThisStage);
  });
});

describe('R-2: a reviewer acts for their own organisation, and never on their own dossier', () => {
  const passing = [
    { stage: atUnit, command: recommend },
    { stage: atBureau, command: endorse },
    { stage: atDepartment, command: endorse },
    { stage: atOffice, command: accept },
  ].flatMap(({ stage, command }) => [
    { stage, command },
    { stage, command: giveBack(reason()) },
  ]);

  it.each(passing)('$command.type at $stage.organisation', ({ stage, command }) => {
    const there = given(draft(), submitted(), passedUpTo(stage));
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
    given()
      .when(elsewhere)
      .refuses(refusal('R-2', 'not-your-organisation', '/organisation'));
    expect(
      given()
        .by({ ...applicant, organisation: null })
        .when(elsewhere).isRefused,
    ).toBe(false);
  });
});

describe('R-3: the grassroots unit answers the three questions of its check', () => {
  const questions = ['no-omissions', 'authentic', 'accurate'];
  const unanswered = (code: string) => refusal('R-3', 'checklist-incomplete', `/checklist/${code}`);
  const answering = (checklist: Record<string, boolean>): DossierCommand => ({
    type: 'Recommend',
    checklist,
  });
  const yes = { 'no-omissions': true, authentic: true, accurate: true };
  const withTheUnit = given(draft(), submitted()).by(unitReviewer);

  it('records the answers with the recommendation', () => {
    withTheUnit.when(answering({ ...yes, extra: false })).then({
      type: 'DossierRecommended',
      data: { from: atUnit, to: atBureau, checklist: questions },
    });
  });

  it.each(questions)('refuses without an answer, or with a no, to %s', (question) => {
    const rest = Object.fromEntries(Object.entries(yes).filter(([code]) => code !== question));
    withTheUnit.when(answering(rest)).refuses(unanswered(question));
    withTheUnit.when(answering({ ...yes, [question]: false })).refuses(unanswered(question));
  });

  it('says every missing answer, and whatever else is wrong, at once', () => {
    withTheUnit.when(answering({})).refuses(...questions.map(unanswered));
    given(draft(), submitted())
      .by({ ...applicant, organisation: 'elsewhere' })
      .at('2022-09-16T00:00:00.000+08:00')
      .when(answering({ authentic: false }))
      .refuses(
        notYours,
        ownDossier,
        { code: 'review-window-closed', rule: 'T-3', clause: '一', pointer: '' },
        ...questions.map(unanswered),
      );
  });
});

describe('R-11: what the title office has accepted is final', () => {
  const acceptedOne = given(acceptedHistory);

  it.each([save('awards', noAwards), attach(scan('licence')), submit, withdraw])(
    'refuses $type of the applicant',
    (command) => {
      acceptedOne.when(command).refuses(final);
    },
  );

  it('refuses an explanation', () => {
    acceptedOne.when(explain(1, '说明')).refuses(final, conflict('unknown-return-reason'));
  });

  it.each(Object.values(acts))('refuses $type of every reviewer', (command) => {
    for (const stage of stages) acceptedOne.by(reviewerAt(stage)).when(command).refuses(final);
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
