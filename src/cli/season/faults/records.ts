import type { Json } from '../../../engine/event-store';
import { blocks, warns, type Found } from '../findings';
import { commitment } from '../notice';
import { add, drop, entries, put, type Edit } from './edit';
import { faultsIn, type Fault } from './fault';
import { neverUploaded } from './scans';
import type { Sound } from './sound';

const inAssessments = faultsIn('annualAssessments');
const inTraining = faultsIn('continuingEducation');
const inAttachments = faultsIn('otherAttachments');
const inCommitment = faultsIn('commitment');

const unassessed = blocks('M-19 assessment-missing', '/entries');
const untrained = blocks('M-21 continuing-education-missing', '/certificates');

const assessment =
  (year: number, result: string) =>
  (_: Json, { scan }: Sound) => ({
    year,
    result,
    endOfProbation: false,
    assessor: '地区水利局',
    evidence: [scan],
  });

/** Nobody is exempt but in the year of the round. */
const certificates2021 = (
  change: (entry: Readonly<Record<string, Json>>) => readonly Json[],
): Edit =>
  put('/certificates', (content) =>
    entries(content, '/certificates').flatMap((entry) =>
      entry['subject'] === 'public' && entry['year'] === 2021 ? change(entry) : [entry],
    ),
  );

const ofPublic2021 = (content: Json): number =>
  entries(content, '/certificates').findIndex(({ subject, year, evidence }) => {
    return subject === 'public' && (year === 2023 || (year === 2021 && evidence === '无'));
  });

const exempt = (year: number, evidence: (dossier: Sound) => Json): Edit =>
  add('/exemptions', (_, dossier) => ({
    year,
    kind: 'minority-training',
    evidence: evidence(dossier),
  }));

const lastExemption = (content: Json): string =>
  `/exemptions/${entries(content, '/exemptions').length - 1}`;

export const recordFaults: readonly Fault[] = [
  inAssessments('a year was not assessed', [drop('/entries/0')], [unassessed]),
  inAssessments(
    'no year was assessed',
    [put('/entries', '无')],
    [unassessed, unassessed, unassessed],
  ),
  inAssessments('a year was not graded', [put('/entries/1/result', 'not-graded')], [unassessed]),
  inAssessments(
    'an assessment below qualified',
    [put('/entries/2/result', 'basically-qualified')],
    [blocks('M-19 assessment-below-qualified', '/entries/2/result')],
  ),
  inAssessments(
    'two assessments below qualified',
    [put('/entries/0/result', 'unqualified'), put('/entries/1/result', 'unqualified')],
    [
      blocks('M-19 assessment-below-qualified', '/entries/0/result'),
      blocks('M-19 assessment-below-qualified', '/entries/1/result'),
    ],
  ),
  inAssessments(
    'an assessment below qualified of an earlier year',
    [add('/entries', assessment(2017, 'unqualified'))],
    [],
  ),
  inAssessments(
    'the result at the end of a probation',
    [put('/entries/0/endOfProbation', true)],
    [],
  ),
  inAssessments(
    'an assessment without its form',
    [put('/entries/0/evidence', '无')],
    [blocks('F-2 evidence-missing', '/entries/0/evidence'), unassessed],
  ),
  inAssessments(
    'an assessment of the future',
    [add('/entries', assessment(2023, 'excellent'))],
    [blocks('M-19 date-in-future', '/entries/3/year')],
  ),
  inTraining('a year without training', [certificates2021(() => [])], [untrained]),
  inTraining('no training at all', [put('/certificates', '无')], [untrained, untrained]),
  inTraining(
    'a training certificate without its scan',
    [certificates2021((entry) => [{ ...entry, evidence: '无' }])],
    (content) => [
      blocks('F-2 evidence-missing', `/certificates/${ofPublic2021(content)}/evidence`),
      untrained,
    ],
  ),
  inTraining(
    'a training certificate of the future',
    [certificates2021((entry) => [{ ...entry, year: 2023 }])],
    (content) => [
      blocks('M-21 date-in-future', `/certificates/${ofPublic2021(content)}/year`),
      untrained,
    ],
  ),
  inTraining(
    'a year exempt from training',
    [certificates2021(() => []), exempt(2021, ({ scan }) => [scan])],
    [],
  ),
  inTraining(
    'a year exempt from training, without its approval',
    [certificates2021(() => []), exempt(2021, () => '无')],
    (content): readonly Found[] => [
      blocks('F-2 evidence-missing', `${lastExemption(content)}/evidence`),
      untrained,
    ],
  ),
  inTraining('an exemption of the future', [exempt(2023, ({ scan }) => [scan])], (content) => [
    blocks('M-22 date-in-future', `${lastExemption(content)}/year`),
  ]),
  inAttachments(
    'the integrity certificate is left out',
    [drop('/integrityCertificate')],
    [blocks('F-1 blank-field', '/integrityCertificate')],
  ),
  inAttachments(
    'the paper about political conduct is left to the unit',
    [put('/politicalConduct/evidence', '无')],
    [warns('F-2 evidence-missing', '/politicalConduct/evidence')],
  ),
  inAttachments(
    'further material without evidence, in vague words',
    [put('/further', [{ description: '大约10份工作证明', evidence: '无' }])],
    [
      warns('F-2 evidence-missing', '/further/0/evidence'),
      warns('F-4 vague-wording', '/further/0/description'),
    ],
  ),
  inCommitment(
    'the commitment is one character off',
    [put('/text', commitment.replace('完全一致', '基本一致'))],
    [blocks('M-25 commitment-text-mismatch', '/text')],
  ),
  inCommitment(
    'the commitment lacks its full stop',
    [put('/text', commitment.slice(0, -1))],
    [blocks('M-25 commitment-text-mismatch', '/text')],
  ),
  inCommitment(
    'there is no commitment',
    [put('/text', '无'), put('/scan', '无')],
    [blocks('M-25 commitment-missing', '/text'), blocks('M-25 commitment-missing', '/scan')],
  ),
  inCommitment(
    'the commitment is left blank',
    [put('/text', '')],
    [blocks('F-1 blank-field', '/text'), blocks('M-25 commitment-missing', '/text')],
  ),
  inCommitment(
    'the scan of the commitment was never uploaded',
    [put('/scan', neverUploaded)],
    [warns('F-2 evidence-missing', '/scan'), blocks('M-25 commitment-missing', '/scan')],
  ),
];
