import type { Json } from '../../../engine/event-store';
import { blocks, warns } from '../findings';
import { drop, put, type Edit } from './edit';
import { faultsIn, type Fault } from './fault';
import type { Sound } from './sound';

const inAchievements = faultsIn('achievements');

const ofCounty = ({ unit }: Sound): boolean => unit.tier === 'county';

/** A work that three senior engineers endorse, and the unit's head has signed and sealed (四(一)7). */
const work = (_: Json, { scan }: Sound): Json => [
  {
    title: '灌区量测水技术总结',
    completedOn: '2021-11-20',
    summary: '总结2019年至2021年42处量水设施的率定成果，提出台账管理办法。',
    endorsers: ['王正平', '李慧敏', '买买提·库尔班'].map((name, index) => ({
      name,
      title: '高级工程师',
      unit: '地区水利工程质量监督站',
      identification: `GJ00000${index}`,
      evidence: [scan],
    })),
    unitApproval: { signed: true, sealed: true },
    condition: 'general-5',
    evidence: [scan],
  },
];

const endorsed: Edit = put('/representativeWorks', work);
const endorsers = '/representativeWorks/0/endorsers';

export const representativeWorkFaults: readonly Fault[] = [
  inAchievements('a representative work, endorsed by three', [endorsed], [], { fits: ofCounty }),
  inAchievements(
    'a representative work of a region or prefecture unit',
    [endorsed],
    [blocks('M-16 endorsement-insufficient', '/representativeWorks/0')],
    { fits: (dossier) => !ofCounty(dossier) },
  ),
  inAchievements(
    'two endorsers',
    [endorsed, drop(`${endorsers}/2`)],
    [blocks('M-16 endorsement-insufficient', endorsers)],
    { fits: ofCounty },
  ),
  inAchievements(
    'the same endorser twice',
    [
      endorsed,
      put(`${endorsers}/2/name`, '王 正平'),
      put(`${endorsers}/2/identification`, 'gj000000'),
    ],
    [blocks('M-16 endorsement-insufficient', endorsers)],
    { fits: ofCounty },
  ),
  inAchievements(
    'an endorser who is no senior engineer',
    [endorsed, put(`${endorsers}/1/title`, '工程师')],
    [blocks('M-16 endorsement-insufficient', endorsers)],
    { fits: ofCounty },
  ),
  inAchievements(
    'an endorsement without evidence',
    [endorsed, put(`${endorsers}/0/evidence`, '无')],
    [
      warns('F-2 evidence-missing', `${endorsers}/0/evidence`),
      blocks('M-16 endorsement-insufficient', endorsers),
    ],
    { fits: ofCounty },
  ),
  inAchievements(
    'the unit has not sealed the work',
    [endorsed, put('/representativeWorks/0/unitApproval/sealed', false)],
    [blocks('M-16 endorsement-insufficient', '/representativeWorks/0/unitApproval')],
    { fits: ofCounty },
  ),
  inAchievements(
    'a representative work of the future',
    [endorsed, put('/representativeWorks/0/completedOn', '2022-12-01')],
    [blocks('M-16 date-in-future', '/representativeWorks/0/completedOn')],
    { fits: ofCounty },
  ),
];
