import { contentHash, type Content } from '../../../src/dossier/dossier';
import type {
  Attachment,
  ClosingCause,
  DefenceOutcome,
  DossierEvent,
  Filing,
  ReturnReason,
  UnitPapers,
} from '../../../src/dossier/events';
import { publishedHash } from '../../../src/dossier/publicity';
import { isSectionName, type SectionName } from '../../../src/dossier/sections';
import type { Json } from '../../../src/engine/event-store';
import { startOfDay, type Day, type Instant } from '../../../src/engine/instant';
import type { ReviewChain, Stage } from '../../../src/organisations/organisation';
import type { Finding } from '../../../src/rules/finding';
import type { Masking } from '../../../src/rules/masking';
import {
  applicant,
  atBureau,
  atDepartment,
  atOffice,
  atUnit,
  chain,
  inBothWindows,
  policy,
  station,
} from './cast';
import { papers, recommendation, sealedNotice, sealedResult } from './commands';
import { choice, filedContent } from './content';

type Data<Type extends DossierEvent['type']> = Extract<DossierEvent, { type: Type }>['data'];

// --- in the applicant's hands ---

export const opened = (along: ReviewChain = chain, chosen = choice): DossierEvent => ({
  type: 'DossierOpened',
  data: {
    ...{ round: '2022', applicant: applicant.subject, choice: chosen },
    ...{ unit: station, chain: along },
  },
});

export const reopened = (along: ReviewChain = chain): DossierEvent => ({
  type: 'DossierReopened',
  data: { choice, unit: station, chain: along, returned: false },
});

/** Opened anew with a return still to be answered. */
export const reopenedAsReturned = (): DossierEvent => ({
  type: 'DossierReopened',
  data: { choice, unit: station, chain, returned: true },
});

export const saved = (section: SectionName, content: Json): DossierEvent => ({
  type: 'SectionSaved',
  data: { section, content },
});

export const revised = (section: SectionName, content: Json): DossierEvent => ({
  type: 'SectionRevised',
  data: { section, content },
});

export const attached = (attachment: Attachment): DossierEvent => ({
  type: 'EvidenceAttached',
  data: { attachment },
});

export const maskingAnswered = (
  { sha256 }: Pick<Attachment, 'sha256'>,
  masking: Masking,
): DossierEvent => ({ type: 'MaskingAnswered', data: { sha256, masking } });

export const explained = (reason: number, explanation: string): DossierEvent => ({
  type: 'ReasonExplained',
  data: { reason, explanation },
});

/** A draft, filled in completely and ready to be filed. */
export const draft = (
  along: ReviewChain = chain,
  { choice: chosen, sections, attachments, masking }: Content = filedContent,
): DossierEvent[] => [
  opened(along, chosen),
  ...attachments.map(attached),
  ...Object.entries(masking).map(([sha256, answer]) => maskingAnswered({ sha256 }, answer)),
  ...Object.keys(sections)
    .filter(isSectionName)
    .map((name) => saved(name, sections[name] ?? null)),
];

/** The n-th submission, counted, of the draft's content. */
export const submitted = (
  number = 1,
  filing: Partial<Filing> = {},
  along: ReviewChain = chain,
  content: Content = filedContent,
): DossierEvent => ({
  type: number === 1 ? 'DossierSubmitted' : 'DossierResubmitted',
  data: {
    filing: {
      number,
      at: inBothWindows,
      contentHash: contentHash(content),
      counted: true,
      remaining: 3 - number,
      warnings: [],
      answers: [],
      to: { kind: 'unit', organisation: along[0], step: 0 },
      ...filing,
    },
    ...{ round: '2022', applicant: applicant.subject },
    ...{ unit: station, choice: content.choice, chain: along },
  },
});

export const withdrawn = (from: Stage | null): DossierEvent => ({
  type: 'DossierWithdrawn',
  data: { from, reason: '个人原因' },
});

// --- under review ---

/** Put up in the unit, showing the draft's content. */
export const publicityStarted = (
  firstDay: Day = '2022-08-15',
  content: Content = filedContent,
  at: Instant = startOfDay(firstDay),
): DossierEvent => ({
  type: 'PublicityStarted',
  data: {
    ...{ at, firstDay, place: '公告栏', telephone: '0991-0000000' },
    published: publishedHash(content, policy),
  },
});

export const objected = (number: number, at: Instant = inBothWindows): DossierEvent => ({
  type: 'ObjectionRecorded',
  data: { number, at, text: '业绩与事实不符' },
});

