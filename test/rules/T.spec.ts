import type { DossierCommand } from '../../src/dossier/commands';
import type { Stage } from '../../src/organisations/organisation';
import {
  applicant,
  atBureau,
  atDepartment,
  atOffice,
  atUnit,
  accept,
  accepted,
  choice,
  close,
  closed,
  draft,
  endorse,
  endorsed,
  explained,
  filingCloses,
  filingOpens,
  giveBack,
  onlyOfficeReturnsCount,
  open,
  opened,
  passedUpTo,
  policy,
  reason,
  recommend,
  recommended,
  reopened,
  reopenedAsReturned,
  returned,
  reviewerAt,
  reviewCloses,
  reviewOpens,
  revised,
  save,
  saved,
  submit,
  submitted,
  submittedTimes,
  withdrawn,
  noAwards,
} from '../support/dossier';
import { given, type Expected } from '../support/scenario';

const beforeFiling = '2022-08-05T09:59:59.999+08:00';
const afterFiling = '2022-08-31T20:00:00.001+08:00';
const beforeReview = '2022-08-24T23:59:59.999+08:00';
const afterReview = '2022-09-16T00:00:00.000+08:00';

const refusal = (rule: string, code: string): Expected => ({
  code,
  rule,
  clause: '一',
  pointer: '',
});

describe('T-1: a first submission only inside the filing window', () => {
  const notOpen = refusal('T-1', 'filing-window-not-open');
  const closedWindow = refusal('T-1', 'filing-window-closed');

  it.each([filingOpens, filingCloses])('takes it exactly on an end, %s', (now) => {
    given(draft())
      .at(now)
      .by(applicant)
      .when(submit)
      .then(submitted(1, { at: now }));
  });

  it('refuses it one millisecond before the opening and after the closing', () => {
    given(draft()).at(beforeFiling).when(submit).refuses(notOpen);
    given(draft()).at(afterFiling).when(submit).refuses(closedWindow);
  });

  it.each(['senior', 'intermediate', 'junior'] as const)('lets level %s in till then', (level) => {
    const openLevel: DossierCommand = { type: 'OpenDossier', choice: { ...choice, level } };
    given().at(afterFiling).when(openLevel).refuses(closedWindow);
  });

  it('lets a draft be opened and prepared before filing opens', () => {
    given().at(beforeFiling).when(open).then(opened());
    given(opened()).at(beforeFiling).when(save('awards', noAwards)).then(saved('awards', noAwards));
  });

  it('lets a draft be opened and worked on until the closing, not after', () => {
    given().at(filingCloses).when(open).then(opened());
    given().at(afterFiling).when(open).refuses(closedWindow);
    given(opened()).at(filingCloses).when(save('awards', noAwards)).then(saved('awards', noAwards));
    given(opened()).at(afterFiling).when(save('awards', noAwards)).refuses(closedWindow);
  });

  it('holds for a dossier withdrawn from review: nobody returned it', () => {
    const taken = [...draft(), submitted(), withdrawn(atUnit)];
    given(taken).at(filingCloses).when(open).then(reopened());
    given(taken).at(afterFiling).when(open).refuses(closedWindow);
    given(taken, reopened())
      .at(filingCloses)
      .when(submit)
      .then(submitted(2, { at: filingCloses }));
    given(taken, reopened()).at(afterFiling).when(submit).refuses(closedWindow);
  });

  it('takes the dates from the policy', () => {
    const extended = {
      ...policy,
      windows: { ...policy.windows, filing: { opens: filingOpens, closes: afterFiling } },
    };
    given(draft())
      .under(extended)
      .at(afterFiling)
      .when(submit)
      .then(submitted(1, { at: afterFiling }));
  });
});

describe('T-2: a returned dossier may be filed again until the review window ends', () => {
  const ended = refusal('T-2', 'review-window-closed');
  const back = [...draft(), submitted(), returned()];
  const answered = [...back, explained(1, '已核对')];
  const answers = [{ reason: 1, changed: false, explanation: '已核对' }];

  it.each([filingCloses, afterFiling, reviewCloses])('takes it at %s', (now) => {
    given(answered)
      .at(now)
      .when(submit)
      .then(submitted(2, { at: now, answers }));
  });

  it('takes it before the review window opens, where a unit returned it early', () => {
    const now = beforeReview;
    given(answered)
      .at(now)
      .when(submit)
      .then(submitted(2, { at: now, answers }));
  });

  it('refuses it on the first millisecond after the last day', () => {
    given(answered).at(afterReview).when(submit).refuses(ended);
  });

  it('lets it be revised as long as it may be filed', () => {
    const command = save('awards', noAwards);
    given(back).at(afterFiling).when(command).then(revised('awards', noAwards));
    given(back).at(reviewCloses).when(command).then(revised('awards', noAwards));
    given(back).at(afterReview).when(command).refuses(ended);
  });

  it('also lets a withdrawn returned dossier be opened again', () => {
    given(back, withdrawn(null)).at(reviewCloses).when(open).then(reopenedAsReturned());
    given(back, withdrawn(null)).at(afterReview).when(open).refuses(ended);
  });
});

