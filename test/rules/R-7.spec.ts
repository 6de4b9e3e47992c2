import type { DossierEvent } from '../../src/dossier/events';
import { publishedHash } from '../../src/dossier/publicity';
import { sectionNames, type SectionName } from '../../src/dossier/sections';
import type { Json } from '../../src/engine/event-store';
import type { Policy } from '../../src/rounds/policy';
import {
  atBureau,
  choice,
  draft,
  filedContent,
  filedWith,
  attached,
  maskingAnswered,
  noAwards,
  noName,
  scan,
  policy,
  publicityStarted,
  readyToRecommend,
  recommend,
  recommended,
  reopened,
  returned,
  revised,
  startPublicity,
  submitted,
  unitReviewer,
  atUnit,
  withdrawn,
} from '../support/dossier';
import { given, type Expected } from '../support/scenario';

const refusal = (code: string): Expected => ({ code, rule: 'R-7', clause: '四(二)', pointer: '' });
const tooShort = refusal('publicity-too-short');
const notStarted = refusal('publicity-not-started');

const begin = (day: string) => `${day}T00:00:00.000+08:00`;
const end = (day: string) => `${day}T23:59:59.999+08:00`;

/** With a review window that lasts over the holidays. */
const intoAutumn: Policy = {
  ...policy,
  windows: { ...policy.windows, review: { firstDay: '2022-08-25', lastDay: '2022-12-31' } },
};

describe('R-7: up in the unit for five working days before it recommends', () => {
  const upFrom = (firstDay: string) =>
    given(draft(), submitted(), readyToRecommend(firstDay)).by(unitReviewer);

  it('records the day it was put up, however late that day', () => {
    for (const now of [begin('2022-09-07'), end('2022-09-07')]) {
      given(draft(), submitted())
        .by(unitReviewer)
        .at(now)
        .when(startPublicity)
        .then(publicityStarted('2022-09-07', filedContent, now));
    }
  });

  it('goes on where the same notice is put up twice, and begins anew with another one', () => {
    const up = given(draft(), submitted(), publicityStarted('2022-08-15')).by(unitReviewer);
    const at = '2022-08-18T10:00:00.000+08:00';
    up.at(at).when(startPublicity).then();
    // Other words are another notice.
    const [place, telephone] = ['另一处公示栏', '0991-0000000'];
    const started = { at, firstDay: '2022-08-18', place, telephone };
    const published = publishedHash(filedContent, policy);
    up.at(at)
      .when({ type: 'StartPublicity', place, telephone })
      .then({ type: 'PublicityStarted', data: { ...started, published } });
  });

  it('refuses a recommendation of what was never put up', () => {
    given(draft(), submitted(), readyToRecommend().slice(1))
      .by(unitReviewer)
      .when(recommend)
      .refuses(notStarted);
  });

  it.each([
    { what: 'five working days in a row', firstDay: '2022-08-15', lastDay: '2022-08-19' },
    { what: 'over a weekend', firstDay: '2022-08-17', lastDay: '2022-08-23' },
    { what: 'over the Mid-Autumn holiday', firstDay: '2022-09-07', lastDay: '2022-09-14' },
    { what: 'begun on that holiday', firstDay: '2022-09-10', lastDay: '2022-09-19' },
    { what: 'begun on its last day, a Monday', firstDay: '2022-09-12', lastDay: '2022-09-19' },
    { what: 'over National Day', firstDay: '2022-09-28', lastDay: '2022-10-09' },
    { what: 'begun on National Day', firstDay: '2022-10-01', lastDay: '2022-10-12' },
    { what: 'begun on a Saturday of work', firstDay: '2022-10-08', lastDay: '2022-10-12' },
    { what: 'begun on a Sunday of work', firstDay: '2022-10-09', lastDay: '2022-10-13' },
    { what: 'begun on a Sunday', firstDay: '2022-08-14', lastDay: '2022-08-19' },
  ])('$what: from $firstDay to $lastDay, then it may', ({ firstDay, lastDay }) => {
    const up = upFrom(firstDay).under(intoAutumn);
    const dayAfter = new Date(Date.parse(lastDay) + 86_400_000).toISOString().slice(0, 10);
    up.at(begin(firstDay)).when(recommend).refuses(tooShort);
    up.at(end(lastDay)).when(recommend).refuses(tooShort);
    up.at(begin(dayAfter)).when(recommend).then(recommended());
  });

  it('the catalogue’s example: begun 7 September, from the 15th on', () => {
    const up = upFrom('2022-09-07');
    up.at('2022-09-14T23:59:59.999+08:00').when(recommend).refuses(tooShort);
    up.at('2022-09-15T00:00:00.000+08:00').when(recommend).then(recommended(atBureau));
  });

  it('put up anew, it begins anew', () => {
    const again = given(
      draft(),
      submitted(),
      readyToRecommend('2022-08-15'),
      publicityStarted('2022-08-18'),
    ).by(unitReviewer);
    again.at(end('2022-08-24')).when(recommend).refuses(tooShort);
    again.at(begin('2022-08-25')).when(recommend).then(recommended());
  });

  it('takes the number of days from the policy', () => {
    const three: Policy = { ...policy, publicity: { ...policy.publicity, workingDays: 3 } };
    const up = upFrom('2022-08-15').under(three);
    up.at(end('2022-08-17')).when(recommend).refuses(tooShort);
    up.at(begin('2022-08-18')).when(recommend).then(recommended());
  });
});

