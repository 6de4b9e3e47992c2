import type { Role } from '../../src/application/access';
import { policy2022 } from '../../src/rounds/policy-2022';
import { checklist, choiceOf, notice, reasonAbout, statement } from './dossier-file';
import { applicant } from './people';
import { roundOf } from './rounds';

const reviewers = ['unit-reviewer', 'supervisor', 'title-office'] as const;

/** Who may call an operation: everybody, everybody with a token, or the holders of a role. */
export interface Route {
  readonly open: 'to everybody' | 'to every token' | readonly Role[];
  /** A proper body. */
  readonly sent?: object;
  /** Its answer is about one dossier or case, whose existence is not everybody's to know. */
  readonly about?: 'dossier' | 'case';
}

const about = 'dossier';

export const nextRound = roundOf(2023);

/** Every operation of the contract; the service's own document must list the same. */
export const routes: Readonly<Record<string, Route>> = {
  'GET /health/live': { open: 'to everybody' },
  'GET /health/ready': { open: 'to everybody' },
  'POST /v1/simulation/clock': {
    open: 'to everybody',
    sent: { now: '2022-08-26T10:00:00+08:00' },
  },
  'GET /v1/rounds': { open: 'to every token' },
  'POST /v1/rounds': {
    open: ['administrator'],
    sent: { policy: nextRound, reason: '按通知发布' },
  },
  'GET /v1/rounds/{round}': { open: 'to every token' },
  'GET /v1/rounds/{round}/policy': { open: 'to every token' },
  'POST /v1/rounds/{round}/policy': {
    open: ['administrator'],
    sent: { policy: policy2022, reason: '更正' },
  },
  'GET /v1/rounds/{round}/form': { open: 'to every token' },
  'GET /v1/organisations': { open: 'to every token' },
  'GET /v1/organisations/{id}': { open: 'to every token' },
  'PUT /v1/organisations/{id}': {
    open: ['administrator'],
    sent: {
      name: '新建水管站',
      kind: 'public-institution',
      tier: 'county',
      prefecture: 'ili',
      ownership: 'local-state',
      waterSystem: false,
      supervisedBy: 'ili-water-bureau',
    },
  },
  'POST /v1/dossiers': { open: ['applicant'], sent: choiceOf(applicant('somebody')) },
  'GET /v1/dossiers': { open: 'to every token' },
  'GET /v1/dossiers/{id}': { open: 'to every token', about },
  'GET /v1/dossiers/{id}/sections/{section}': { open: 'to every token', about },
  'PUT /v1/dossiers/{id}/sections/{section}': {
    open: ['applicant'],
    sent: { text: '工作总结' },
    about,
  },
  'GET /v1/dossiers/{id}/precheck': { open: ['applicant'], about },
  'POST /v1/dossiers/{id}/submissions': {
    open: ['applicant'],
    sent: { confirmed: true },
    about,
  },
  'GET /v1/dossiers/{id}/submissions': { open: 'to every token', about },
  'GET /v1/dossiers/{id}/submissions/{n}': { open: 'to every token', about },
  'GET /v1/dossiers/{id}/submissions/{n}/changes': { open: 'to every token', about },
  'POST /v1/dossiers/{id}/withdrawal': {
    open: ['applicant'],
    sent: { reason: '个人原因' },
    about,
  },
  'POST /v1/dossiers/{id}/publicity': { open: ['unit-reviewer'], sent: notice, about },
  'GET /v1/dossiers/{id}/publicity': { open: 'to every token', about },
  'POST /v1/dossiers/{id}/publicity/objections': {
    open: ['unit-reviewer'],
    sent: { text: '项目角色与实际不符' },
    about,
  },
  'POST /v1/dossiers/{id}/publicity/objections/{n}/outcome': {
    open: ['unit-reviewer'],
    sent: { upheld: false, statement: '经核查属实，异议不成立' },
    about,
  },
  'POST /v1/dossiers/{id}/recommendation': {
    open: ['unit-reviewer'],
    sent: { checklist, statement, papers: {} },
    about,
  },
  'POST /v1/dossiers/{id}/endorsement': {
    open: ['supervisor'],
    sent: { opinion: '同意' },
    about,
  },
  'POST /v1/dossiers/{id}/returns': {
    open: reviewers,
    sent: { reasons: [reasonAbout('workSummary')] },
    about,
  },
  'GET /v1/dossiers/{id}/returns': { open: 'to every token', about },
  'PUT /v1/dossiers/{id}/returns/latest/reasons/{reason}/explanation': {
    open: ['applicant'],
    sent: { explanation: '说明' },
    about,
  },
  'POST /v1/dossiers/{id}/acceptance': { open: ['title-office'], sent: {}, about },
  'POST /v1/dossiers/{id}/fee': { open: reviewers, sent: { amount: 500 }, about },
  'POST /v1/dossiers/{id}/printed-forms': { open: reviewers, sent: { copies: 2 }, about },
  'POST /v1/dossiers/{id}/defence': {
    open: ['title-office'],
    sent: { defenceAt: '2022-10-12T10:30:00+08:00', meeting: '腾讯会议' },
    about,
  },
  'POST /v1/dossiers/{id}/defence/outcome': {
    open: ['title-office'],
    sent: { attended: true, minutes: 4, passed: true },
    about,
  },
  'POST /v1/evidence': { open: ['applicant', 'unit-reviewer'], about },
  'GET /v1/evidence/{id}': { open: 'to every token', about },
  'PUT /v1/evidence/{id}/masking': { open: ['applicant'], sent: { nameShown: false }, about },
  'POST /v1/falsification-cases': {
    open: ['auditor'],
    sent: { dossier: '', grounds: '任务书与存档不一致' },
    about,
  },
  'GET /v1/falsification-cases': { open: ['auditor'] },
  'GET /v1/falsification-cases/{id}': { open: ['auditor'], about: 'case' },
  'POST /v1/falsification-cases/{id}/hearings': {
    open: ['auditor'],
    sent: { person: 'alice', statement: '任务书由项目部统一提供' },
    about: 'case',
  },
  'POST /v1/falsification-cases/{id}/decision': {
    open: ['auditor'],
    sent: { upheld: false, statement: '未发现弄虚作假' },
    about: 'case',
  },
  'POST /v1/persons/{account}/erasure': {
    open: ['administrator'],
    sent: { ground: 'retention-over' },
  },
  'GET /v1/dossiers/{id}/documents/{document}': { open: 'to every token', about },
  'GET /v1/notifications': { open: 'to every token' },
  'GET /v1/notifications/deliveries': { open: ['administrator'] },
  'GET /v1/queue': { open: reviewers },
  'GET /v1/audit/events': { open: ['auditor'] },
  'GET /v1/audit/evidence/{sha256}': { open: ['auditor'] },
  'GET /v1/audit/leads': { open: ['auditor'] },
  'GET /v1/audit/dossiers/{id}/timeline': { open: ['auditor'], about },
  'GET /v1/audit/dossiers/{id}/decisions/{revision}': { open: ['auditor'] },
  'GET /v1/audit/checkpoints': { open: 'to every token' },
  'GET /v1/audit/proofs/inclusion': { open: 'to every token' },
  'GET /v1/audit/proofs/consistency': { open: 'to every token' },
  'GET /v1/reports': { open: [...reviewers, 'auditor', 'administrator'] },
  'GET /v1/reports/{report}': { open: [...reviewers, 'auditor', 'administrator'] },
};

/** A path of the contract with its places filled: those named here, and usual ones. */
export function pathOf(operation: string, places: Readonly<Record<string, string>> = {}): string {
  const usual = {
    round: '2022',
    section: 'workSummary',
    n: '1',
    reason: '1',
    document: 'publicity-notice',
    account: 'somebody',
    sha256: '0'.repeat(64),
    revision: '1',
    report: 'progress',
  };
  const filled = new Map(Object.entries({ ...usual, ...places }));
  const path = operation.slice(operation.indexOf('/'));
  const query = path.endsWith('/form') ? '?level=senior' : '';
  return path.replace(/\{(\w+)\}/g, (_, name: string) => filled.get(name) ?? '') + query;
}

/** The proper body of an operation; the one that names a dossier names this one. */
export function bodyOf(operation: string, dossier: string): object {
  const sent = routes[operation]?.sent ?? {};
  return 'dossier' in sent ? { ...sent, dossier } : sent;
}