describe('T-3: the title office reviews inside the review window, others from the opening of filing', () => {
  const notOpen = refusal('T-3', 'review-window-not-open');
  const ended = refusal('T-3', 'review-window-closed');
  const steps = [
    {
      stage: atUnit,
      command: recommend,
      follows: () => recommended(),
      opens: filingOpens,
      before: beforeFiling,
    },
    {
      stage: atBureau,
      command: endorse,
      follows: () => endorsed(atBureau, atDepartment),
      opens: filingOpens,
      before: beforeFiling,
    },
    {
      stage: atDepartment,
      command: endorse,
      follows: () => endorsed(atDepartment, atOffice),
      opens: filingOpens,
      before: beforeFiling,
    },
    {
      stage: atOffice,
      command: accept,
      follows: (now: string) => accepted(atOffice, now),
      opens: reviewOpens,
      before: beforeReview,
    },
  ];
  /** Put up long enough ago that only the windows have something to say. */
  const lyingWith = (stage: Stage) =>
    given(draft(), submitted(), passedUpTo(stage, '2022-07-25')).by(reviewerAt(stage));
  const returning = giveBack(reason());

  it.each(steps)('$stage.organisation may pass it on from $opens on', (step) => {
    const { stage, command, follows, opens, before } = step;
    const scenario = lyingWith(stage);
    scenario.at(before).when(command).refuses(notOpen);
    scenario.at(opens).when(command).then(follows(opens));
    scenario.at(reviewCloses).when(command).then(follows(reviewCloses));
    scenario.at(afterReview).when(command).refuses(ended);
  });

  it.each(steps)('$stage.organisation may return it from $opens on', (step) => {
    const { stage, opens, before } = step;
    const scenario = lyingWith(stage);
    scenario.at(before).when(returning).refuses(notOpen);
    for (const now of [opens, reviewCloses]) {
      scenario
        .at(now)
        .when(returning)
        .then(returned(1, stage, [reason()], now));
    }
    scenario.at(afterReview).when(returning).refuses(ended);
  });
});

describe('T-5: the system closes what nobody can file any more', () => {
  const back = [...draft(), submitted(), returned()];

  it('closes a draft never submitted once filing has closed, not on the closing itself', () => {
    given(draft()).at(filingCloses).when(close).then();
    given(draft()).at(afterFiling).when(close).then(closed('never-submitted'));
  });

  it('closes a returned dossier once the review window has closed, not before', () => {
    given(back).at(afterFiling).when(close).then();
    given(back).at(reviewCloses).when(close).then();
    given(back).at(afterReview).when(close).then(closed('not-resubmitted'));
  });

  it('leaves alone what is under review, accepted, withdrawn or closed', () => {
    given(draft(), submitted()).at(afterReview).when(close).then();
    given(draft(), submitted(), passedUpTo(atOffice), accepted())
      .at(afterReview)
      .when(close)
      .then();
    given(draft(), withdrawn(null)).at(afterReview).when(close).then();
    given(submittedTimes(3), returned(3), closed('submission-limit'))
      .at(afterReview)
      .when(close)
      .then();
  });

  it('closes once only, under either counting', () => {
    given(draft(), closed('never-submitted')).at(afterFiling).when(close).then();
    given(back, closed('not-resubmitted'))
      .under(onlyOfficeReturnsCount)
      .at(afterReview)
      .when(close)
      .then();
  });

  it('closes a draft reopened after a withdrawal from review', () => {
    const again = [...draft(), submitted(), withdrawn(atUnit), reopened()];
    given(again).at(filingCloses).when(close).then();
    given(again).at(afterFiling).when(close).then(closed('not-resubmitted'));
  });

  it('afterwards names the window that closed it, on every act of the applicant', () => {
    const draftWindow = refusal('T-1', 'filing-window-closed');
    const returnWindow = refusal('T-2', 'review-window-closed');
    const neverFiled = given(draft(), closed('never-submitted')).at(afterFiling);
    neverFiled.when(submit).refuses(draftWindow);
    neverFiled.when(save('awards', noAwards)).refuses(draftWindow);
    neverFiled.when(open).refuses(draftWindow);
    const notRefiled = given(back, closed('not-resubmitted')).at(afterReview);
    notRefiled.when(submit).refuses(returnWindow);
    notRefiled.when(save('awards', noAwards)).refuses(returnWindow);
    notRefiled.when(open).refuses(returnWindow);
  });

  it('names the filing window also where a reopened draft was closed, as opening it again would', () => {
    const history = [...draft(), submitted(), withdrawn(atUnit), reopened()];
    const late = given(history, closed('not-resubmitted')).at(afterFiling);
    late.when(open).refuses(refusal('T-1', 'filing-window-closed'));
    late.when(submit).refuses(refusal('T-1', 'filing-window-closed'));
  });

  it('may be undone by the applicant where the office extends the window', () => {
    const extended = {
      ...policy,
      windows: { ...policy.windows, filing: { opens: filingOpens, closes: reviewCloses } },
    };
    const late = given(draft(), closed('never-submitted')).under(extended).at(afterFiling);
    late.when(submit).refuses('dossier-closed');
    late.when(open).then(reopened());
  });
});
