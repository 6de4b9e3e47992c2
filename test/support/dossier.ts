import type { DossierCommand, GivenReason } from '../../src/dossier/commands';
import { contentHash, type Content } from '../../src/dossier/dossier';
import type {
  Attachment,
  Choice,
  ClosingCause,
  DossierEvent,
  Filing,
  ReturnReason,
} from '../../src/dossier/events';
import type { SectionName } from '../../src/dossier/sections';
import type { Json } from '../../src/engine/event-store';
import type { Instant } from '../../src/engine/instant';
import type { ReviewChain, Stage } from '../../src/organisations/organisation';
import type { Policy } from '../../src/rounds/policy';
import { policy2022 } from '../../src/rounds/policy-2022';
import type { Reviewer } from '../../src/rules/review';

/* The words the specs are written in: who there is, what happened, what is asked. */

export const policy: Policy = policy2022;

/** The other reading of 三(四): only what the title office returned uses up a try. */
export const onlyOfficeReturnsCount: Policy = {
  ...policy,
  submissions: { ...policy.submissions, counting: 'title-office-returns' },
};

export const office = 'title-office';
export const chain = ['station', 'bureau', 'department', office] as const satisfies ReviewChain;
/** A unit directly under the department: one supervising level only. */
export const shortChain = ['station', 'department', office] as const satisfies ReviewChain;

export const atUnit: Stage = { kind: 'unit', organisation: 'station', step: 0 };
export const atBureau: Stage = { kind: 'supervision', organisation: 'bureau', step: 1 };
export const atDepartment: Stage = { kind: 'supervision', organisation: 'department', step: 2 };
export const atOffice: Stage = { kind: 'title-office', organisation: office, step: 3 };
export const stages = [atUnit, atBureau, atDepartment, atOffice] as const;

export const applicant: Reviewer = {
  subject: 'applicant',
  roles: ['applicant'],
  organisation: 'station',
};

const roles = {
  unit: 'unit-reviewer',
  supervision: 'supervisor',
  'title-office': 'title-office',
} as const satisfies Record<Stage['kind'], string>;

/** Somebody entitled to act at the stage. */
export const reviewerAt = ({ kind, organisation }: Stage): Reviewer => ({
  subject: `reviewer of ${organisation}`,
  roles: [roles[kind]],
  organisation,
});
export const unitReviewer = reviewerAt(atUnit);
export const bureauReviewer = reviewerAt(atBureau);
export const departmentReviewer = reviewerAt(atDepartment);
export const officeReviewer = reviewerAt(atOffice);

/** The windows of the notice (一), written out here so that a wrong policy shows. */
export const filingOpens = '2022-08-05T10:00:00.000+08:00';
export const filingCloses = '2022-08-31T20:00:00.000+08:00';
export const reviewOpens = '2022-08-25T00:00:00.000+08:00';
export const reviewCloses = '2022-09-15T23:59:59.999+08:00';
/** Inside both windows. */
export const inBothWindows = '2022-08-26T09:00:00.000+08:00';

// --- what happened ---

export const choice: Choice = {
  level: 'senior',
  specialty: 'hydraulic-engineering',
  subSpecialty: 'construction',
  organisation: 'station',
};

export const scan = (name: string): Attachment => ({
  sha256: name.padEnd(64, '0'),
  mediaType: 'application/pdf',
  bytes: 1024,
  name: `${name}.pdf`,
});

export const education = { school: '河海大学', proof: scan('diploma').sha256 };
export const filedContent: Content = {
  choice,
  sections: { education },
  attachments: [scan('diploma')],
};

export const opened = (along: ReviewChain = chain): DossierEvent => ({
  type: 'DossierOpened',
  data: { round: '2022', applicant: applicant.subject, choice, chain: along },
});

export const reopened = (along: ReviewChain = chain): DossierEvent => ({
  type: 'DossierReopened',
  data: { choice, chain: along, returned: false },
});

/** Opened anew with a return still to be answered. */
export const reopenedAsReturned = (): DossierEvent => ({
  type: 'DossierReopened',
  data: { choice, chain, returned: true },
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

export const explained = (reason: number, explanation: string): DossierEvent => ({
  type: 'ReasonExplained',
  data: { reason, explanation },
});

/** A draft with some content in it. */
export const draft = (along: ReviewChain = chain): DossierEvent[] => [
  opened(along),
  attached(scan('diploma')),
  saved('education', education),
];

/** The n-th submission, counted, of the draft's content. */
export const submitted = (
  number = 1,
  filing: Partial<Filing> = {},
  along: ReviewChain = chain,
): DossierEvent => ({
  type: number === 1 ? 'DossierSubmitted' : 'DossierResubmitted',
  data: {
    filing: {
      number,
      at: inBothWindows,
      contentHash: contentHash(filedContent),
      counted: true,
      remaining: 3 - number,
      warnings: [],
      answers: [],
      to: { kind: 'unit', organisation: along[0], step: 0 },
      ...filing,
    },
    round: '2022',
    applicant: applicant.subject,
    choice,
    chain: along,
  },
});

export const recommended = (to: Stage = atBureau): DossierEvent => ({
  type: 'DossierRecommended',
  data: { from: atUnit, to, checklist: ['no-omissions', 'authentic', 'accurate'] },
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

export const withdrawn = (from: Stage | null): DossierEvent => ({
  type: 'DossierWithdrawn',
  data: { from, reason: '个人原因' },
});

export const closed = (cause: ClosingCause): DossierEvent => ({
  type: 'DossierClosed',
  data: { cause },
});

/** The way from the unit up to a stage of the long chain. */
export const passedUpTo = (stage: Stage): DossierEvent[] =>
  [recommended(), endorsed(atBureau, atDepartment), endorsed(atDepartment, atOffice)].slice(
    0,
    stage.step,
  );

/** Submitted so many times, and each time but the last returned by the unit. */
export const submittedTimes = (times: number): DossierEvent[] => [
  ...draft(),
  ...Array.from({ length: times - 1 }, (_, before) => [
    submitted(before + 1),
    returned(before + 1),
  ]).flat(),
  submitted(times),
];

// --- what is asked ---

export const open: DossierCommand = { type: 'OpenDossier', choice };
export const submit: DossierCommand = { type: 'Submit', confirmed: true };
export const withdraw: DossierCommand = { type: 'Withdraw', reason: '个人原因' };
export const startPublicity: DossierCommand = {
  type: 'StartPublicity',
  place: '公告栏',
  telephone: '0991-0000000',
};
export const recommend: DossierCommand = {
  type: 'Recommend',
  checklist: { 'no-omissions': true, authentic: true, accurate: true },
};
export const endorse: DossierCommand = { type: 'Endorse', opinion: '同意' };
export const giveBack = (...reasons: GivenReason[]): DossierCommand => ({
  type: 'Return',
  reasons,
});
export const accept: DossierCommand = { type: 'Accept' };
export const close: DossierCommand = { type: 'Close' };
export const save = (section: SectionName, content: Json): DossierCommand => ({
  type: 'SaveSection',
  section,
  content,
});
export const attach = (attachment: Attachment): DossierCommand => ({
  type: 'AttachEvidence',
  attachment,
});
export const explain = (number: number, explanation: string): DossierCommand => ({
  type: 'ExplainReason',
  reason: number,
  explanation,
});
