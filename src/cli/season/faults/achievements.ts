import type { Json } from '../../../engine/event-store';
import { blocks, warns, type Found } from '../findings';
import { at, drop, put } from './edit';
import { faultsIn, type Fault } from './fault';
import type { Sound } from './sound';
import { isSenior, others } from './sound-conditions';

const inAchievements = faultsIn('achievements');

const unmet: readonly Found[] = [blocks('M-13 achievement-conditions-unmet', '/entries')];

/** Nothing but the entries themselves: papers and works may meet a general condition, too. */
const entriesOnly = [
  put('/papers', '无'),
  put('/representativeWorks', '无'),
  put('/honours', '无'),
];

const paper =
  (said: Readonly<Record<string, Json>> = {}) =>
  (_: Json, { scan }: Sound): Json => [
    {
      title: '渠道防渗衬砌温控技术分析',
      journal: '水利科技与实践',
      issn: '0000-0000',
      published: true,
      publishedOn: '2021-06-15',
      issue: '2021年第6期，第21至25页',
      authorRank: 1,
      condition: 'general-5',
      evidence: [scan],
      ...said,
    },
  ];

/** Entries of seniors: two for general conditions, then two for those of the sub-specialty. */
export const achievementFaults: readonly Fault[] = [
  inAchievements('no achievements', [...entriesOnly, put('/entries', '无')], unmet, {
    fits: isSenior,
  }),
  inAchievements(
    'no achievements are counted below the senior level',
    [...entriesOnly, put('/entries', '无')],
    [],
    { fits: (dossier) => !isSenior(dossier) },
  ),
  inAchievements('one general condition only', [...entriesOnly, drop('/entries/1')], unmet, {
    fits: isSenior,
  }),
  inAchievements(
    'a published paper meets the second general condition',
    [...entriesOnly, drop('/entries/1'), put('/papers', paper())],
    [],
    { fits: isSenior },
  ),
  inAchievements('one condition of the sub-specialty only', [drop('/entries/3')], unmet, {
    fits: isSenior,
  }),
  inAchievements(
    'the same general condition twice',
    [...entriesOnly, put('/entries/1/condition', (content) => conditionOf(content, 0))],
    unmet,
    { fits: isSenior },
  ),
  inAchievements(
    'the same condition of the sub-specialty twice',
    [put('/entries/3/condition', (content) => conditionOf(content, 2))],
    unmet,
    { fits: isSenior },
  ),
  inAchievements(
    'a condition of another sub-specialty',
    [
      put(
        '/entries/2/condition',
        (_, { choice }) => `${others(choice.subSpecialty)}-achievement-1`,
      ),
    ],
    unmet,
    { fits: isSenior },
  ),
  inAchievements(
    'an achievement without evidence',
    [put('/entries/2/evidence', '无')],
    [
      warns('F-2 evidence-missing', '/entries/2/evidence'),
      blocks('M-14 entry-incomplete', '/entries/2/evidence'),
      ...unmet,
    ],
    { fits: isSenior },
  ),
  inAchievements(
    'the amount of an achievement is white space',
    [put('/entries/0/workload', '  ')],
    [
      blocks('F-1 blank-field', '/entries/0/workload'),
      blocks('M-14 entry-incomplete', '/entries/0/workload'),
    ],
  ),
  inAchievements(
    'role and time of an achievement are left out',
    [drop('/entries/0/role'), drop('/entries/0/from')],
    [
      blocks('F-1 blank-field', '/entries/0/role'),
      blocks('M-14 entry-incomplete', '/entries/0/role'),
      blocks('F-1 blank-field', '/entries/0/from'),
      blocks('M-14 entry-incomplete', '/entries/0/from'),
    ],
  ),
  inAchievements(
    'an achievement has no summary',
    [put('/entries/1/summary', '无')],
    [blocks('M-14 entry-incomplete', '/entries/1/summary')],
  ),
  inAchievements(
    'the papers are an empty list',
    [put('/papers', [])],
    [blocks('F-1 blank-field', '/papers')],
  ),
  inAchievements(
    'a paper is accepted, but not published',
    [put('/papers', paper({ published: false, publishedOn: '无' }))],
    [blocks('M-15 paper-unpublished', '/papers/0/published')],
  ),
  inAchievements(
    'a paper does not say when it came out',
    [put('/papers', paper({ publishedOn: '无' }))],
    [blocks('M-15 paper-unpublished', '/papers/0/publishedOn')],
  ),
  inAchievements(
    'a paper comes out in the future',
    [put('/papers', paper({ publishedOn: '2022-12-01' }))],
    [blocks('M-15 paper-unpublished', '/papers/0/publishedOn')],
  ),
  inAchievements(
    'a paper without evidence',
    [put('/papers', paper({ evidence: '无' }))],
    [warns('F-2 evidence-missing', '/papers/0/evidence')],
  ),
  inAchievements(
    'a technical award of the future',
    [
      put('/honours', (_, { scan }) => [
        {
          name: '水利科技进步奖',
          grantedBy: '自治区水利学会',
          grantedOn: '2022-11-01',
          rank: '三等奖，第5名',
          condition: 'general-6',
          evidence: [scan],
        },
      ]),
    ],
    [blocks('M-13 date-in-future', '/honours/0/grantedOn')],
  ),
];

function conditionOf(content: Json, entry: number): string {
  return String(at(content, `/entries/${entry}/condition`));
}
