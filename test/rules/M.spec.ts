import type { DossierCommand } from '../../src/dossier/commands';
import { chain, choice, draft, opened, policy, withdrawn } from '../support/dossier';
import { given, type Expected } from '../support/scenario';

describe('M-2: the sub-specialty is one the notice lists', () => {
  const unknown: Expected = {
    code: 'unknown-sub-specialty',
    rule: 'M-2',
    clause: '四(一)1',
    pointer: '/subSpecialty',
  };
  const openWith = (subSpecialty: string): DossierCommand => ({
    type: 'OpenDossier',
    choice: { ...choice, subSpecialty },
  });

  it.each([
    'planning-design-consulting',
    'construction',
    'operation-management',
    'science-research',
  ])('takes %s', (subSpecialty) => {
    given()
      .when(openWith(subSpecialty))
      .then(opened(chain, { ...choice, subSpecialty }));
  });

  it('lists the four of the notice, by their names', () => {
    expect(policy.subSpecialties.map(({ zh }) => zh)).toEqual([
      '规划设计与技术咨询',
      '工程建设',
      '生产运行与管理',
      '工程及科学技术研究',
    ]);
  });

  it.each(['architecture', '', 'Construction', 'constructor'])('refuses "%s"', (subSpecialty) => {
    given().when(openWith(subSpecialty)).refuses(unknown);
    given(draft(), withdrawn(null)).when(openWith(subSpecialty)).refuses(unknown);
  });
});
