import type { CheckpointSigned } from '../audit/signed-checkpoints';
import type { Attachment, Choice, DossierEvent, Filing } from '../dossier/events';
import type { PersonalData, PersonalValue } from '../engine/personal-data-cipher';
import type { CaseEvent } from '../falsification/case';
import type { StandingEvent } from '../falsification/standing';
import type { DeliveryEvent } from '../notifications/delivery';
import type { ReminderEvent } from '../notifications/reminders';
import type { OrganisationEvent } from '../organisations/tree';
import type { RoundEvent } from '../rounds/rounds';
import type { Finding } from '../rules/finding';
import { bilingual, each, plain, section, text, valuesIn, type Decision } from './decision';
import type { PersonEvent } from './person';
import type { ReadEvent } from './reads';

/** Everything that is ever recorded. */
type AnyEvent =
  | DossierEvent
  | CaseEvent
  | StandingEvent
  | DeliveryEvent
  | ReminderEvent
  | RoundEvent
  | OrganisationEvent
  | PersonEvent
  | ReadEvent
  | CheckpointSigned
  | { readonly type: 'ChannelOpened'; readonly data: { readonly channel: string } };

type Table = {
  readonly [Type in AnyEvent['type']]: Decision<Extract<AnyEvent, { type: Type }>['data']>;
};

const choice: Decision<Choice> = {
  level: plain,
  specialty: plain,
  subSpecialty: plain,
  organisation: plain,
  reviewRoute: plain,
};

/** File names tend to hold the name of whose paper it is. */
const attachment: Decision<Attachment> = {
  sha256: plain,
  mediaType: plain,
  bytes: plain,
  name: text,
};

const where = { code: plain, rule: plain, clause: plain, severity: plain, pointer: plain } as const;
/** What is said of a filing may quote it. */
const aboutContent: Decision<Finding> = { ...where, message: bilingual };
/** What is said of a payment, of copies or of minutes quotes nothing. */
const aboutReceipt: Decision<Finding> = { ...where, message: { zh: plain, en: plain } };

const filing: Decision<Filing> = {
  number: plain,
  at: plain,
  // Of pages of prose and the hashes of scans: nobody guesses it who does not have them.
  contentHash: plain,
  counted: plain,
  remaining: plain,
  warnings: each(aboutContent),
  answers: each({ reason: plain, changed: plain, explanation: text }),
  to: plain,
};

const submitted = {
  round: plain,
  applicant: plain,
  unit: plain,
  filing,
  choice,
  chain: plain,
} as const;

/** For every field that is ever recorded, whether it is personal. See docs/privacy.md. */
const table: Table = {
  DossierOpened: { round: plain, applicant: plain, choice, unit: plain, chain: plain },
  DossierReopened: { choice, unit: plain, chain: plain, returned: plain },
  SectionSaved: { section: plain, content: section },
  SectionRevised: { section: plain, content: section },
  EvidenceAttached: { attachment },
  MaskingAnswered: { sha256: plain, masking: { nameShown: plain, maskedVersion: plain } },
  ReasonExplained: { reason: plain, explanation: text },
  DossierSubmitted: submitted,
  DossierResubmitted: submitted,
  // `published` is a hash of little more than name and ID number: those can be guessed from it.
  PublicityStarted: { at: plain, firstDay: plain, place: text, telephone: text, published: text },
  ObjectionRecorded: { number: plain, at: plain, text },
  ObjectionSettled: { number: plain, at: plain, upheld: plain, statement: text },
  UnitPaperAttached: { attachment },
  // The statement is the notice's own sentence.
  DossierRecommended: {
    from: plain,
    to: plain,
    checklist: plain,
    statement: plain,
    papers: each(plain),
    judgements: each(plain),
  },
  DossierEndorsed: { from: plain, to: plain, opinion: text },
  DossierReturned: {
    number: plain,
    at: plain,
    from: plain,
    submission: plain,
    reasons: each({ code: plain, part: { section: plain, attachment: plain }, correction: text }),
  },
  DossierAccepted: { from: plain, at: plain },
  FeeReceived: { at: plain, amount: plain, warnings: each(aboutReceipt) },
  PrintedFormsReceived: { at: plain, copies: plain, warnings: each(aboutReceipt) },
  DefenceScheduled: { defenceAt: plain, meeting: plain },
  DefenceConcluded: {
    at: plain,
    attended: plain,
    cause: text,
    minutes: plain,
    outcome: plain,
    warnings: each(aboutReceipt),
  },
  DossierWithdrawn: { from: plain, reason: text },
  DossierClosed: { cause: plain },
  DossierFalsified: { from: plain, falsificationCase: plain, titleWithdrawn: plain },

  FalsificationCaseOpened: {
    dossier: plain,
    openedBy: plain,
    at: plain,
    grounds: text,
    frozen: {
      revision: plain,
      submissions: each({ number: plain, contentHash: plain }),
      evidence: plain,
      unitPapers: plain,
    },
  },
  StatementHeard: {
    dossier: plain,
    number: plain,
    person: plain,
    statement: text,
    heardBy: plain,
    at: plain,
  },
  FalsificationCaseDecided: {
    dossier: plain,
    upheld: plain,
    statement: text,
    decidedBy: plain,
    at: plain,
  },
  // Stays in force when the person is erased, and says of nobody who it is.
  PersonBarred: { firstYear: plain, lastYear: plain, falsificationCase: plain },
  PersonErased: { ground: plain },
  PersonalDataRead: { dossier: plain, reader: plain, revision: plain, part: plain },

  // What is told is made from events as they are kept: nothing personal is left in them.
  DeliveryRequested: {
    channel: plain,
    notification: {
      id: plain,
      position: plain,
      recipient: plain,
      dossier: plain,
      at: plain,
      policyVersion: plain,
      occasion: plain,
    },
  },
  DeliverySucceeded: { channel: plain, attempt: plain },
  DeliveryFailed: { channel: plain, attempt: plain, reason: plain, nextAttemptAt: plain },
  DeliveryAbandoned: { channel: plain, attempt: plain, reason: plain },
  ChannelOpened: { channel: plain },
  ReminderDue: {
    dossier: plain,
    kind: plain,
    deadline: plain,
    leadHours: plain,
    outstanding: plain,
  },
  DeadlinesCorrected: {
    dossier: plain,
    version: plain,
    changed: each({ kind: plain, opens: plain, closes: plain }),
  },

  RoundPublished: {
    round: plain,
    version: plain,
    policy: plain,
    at: plain,
    author: plain,
    reason: plain,
  },
  PolicyCorrected: {
    round: plain,
    version: plain,
    policy: plain,
    at: plain,
    author: plain,
    reason: plain,
  },
  CheckpointSigned: { size: plain, at: plain, note: plain },
  OrganisationDescribed: { organisation: plain },
};

const values: ReadonlyMap<string, readonly PersonalValue[]> = new Map(
  Object.entries(table).map(([type, decision]) => [type, valuesIn(decision)]),
);

/** The types of events that hold something personal. */
export const personalTypes: readonly string[] = [...values].flatMap(([type, { length }]) =>
  length === 0 ? [] : type,
);

/** Where an event of the type holds something personal. Throws TypeError for a type that is not in the table. */
export const personalData: PersonalData = (type) => {
  const known = values.get(type);
  if (known === undefined) throw new TypeError(`which data of ${type} is personal is not decided`);
  return known;
};
