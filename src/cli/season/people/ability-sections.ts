import type { AchievementEntry, Endorser, SectionContents } from '../../../dossier/form/contents';
import { none } from '../../../dossier/form/schema';
import type { Term } from '../../../rounds/policy';
import type { Facts } from './facts';
import { worksOf } from './works';

type Ability = Pick<SectionContents, 'researchAbility' | 'practiceAbility' | 'achievements'>;

export function abilitySections(facts: Facts): Ability {
  const { person, policy, random, folder, career } = facts;
  const { level, subSpecialty } = person;
  const own = policy.conditions.bySubSpecialty[subSpecialty];
  const asked = policy.materials.achievements;
  const general = policy.conditions.general.slice(0, Math.max(asked.general[level], 1));
  const special = (own?.achievements ?? []).slice(0, Math.max(asked.subSpecialty[level], 1));
  const practised = (own?.practice ?? []).slice(0, random.between(1, 2));
  const withPaper = random.chance(0.6);
  return {
    researchAbility: {
      entries: policy.materials.research.suggestedTo.includes(subSpecialty)
        ? [{ kind: 'technical-research', ...workDone(facts, 'research-1') }]
        : none,
    },
    practiceAbility: { entries: listed(practised.map(against(facts, 'practice'))) },
    achievements: {
      entries: listed([...general, ...special].map(against(facts, 'achievement'))),
      papers: withPaper
        ? [
            {
              title: `${worksOf(subSpecialty)[0].name}技术分析`,
              journal: '水利科技与实践',
              issn: '0000-0000',
              published: true,
              publishedOn: `${career.year - 1}-06-15`,
              issue: `${career.year - 1}年第6期，第21至25页`,
              authorRank: 1,
              condition: policy.conditions.general[4]?.code ?? none,
              evidence: folder.evidence('paper.pdf'),
            },
          ]
        : none,
      representativeWorks:
        person.unit.tier === 'county' && !withPaper ? [representativeWork(facts)] : none,
      honours: none,
    },
  };
}

/** An entry for each condition, with evidence of its own. */
function against(facts: Facts, name: string) {
  return ({ code }: Term, index: number): AchievementEntry => ({
    condition: code,
    ...workDone(facts, `${name}-${index + 1}`),
  });
}

function workDone({ person, random, folder, career }: Facts, file: string) {
  const { name, workload, summary } = random.pick(worksOf(person.subSpecialty));
  const from = Math.max(Number(career.serviceFrom.slice(0, 4)) + 1, career.year - 4);
  return {
    name,
    from: `${from}-03-01`,
    to: `${from + 1}-10-31`,
    role: random.pick(['technical-leader', 'main-contributor', 'participant']),
    workload,
    summary: `${from}年3月至${from + 1}年10月，${summary}`,
    unitCertificate: none,
    evidence: folder.evidence(`${file}.pdf`),
  };
}

function representativeWork({ person, folder, career, policy, random }: Facts) {
  const endorsers = ['王正平', '买买提·库尔班', '李慧敏'].map((name, index): Endorser => ({
    name,
    title: '高级工程师',
    unit: '地区水利工程质量监督站',
    identification: `GJ${String(random.between(0, 99_999) * 10 + index).padStart(6, '0')}`,
    evidence: folder.evidence(`endorser-${index + 1}.jpg`),
  }));
  return {
    title: `${worksOf(person.subSpecialty)[0].name}技术总结`,
    completedOn: `${career.year - 1}-11-20`,
    summary: worksOf(person.subSpecialty)[0].summary,
    endorsers,
    unitApproval: { signed: true, sealed: true },
    condition: policy.conditions.general[4]?.code ?? none,
    evidence: folder.evidence('representative-work.pdf'),
  };
}

function listed<T>(entries: readonly T[]): readonly T[] | typeof none {
  return entries.length === 0 ? none : entries;
}