describe('R-7: publicity belongs to what was published', () => {
  const noticeScan = scan('publicity notice');
  const { sections } = filedContent;
  const changed: Partial<Record<SectionName, Json>> = {
    basicInformation: { ...sections.basicInformation, post: '总工程师' },
    qualification: { ...sections.qualification, title: '无' },
    practiceAbility: { entries: [] },
    achievements: { ...sections.achievements, entries: [] },
    otherAttachments: { ...sections.otherAttachments, further: ['说明'] },
  };
  const published = Object.keys(changed) as SectionName[];
  const unpublished = sectionNames.filter((name) => !published.includes(name));
  const refiled = (...changes: readonly DossierEvent[]) =>
    given(draft(), submitted(), readyToRecommend(), returned(), changes, submitted(2)).by(
      unitReviewer,
    );
  const keeping: Policy = {
    ...policy,
    publicity: { ...policy.publicity, republishOnSummaryChange: false },
  };

  it('outlasts a return that changed nothing', () => {
    refiled().when(recommend).then(recommended());
  });

  it.each(published)('a change of %s is put up again', (name) => {
    const content = changed[name] ?? null;
    const revision = revised(name, content);
    refiled(revision).when(recommend).refuses(notStarted);
    const again = publicityStarted('2022-08-22', filedWith({ [name]: content }));
    const up = given(
      draft(),
      submitted(),
      readyToRecommend(),
      returned(),
      revision,
      submitted(2),
      again,
    ).by(unitReviewer);
    up.at(end('2022-08-26')).when(recommend).refuses(tooShort);
    up.at(begin('2022-08-27')).when(recommend).then(recommended());
  });

  it.each(unpublished)('a change of %s keeps it', (name) => {
    refiled(revised(name, '无')).when(recommend).then(recommended());
  });

  it('the papers of the publicity itself, uploaded after it (其他附件), keep it', () => {
    const { otherAttachments } = sections;
    const papers = { publicityNotice: [noticeScan.sha256], publicityResult: [noticeScan.sha256] };
    refiled(
      attached(noticeScan),
      maskingAnswered(noticeScan, noName),
      revised('otherAttachments', { ...otherAttachments, ...papers }),
    )
      .when(recommend)
      .then(recommended());
    refiled(revised('otherAttachments', { ...otherAttachments, ...papers, further: ['说明'] }))
      .when(recommend)
      .refuses(notStarted);
  });

  it('a change that was undone keeps it', () => {
    const { practiceAbility } = sections;
    refiled(revised('practiceAbility', noAwards), revised('practiceAbility', practiceAbility))
      .when(recommend)
      .then(recommended());
  });

  it('so is a dossier opened anew with another choice', () => {
    const other: DossierEvent = {
      type: 'DossierReopened',
      data: { ...reopenedData(), choice: { ...choice, subSpecialty: 'science-research' } },
    };
    const again = (event: DossierEvent) =>
      given(draft(), submitted(), readyToRecommend(), withdrawn(atUnit), event, submitted(2)).by(
        unitReviewer,
      );
    again(other).when(recommend).refuses(notStarted);
    again(reopened()).when(recommend).then(recommended());
  });

  it.each(published)('where the policy does not ask for it, %s may change', (name) => {
    const revision = revised(name, changed[name] ?? null);
    refiled(revision).under(keeping).when(recommend).then(recommended());
  });

  it('also under such a policy it was up at some time', () => {
    given(draft(), submitted(), readyToRecommend().slice(1))
      .under(keeping)
      .by(unitReviewer)
      .when(recommend)
      .refuses(notStarted);
  });
});

function reopenedData() {
  const event = reopened();
  if (event.type !== 'DossierReopened') throw new Error(event.type);
  return event.data;
}
