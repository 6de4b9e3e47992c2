import type { Json } from '../../../engine/event-store';
import { asks, blocks, warns } from '../findings';
import { at, drop, put } from './edit';
import { faultsIn, type Fault } from './fault';
import { neverUploaded } from './scans';
import type { Sound } from './sound';

const inQualification = faultsIn('qualification');

const titled = ({ sections }: Sound): boolean =>
  at(sections['qualification'] ?? null, '/title') !== '无';

const byRoute =
  (route: string) =>
  ({ sections }: Sound): boolean =>
    at(sections['qualification'] ?? null, '/route') === route;

const seniorOf =
  (kind: Sound['unit']['kind']) =>
  ({ choice, unit }: Sound): boolean =>
    choice.level === 'senior' && unit.kind === kind;

const proof =
  (kind: string) =>
  (_: Json, { scan }: Sound) => [{ kind, evidence: [scan] }];

const civilService = (_: Json, { scan }: Sound) => ({
  years: 12,
  transferredOn: '2019-03-01',
  explanation: [scan],
  appointment: [scan],
  cadreResume: [scan],
});

const civilServant = [
  put('/route', 'civil-servant'),
  put('/title', '无'),
  put('/civilService', civilService),
];

const vocational =
  (obtainedOn: string) =>
  (_: Json, { scan }: Sound) => [
    {
      name: '一级建造师',
      specialty: '水利水电工程',
      certificateNumber: 'ZJ000001',
      obtainedOn,
      evidence: [scan],
    },
  ];

export const qualificationFaults: readonly Fault[] = [
  inQualification(
    'the route needs a title, and none is held',
    [put('/title', '无')],
    [blocks('M-6 qualification-route-unmet', '/title')],
    { fits: titled },
  ),
  inQualification(
    'the title held is of too low a level',
    [put('/title/level', 'technician')],
    [blocks('M-6 qualification-route-unmet', '/title/level')],
    { fits: titled },
  ),
  inQualification(
    'the title held is of another specialty',
    [put('/title/specialty', '建筑工程')],
    [blocks('M-6 qualification-route-unmet', '/title/specialty')],
    { fits: byRoute('water-engineer') },
  ),
  inQualification('twelve years a civil servant, with all papers', civilServant, [], {
    fits: seniorOf('public-institution'),
  }),
  inQualification(
    'nine years a civil servant, without the cadre résumé',
    [...civilServant, put('/civilService/years', 9), put('/civilService/cadreResume', '无')],
    [
      blocks('M-6 qualification-route-unmet', '/civilService/years'),
      blocks('M-6 qualification-route-unmet', '/civilService/cadreResume'),
    ],
    { fits: seniorOf('public-institution') },
  ),
  inQualification(
    'a civil servant, without explanation and appointment',
    [
      ...civilServant,
      put('/civilService/explanation', '无'),
      put('/civilService/appointment', [neverUploaded]),
    ],
    [
      blocks('M-6 qualification-route-unmet', '/civilService/explanation'),
      blocks('M-6 qualification-route-unmet', '/civilService/appointment'),
      warns('F-2 evidence-missing', '/civilService/appointment/0'),
    ],
    { fits: seniorOf('public-institution') },
  ),
  inQualification(
    'a civil servant moved to an enterprise',
    civilServant,
    [blocks('M-6 qualification-route-unmet', '/route')],
    { fits: seniorOf('enterprise') },
  ),
  inQualification(
    'the title is not proven',
    [put('/title/obtainedIn', 'xinjiang'), put('/title/proofs', '无')],
    [blocks('M-7 title-proof-missing', '/title/proofs')],
    { fits: titled },
  ),
  inQualification(
    'the evaluation form proves a title of Xinjiang',
    [put('/title/obtainedIn', 'xinjiang'), put('/title/proofs', proof('evaluation-form'))],
    [],
    { fits: titled },
  ),
  inQualification(
    'a title from elsewhere, without the document that confers it',
    [put('/title/obtainedIn', 'elsewhere'), put('/title/proofs', proof('certificate'))],
    [blocks('M-7 title-proof-missing', '/title/proofs')],
    { fits: titled },
  ),
  inQualification(
    'a title from elsewhere, with nothing but the document that confers it',
    [put('/title/obtainedIn', 'elsewhere'), put('/title/proofs', proof('appointment-document'))],
    [blocks('M-7 title-proof-missing', '/title/proofs')],
    { fits: titled },
  ),
  inQualification(
    'the proof of the title has no scan',
    [
      put('/title/obtainedIn', 'xinjiang'),
      put('/title/proofs', [{ kind: 'certificate', evidence: '无' }]),
    ],
    [
      blocks('F-2 evidence-missing', '/title/proofs/0/evidence'),
      blocks('M-7 title-proof-missing', '/title/proofs'),
    ],
    { fits: titled },
  ),
  inQualification(
    'professional work begins on another day than the title',
    [put('/professionalService/from', '2016-01-04')],
    [blocks('M-8 service-dates-mismatch', '/professionalService/from')],
    { fits: titled },
  ),
  inQualification(
    'professional work ends before it begins',
    [put('/professionalService/to', '1990-01-01')],
    [blocks('M-8 service-dates-mismatch', '/professionalService/to')],
  ),
  inQualification(
    'professional work ends in the future',
    [put('/professionalService/to', '2022-12-31')],
    [blocks('M-8 service-dates-mismatch', '/professionalService/to')],
  ),
  inQualification('the route is left out', [drop('/route')], [blocks('F-1 blank-field', '/route')]),
  inQualification(
    'a vocational certificate',
    [put('/vocationalCertificates', vocational('2020-05-01'))],
    [asks('M-9 vocational-certificate-to-judge', '/vocationalCertificates/0')],
  ),
  inQualification(
    'a vocational certificate of the future',
    [put('/vocationalCertificates', vocational('2022-12-01'))],
    [
      asks('M-9 vocational-certificate-to-judge', '/vocationalCertificates/0'),
      blocks('M-9 date-in-future', '/vocationalCertificates/0/obtainedOn'),
    ],
  ),
];
