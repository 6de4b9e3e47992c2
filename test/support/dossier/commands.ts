import type { DossierCommand, GivenReason } from '../../../src/dossier/commands';
import type { Attachment, UnitPapers } from '../../../src/dossier/events';
import type { SectionName } from '../../../src/dossier/sections';
import type { Json } from '../../../src/engine/event-store';
import type { Masking } from '../../../src/rules/masking';
import { choice, scan } from './content';

type Asked<Type extends DossierCommand['type']> = Extract<DossierCommand, { type: Type }>;

// --- by the applicant ---

export const open: Asked<'OpenDossier'> = { type: 'OpenDossier', choice };
export const save = (section: SectionName, content: Json): DossierCommand => ({
  type: 'SaveSection',
  section,
  content,
});
export const attach = (attachment: Attachment): DossierCommand => ({
  type: 'AttachEvidence',
  attachment,
});
export const answerMasking = (
  { sha256 }: Pick<Attachment, 'sha256'>,
  masking: Masking,
): DossierCommand => ({ type: 'AnswerMasking', sha256, masking });
export const explain = (number: number, explanation: string): DossierCommand => ({
  type: 'ExplainReason',
  reason: number,
  explanation,
});
export const submit: DossierCommand = { type: 'Submit', confirmed: true };
export const withdraw: DossierCommand = { type: 'Withdraw', reason: '个人原因' };

// --- by reviewers ---

export const startPublicity: DossierCommand = {
  type: 'StartPublicity',
  place: '公告栏',
  telephone: '0991-0000000',
};
export const object = (text = '业绩与事实不符'): DossierCommand => ({
  type: 'RecordObjection',
  text,
});
export const settle = (number: number, upheld = false): DossierCommand => ({
  type: 'SettleObjection',
  number,
  upheld,
  statement: '经核实，材料属实',
});
export const addPaper = (attachment: Attachment): DossierCommand => ({
  type: 'AttachUnitPaper',
  attachment,
});

/** The unit's sealed annexes (附件1, 附件2), and how a recommendation refers to them. */
export const sealedNotice = scan('sealed publicity notice');
export const sealedResult = scan('sealed publicity result');
export const papers: UnitPapers = {
  'publicity-notice': sealedNotice.sha256,
  'publicity-result': sealedResult.sha256,
};

/** 四(二), written out here so that a wrong policy shows. */
export const recommendation = '本单位已对提供的申报材料逐一审核，真实、完整、有效，同意推荐';
export const recommend: Asked<'Recommend'> = {
  type: 'Recommend',
  checklist: { 'no-omissions': true, authentic: true, accurate: true },
  statement: recommendation,
  papers,
  judgements: {},
};
export const endorse: DossierCommand = { type: 'Endorse', opinion: '同意' };
export const giveBack = (...reasons: GivenReason[]): DossierCommand => ({
  type: 'Return',
  reasons,
});
export const accept: DossierCommand = { type: 'Accept' };

// --- after the acceptance ---

export const receiveFee = (amount = 500): DossierCommand => ({ type: 'ReceiveFee', amount });
export const receiveForms = (copies = 2): DossierCommand => ({
  type: 'ReceivePrintedForms',
  copies,
});
export const scheduleDefence = (
  defenceAt = '2022-10-12T10:00:00.000+08:00',
): Asked<'ScheduleDefence'> => ({
  type: 'ScheduleDefence',
  defenceAt,
  meeting: '腾讯会议 000-000-000',
});
/** Attended for four minutes and passed, unless said otherwise. */
export const concludeDefence = (
  outcome: Partial<Omit<Asked<'ConcludeDefence'>, 'type'>> = {},
): DossierCommand => ({
  type: 'ConcludeDefence',
  attended: true,
  cause: null,
  minutes: 4,
  passed: true,
  ...outcome,
});

// --- by the system ---

export const close: DossierCommand = { type: 'Close' };
export const falsify: DossierCommand = { type: 'Falsify', falsificationCase: 'case-1' };
