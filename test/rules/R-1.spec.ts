import type { Stage } from '../../src/organisations/organisation';
import {
  accept,
  accepted,
  acceptedOf,
  atBureau,
  atDepartment,
  atOffice,
  atUnit,
  bureauReviewer,
  closed,
  departmentReviewer,
  draft,
  endorse,
  endorsed,
  giveBack,
  addPaper,
  object,
  officeReviewer,
  passedUpTo,
  readyToRecommend,
  reason,
  recommend,
  recommended,
  returned,
  reviewerAt,
  scan,
  settle,
  shortChain,
  stages,
  startPublicity,
  submit,
  submitted,
  unitReviewer,
  withdrawn,
  objected,
} from '../support/dossier';
import { conflict, given, type Expected } from '../support/scenario';

const notAtThisStage: Expected = {
  code: 'not-at-this-stage',
  rule: 'R-1',
  clause: '三(四)',
  pointer: '',
};
const acts = {
  startPublicity,
  object: object(),
  addPaper: addPaper(scan('sealed minutes')),
  recommend,
  endorse,
  return: giveBack(reason()),
  accept,
};
type Act = keyof typeof acts;

describe('R-1: the dossier goes up level by level, none skipped, none out of turn', () => {
  it('goes from the unit through two supervising levels to the title office', () => {
    const underway = given(draft(), submitted(), readyToRecommend());
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
    given(history, readyToRecommend())
      .by(unitReviewer)
      .when(recommend)
      .then(recommended(department));
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
  it('an objection is settled at the unit only', () => {
    const settling = (stage: Stage) =>
      given(draft(), submitted(), passedUpTo(stage), objected(1))
        .by(reviewerAt(stage))
        .when(settle(1));
    expect(settling(atUnit).isRefused).toBe(false);
    for (const stage of [atBureau, atDepartment, atOffice]) {
      settling(stage).refuses(notAtThisStage);
    }
  });

  const lying = stages.map((stage) => ({
    where: `with ${stage.organisation}`,
    history: [...draft(), submitted(), ...passedUpTo(stage)],
    by: reviewerAt(stage),
  }));
  const belongs: Record<string, readonly Act[]> = {
    'with station': ['startPublicity', 'object', 'addPaper', 'recommend', 'return'],
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
    ['an accepted one', acceptedOf(), 'dossier-final'],
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
