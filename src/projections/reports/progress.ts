import type { Amounts } from '../../engine/counting';
import type { Text } from '../../rules/finding';
import { idOf } from '../../dossier/stream';
import { moved } from './counts';
import { dossierKey, recordOf, type DossierRecord, type Happening } from './records';
import { dossierDimensions, onePerson, sumOf, type Column, type Report } from './report';

/** How far each dossier has come, and where it lies: the funnel from opened to accepted. */
export const progress: Report = {
  name: 'progress',
  title: { zh: '申报进度', en: 'Progress' },
  about: {
    zh: '从建档到形式审核通过，各步有多少人，现在各在哪里。',
    en: 'How many came to each step from opening to acceptance, and where they are now.',
  },
  dimensions: dossierDimensions,
  measures: Object.fromEntries(
    [
      ...['opened', 'submitted', 'recommended', 'reachedTitleOffice', 'passed'],
      ...['preparing', 'neverFiled', 'atUnit', 'atSupervision', 'atTitleOffice', 'inHand'],
      ...['accepted', 'withdrawn', 'notResubmitted', 'limitReached', 'falsified'],
    ].map((measure) => [measure, []]),
  ),
  columns: [
    {
      ...unfiled('opened', { zh: '已建档', en: 'Opened' }),
      guard: { ...onePerson, beyond: 'submitted' },
    },
    filed('submitted', { zh: '已申报', en: 'Submitted' }),
    filed('recommended', { zh: '单位已推荐', en: 'Recommended by the unit' }),
    filed('reachedTitleOffice', { zh: '已报到职称办公室', en: 'Reached the title office' }),
    filed('passed', { zh: '曾通过形式审核', en: 'Passed the formal review' }),
    unfiled('preparing', { zh: '现：填报中', en: 'Now: being prepared' }),
    unfiled('neverFiled', { zh: '现：未申报而终止', en: 'Now: ended without filing' }),
    filed('atUnit', { zh: '现：单位审核', en: 'Now: at the unit' }),
    filed('atSupervision', { zh: '现：主管部门审核', en: 'Now: at a supervising body' }),
    filed('atTitleOffice', { zh: '现：职称办公室审核', en: 'Now: at the title office' }),
    filed('inHand', { zh: '现：退回申报人', en: "Now: back in the applicant's hands" }),
    filed('accepted', { zh: '现：形式审核通过', en: 'Now: accepted' }),
    filed('withdrawn', { zh: '现：已撤回', en: 'Now: withdrawn' }),
    filed('notResubmitted', { zh: '现：逾期未重报', en: 'Now: not resubmitted in time' }),
    filed('limitReached', { zh: '现：上报次数用尽', en: 'Now: submissions used up' }),
    filed('falsified', { zh: '现：弄虚作假不予受理', en: 'Now: closed for falsification' }),
  ],
  count({ event, before, after }: Happening) {
    const key = dossierKey(idOf(event.stream));
    return moved(
      recordOf('dossier', before(key)),
      recordOf('dossier', after(key)),
      (dossier) => dossier,
      countsAs,
    );
  },
};

function filed(key: string, title: Text): Column {
  const unit = 'people';
  return sumOf(key, {
    key,
    title,
    unit,
    standing: true,
    known: 'to reviewers',
    guard: onePerson,
  });
}

/** Counts dossiers that only their applicants know of. */
function unfiled(key: string, title: Text): Column {
  return { ...filed(key, title), known: 'to auditors' };
}

/** A dossier counts once where it is, and once for every step it ever took. */
function countsAs(dossier: DossierRecord): Amounts {
  const { summary, recommended, reachedTitleOffice, passed } = dossier;
  return {
    opened: 1,
    ...(summary.submissions > 0 && { submitted: 1 }),
    ...(recommended && { recommended: 1 }),
    ...(reachedTitleOffice && { reachedTitleOffice: 1 }),
    ...(passed && { passed: 1 }),
    [whereaboutsOf(dossier)]: 1,
  };
}

const waitingAt = {
  unit: 'atUnit',
  supervision: 'atSupervision',
  'title-office': 'atTitleOffice',
} as const;
const closedFor = {
  'never-submitted': 'neverFiled',
  'not-resubmitted': 'notResubmitted',
  'submission-limit': 'limitReached',
  falsification: 'falsified',
} as const;

function whereaboutsOf({ summary }: DossierRecord): string {
  const { status, stage, submissions, closedBecause } = summary;
  switch (status) {
    case 'draft':
    case 'returned':
      return submissions === 0 ? 'preparing' : 'inHand';
    case 'under-review':
      return stage === null ? 'inHand' : waitingAt[stage.kind];
    case 'accepted':
      return 'accepted';
    case 'withdrawn':
      return submissions === 0 ? 'neverFiled' : 'withdrawn';
    case 'closed':
      return closedFor[closedBecause ?? 'not-resubmitted'];
  }
}
