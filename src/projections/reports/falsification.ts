import type { Amounts } from '../../engine/counting';
import type { Text } from '../../rules/finding';
import { dossierStreams, idOf } from '../../dossier/stream';
import { dossierEvent } from '../../dossier/upcasters';
import { countOf, moved, type Count } from './counts';
import { dossierKey, recordKeys, recordOf, type CaseRecord, type Happening } from './records';
import { dossierDimensions, onePerson, type Column, type Report } from './report';

/** Falsification cases, how they ended, and what followed (四(一)16). */
export const falsification: Report = {
  name: 'falsification',
  title: { zh: '弄虚作假查处', en: 'Falsification' },
  about: {
    zh: '立案、查实与否、不予受理或撤销资格、禁止申报的人数。',
    en: 'Cases, their outcomes, dossiers closed, titles withdrawn, people barred.',
  },
  dimensions: dossierDimensions,
  measures: Object.fromEntries(
    ['opened', 'upheld', 'dismissed', 'closed', 'titleWithdrawn', 'barred'].map((measure) => [
      measure,
      [],
    ]),
  ),
  columns: [
    cases('opened', { zh: '立案', en: 'Cases opened' }),
    {
      ...cases('open', { zh: '在查', en: 'Under investigation' }),
      measures: ['opened', 'upheld', 'dismissed'],
      value: (sums) => sums.of('opened') - sums.of('upheld') - sums.of('dismissed'),
    },
    cases('upheld', { zh: '查实', en: 'Upheld' }),
    cases('dismissed', { zh: '不成立', en: 'Dismissed' }),
    cases('closed', { zh: '不予受理', en: 'Dossiers closed' }),
    cases('titleWithdrawn', { zh: '撤销资格', en: 'Titles withdrawn' }),
    cases('barred', { zh: '禁止申报人数', en: 'People barred' }),
  ],
  count(happening) {
    const { event, before, after } = happening;
    if (event.stream.startsWith(dossierStreams)) return closings(happening);
    return recordKeys(event).flatMap((key) =>
      moved(recordOf('case', before(key)), recordOf('case', after(key)), dossierIn, countsAs),
    );
  },
};

function closings({ event, after }: Happening): Count[] {
  const known = dossierEvent(event);
  const dossier = recordOf('dossier', after(dossierKey(idOf(event.stream))));
  if (known.type !== 'DossierFalsified' || dossier === undefined) return [];
  const amounts = known.data.titleWithdrawn ? { titleWithdrawn: 1 } : { closed: 1 };
  return [{ ...countOf(dossier), amounts }];
}

function dossierIn({ dossier }: CaseRecord): CaseRecord['dossier'] {
  return dossier;
}

function countsAs({ outcome, barred }: CaseRecord): Amounts {
  return { opened: 1, ...(outcome !== 'open' && { [outcome]: 1 }), ...(barred && { barred: 1 }) };
}

/** An investigation is the auditors' to know of. */
function cases(key: string, title: Text): Column {
  return {
    key,
    title,
    measures: [key],
    unit: 'people',
    standing: true,
    known: 'to auditors',
    guard: onePerson,
    value: (sums) => sums.of(key),
  };
}
