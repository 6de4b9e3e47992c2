import type { SectionContents } from '../../../dossier/form/contents';
import { none } from '../../../dossier/form/schema';
import type { Facts } from './facts';

type Merits = Pick<SectionContents, 'awards' | 'intellectualProperty' | 'publications'>;

export function meritSections({ person, career, random, folder }: Facts): Merits {
  const { year } = career;
  return {
    awards: {
      entries: random.chance(0.5)
        ? [
            {
              kind: 'advanced-worker',
              name: `${year - 2}年度先进工作者`,
              grantor: 'employer',
              grantedBy: person.unit.name,
              grantedOn: `${year - 1}-01-20`,
              evidence: folder.evidence('award.jpg'),
            },
          ]
        : none,
    },
    intellectualProperty: {
      entries: random.chance(0.3)
        ? [
            {
              kind: 'utility-model',
              name: '一种渠道闸门止水装置',
              number: `ZL${year - 2}2${String(person.number).padStart(7, '0')}`,
              grantedOn: `${year - 1}-04-10`,
              holderRank: random.between(1, 3),
              evidence: folder.evidence('patent.pdf'),
            },
          ]
        : none,
    },
    publications: {
      entries: random.chance(0.2)
        ? [
            {
              kind: 'edited-work',
              title: '灌区运行管理实务',
              publisher: '示例出版社',
              publishedOn: `${year - 1}-09-01`,
              contribution: '编写第3章，2.5万字',
              authorRank: 3,
              evidence: folder.evidence('book.pdf'),
            },
          ]
        : none,
    },
  };
}
