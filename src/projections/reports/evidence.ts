import type { Amounts } from '../../engine/counting';
import type { Text } from '../../rules/finding';
import { idOf } from '../../dossier/stream';
import { countOf } from './counts';
import { dossierKey, recordOf, usesOf } from './records';
import {
  dossierDimensions,
  onePerson,
  sumOf,
  type Column,
  type Guard,
  type Report,
} from './report';

/** Files that more than one dossier uses, among the dossiers of each organisation's jurisdiction. */
export const evidence: Report = {
  name: 'evidence',
  title: { zh: '附件重复使用', en: 'Evidence reuse' },
  about: {
    zh: '同一文件用于多份申报材料的情况；只在所管辖的范围内比对。',
    en: 'Files used in more than one dossier, compared within the jurisdiction alone.',
  },
  dimensions: dossierDimensions,
  measures: Object.fromEntries(
    ['dossiers', 'uses', 'files', 'shared', 'repeated', 'sharing'].map((measure) => [measure, []]),
  ),
  columns: [
    column('dossiers', 'people', onePerson, { zh: '有附件的申报', en: 'Dossiers with evidence' }),
    column('uses', 'acts', { restsOn: 'dossiers' }, { zh: '附件使用次数', en: 'Uses of files' }),
    column('files', 'acts', { restsOn: 'dossiers' }, { zh: '不同文件数', en: 'Different files' }),
    column(
      'shared',
      'acts',
      { restsOn: 'sharing' },
      { zh: '用于多份申报的文件', en: 'Files used in more than one dossier' },
    ),
    column(
      'repeated',
      'acts',
      { restsOn: 'sharing' },
      { zh: '首次之后的使用次数', en: 'Uses after the first' },
    ),
    column('sharing', 'people', onePerson, {
      zh: '用了他人用过的文件的申报',
      en: 'Dossiers using a file another used before',
    }),
  ],
  count({ event, before, after }) {
    if (event.type !== 'EvidenceAttached') return [];
    const key = dossierKey(idOf(event.stream));
    const earlier = recordOf('dossier', before(key));
    const dossier = recordOf('dossier', after(key));
    if (earlier === undefined || dossier === undefined) return [];
    const uses = usesOf(event, before);
    const first = earlier.attached ? {} : { dossiers: 1 };
    const amounts = (organisation: string): Amounts => ({
      ...first,
      uses: 1,
      ...ofFile(uses[organisation] ?? 0),
      ...(dossier.sharing.includes(organisation) &&
        !earlier.sharing.includes(organisation) && { sharing: 1 }),
    });
    return [{ ...countOf(dossier), amounts }];
  },
};

/** What one more use of a file is, after so many. */
function ofFile(usesBefore: number): Amounts {
  if (usesBefore === 0) return { files: 1 };
  return usesBefore === 1 ? { shared: 1, repeated: 1 } : { repeated: 1 };
}

/** Files are attached while only the applicant knows of the dossier. */
function column(key: string, unit: Column['unit'], guard: Guard, title: Text): Column {
  return sumOf(key, { key, title, unit, standing: true, known: 'to auditors', guard });
}