export const settled = (
  number: number,
  upheld = false,
  at: Instant = inBothWindows,
): DossierEvent => ({
  type: 'ObjectionSettled',
  data: { number, at, upheld, statement: '经核实，材料属实' },
});

export const paperAdded = (attachment: Attachment): DossierEvent => ({
  type: 'UnitPaperAttached',
  data: { attachment },
});

/** Everything the unit owes before it recommends (四(二)); five working days from 15 August end on the 19th. */
export const readyToRecommend = (
  firstDay: Day = '2022-08-15',
  content: Content = filedContent,
): DossierEvent[] => [
  publicityStarted(firstDay, content),
  paperAdded(sealedNotice),
  paperAdded(sealedResult),
];

export const recommended = (
  to: Stage = atBureau,
  bearing: UnitPapers = papers,
  judged: Pick<Data<'DossierRecommended'>, 'judgements'> = {},
): DossierEvent => ({
  type: 'DossierRecommended',
  data: {
    ...judged,
    ...{ from: atUnit, to, statement: recommendation, papers: bearing },
    checklist: ['no-omissions', 'authentic', 'accurate'],
  },
});

export const endorsed = (from: Stage, to: Stage): DossierEvent => ({
  type: 'DossierEndorsed',
  data: { from, to, opinion: '同意' },
});

export const reason = (part: ReturnReason['part'] = { section: 'education' }): ReturnReason => ({
  code: 'inaccurate',
  part,
  correction: '请核对毕业时间',
});

/** The return of the n-th submission, being the n-th return. */
export const returned = (
  submission = 1,
  from: Stage = atUnit,
  reasons: readonly ReturnReason[] = [reason()],
  at: Instant = inBothWindows,
): DossierEvent => ({
  type: 'DossierReturned',
  data: { number: submission, at, from, submission, reasons },
});

export const accepted = (from: Stage = atOffice, at: Instant = inBothWindows): DossierEvent => ({
  type: 'DossierAccepted',
  data: { from, at },
});

/** The way up to a stage of the long chain, which has all it needs to pass the dossier on. */
export const passedUpTo = (stage: Stage, firstDay?: Day): DossierEvent[] => [
  ...readyToRecommend(firstDay),
  ...[recommended(), endorsed(atBureau, atDepartment), endorsed(atDepartment, atOffice)].slice(
    0,
    stage.step,
  ),
];

/** Submitted so many times, and each time but the last returned by the unit. */
export const submittedTimes = (times: number): DossierEvent[] => [
  ...draft(),
  ...Array.from({ length: times - 1 }, (_, before) => [
    submitted(before + 1),
    returned(before + 1),
  ]).flat(),
  submitted(times),
];

// --- after the acceptance ---

export const acceptedOf = (content: Content = filedContent): DossierEvent[] => [
  ...draft(chain, content),
  submitted(1, {}, chain, content),
  ...passedUpTo(atOffice),
  accepted(),
];

export const feeReceived = (
  amount = 500,
  at: Instant = inBothWindows,
  warnings: readonly Finding[] = [],
): DossierEvent => ({ type: 'FeeReceived', data: { at, amount, warnings } });

export const formsReceived = (
  copies = 2,
  at: Instant = inBothWindows,
  warnings: readonly Finding[] = [],
): DossierEvent => ({ type: 'PrintedFormsReceived', data: { at, copies, warnings } });

const defaultDefence = '2022-10-12T10:00:00.000+08:00';

export const defenceScheduled = (defenceAt: Instant = defaultDefence): DossierEvent => ({
  type: 'DefenceScheduled',
  data: { defenceAt, meeting: '腾讯会议 000-000-000' },
});

export const defenceConcluded = (
  outcome: DefenceOutcome = 'passed',
  data: Partial<Data<'DefenceConcluded'>> = {},
): DossierEvent => ({
  type: 'DefenceConcluded',
  data: {
    ...{ at: defaultDefence, attended: true, cause: null, minutes: 4, outcome, warnings: [] },
    ...data,
  },
});

// --- by the system ---

export const closed = (cause: Exclude<ClosingCause, 'falsification'>): DossierEvent => ({
  type: 'DossierClosed',
  data: { cause },
});

export const falsified = (from: Stage | null, titleWithdrawn = false): DossierEvent => ({
  type: 'DossierFalsified',
  data: { from, falsificationCase: 'case-1', titleWithdrawn },
});
