import type { Json } from '../../../engine/event-store';
import { blocks, warns, type Found } from '../findings';
import { advisedToResearch } from '../missing-sections';
import { entries, put, type Edit } from './edit';
import { faultsIn, type Fault } from './fault';
import { neverUploaded } from './scans';
import type { Sound } from './sound';
import { isSenior, others } from './sound-conditions';

const inResearch = faultsIn('researchAbility');
const inPractice = faultsIn('practiceAbility');

const advised = ({ choice }: Sound): boolean => advisedToResearch.includes(choice.subSpecialty);

/** Seniors only are counted. */
const uncounted = (_: Json, dossier: Sound): readonly Found[] =>
  isSenior(dossier) ? [blocks('M-12 practice-conditions-unmet', '/entries')] : [];

const inEveryEntry =
  (change: (entry: Readonly<Record<string, Json>>, dossier: Sound) => Json): Edit =>
  (content, dossier) =>
    put(
      '/entries',
      entries(content, '/entries').map((entry) => change(entry, dossier)),
    )(content, dossier);

export const abilityFaults: readonly Fault[] = [
  inResearch(
    'no research, where it is advised',
    [put('/entries', '无')],
    [warns('M-11 research-ability-suggested', '/entries')],
    { fits: advised },
  ),
  inResearch(
    'research without evidence, where it is advised',
    [put('/entries/0/evidence', '无')],
    [
      warns('F-2 evidence-missing', '/entries/0/evidence'),
      blocks('M-14 entry-incomplete', '/entries/0/evidence'),
      warns('M-11 research-ability-suggested', '/entries'),
    ],
    { fits: advised },
  ),
  inPractice('no practice', [put('/entries', '无')], uncounted),
  inPractice(
    'practice for a condition of another sub-specialty',
    [
      inEveryEntry((entry, { choice }) => ({
        ...entry,
        condition: `${others(choice.subSpecialty)}-practice-1`,
      })),
    ],
    uncounted,
  ),
  inPractice(
    'practice without evidence',
    [inEveryEntry((entry) => ({ ...entry, evidence: '无' }))],
    (content, dossier) => [
      ...entries(content, '/entries').flatMap((_, index) => [
        warns('F-2 evidence-missing', `/entries/${index}/evidence`),
        blocks('M-14 entry-incomplete', `/entries/${index}/evidence`),
      ]),
      ...uncounted(content, dossier),
    ],
  ),
  inPractice(
    'the unit certifies the practice instead of other evidence',
    [inEveryEntry((entry, { scan }) => ({ ...entry, evidence: '无', unitCertificate: scan }))],
    [],
  ),
  inPractice(
    'the certificate of the unit was never uploaded',
    [inEveryEntry((entry) => ({ ...entry, evidence: '无', unitCertificate: neverUploaded }))],
    (content, dossier) => [
      ...entries(content, '/entries').flatMap((_, index) => [
        warns('F-2 evidence-missing', `/entries/${index}/unitCertificate`),
        blocks('M-14 entry-incomplete', `/entries/${index}/evidence`),
      ]),
      ...uncounted(content, dossier),
    ],
  ),
  inPractice(
    'the role in the practice is left blank',
    [put('/entries/0/role', '')],
    [
      blocks('F-1 blank-field', '/entries/0/role'),
      blocks('M-14 entry-incomplete', '/entries/0/role'),
    ],
  ),
  inPractice(
    'how much was done in the practice is not said',
    [put('/entries/0/workload', '无')],
    [blocks('M-14 entry-incomplete', '/entries/0/workload')],
  ),
  inPractice(
    'practice that ends in the future',
    [put('/entries/0/to', '2022-12-31')],
    [blocks('M-14 entry-incomplete', '/entries/0/to')],
  ),
  inPractice(
    'practice that ends before it begins',
    [put('/entries/0/to', '1999-12-31')],
    [blocks('M-14 entry-incomplete', '/entries/0/to')],
  ),
  inPractice(
    'practice that goes on, told in vague words',
    [put('/entries/0/to', '至今'), put('/entries/0/summary', '大约2018年起参加规划编制等等工作。')],
    [warns('F-4 vague-wording', '/entries/0/summary')],
  ),
];
