import type { Role } from '../../src/application/access';
import { checklist, choiceOf, reasonAbout } from './dossier-file';
import { applicant } from './people';

const reviewers = ['unit-reviewer', 'supervisor', 'title-office'] as const;

/** Who may call an operation: everybody, everybody with a token, or the holders of a role. */
export interface Route {
  readonly open: 'to everybody' | 'to every token' | readonly Role[];
  /** A proper body. */
  readonly sent?: object;
  /** Its answer is about one dossier, whose existence is not everybody's to know. */
  readonly dossier?: true;
}

const dossier = true;

/** Every operation of the contract; the service's own document must list the same. */
export const routes: Readonly<Record<string, Route>> = {
  'GET /health/live': { open: 'to everybody' },
  'GET /health/ready': { open: 'to everybody' },
  'POST /v1/simulation/clock': {
    open: 'to everybody',
    sent: { now: '2022-08-26T10:00:00+08:00' },
  },
  'GET /v1/rounds': { open: 'to every token' },
  'GET /v1/rounds/{round}': { open: 'to every token' },
  'GET /v1/rounds/{round}/policy': { open: 'to every token' },
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
  'GET /v1/dossiers/{id}': { open: 'to every token', dossier },
  'GET /v1/dossiers/{id}/sections/{section}': { open: 'to every token', dossier },
  'PUT /v1/dossiers/{id}/sections/{section}': {
    open: ['applicant'],
    sent: { text: '工作总结' },
    dossier,
  },
  'GET /v1/dossiers/{id}/precheck': { open: ['applicant'], dossier },
  'POST /v1/dossiers/{id}/submissions': {
    open: ['applicant'],
    sent: { confirmed: true },
    dossier,
  },
  'GET /v1/dossiers/{id}/submissions': { open: 'to every token', dossier },
  'GET /v1/dossiers/{id}/submissions/{n}': { open: 'to every token', dossier },
  'GET /v1/dossiers/{id}/submissions/{n}/changes': { open: 'to every token', dossier },
  'POST /v1/dossiers/{id}/withdrawal': {
    open: ['applicant'],
    sent: { reason: '个人原因' },
    dossier,
  },
  'POST /v1/dossiers/{id}/publicity': {
    open: ['unit-reviewer'],
    sent: { place: '一楼公示栏', telephone: '0999-0000000' },
    dossier,
  },
  'POST /v1/dossiers/{id}/recommendation': {
    open: ['unit-reviewer'],
    sent: { checklist },
    dossier,
  },
  'POST /v1/dossiers/{id}/endorsement': {
    open: ['supervisor'],
    sent: { opinion: '同意' },
    dossier,
  },
  'POST /v1/dossiers/{id}/returns': {
    open: reviewers,
    sent: { reasons: [reasonAbout('workSummary')] },
    dossier,
  },
  'GET /v1/dossiers/{id}/returns': { open: 'to every token', dossier },
  'PUT /v1/dossiers/{id}/returns/latest/reasons/{reason}/explanation': {
    open: ['applicant'],
    sent: { explanation: '说明' },
    dossier,
  },
  'POST /v1/dossiers/{id}/acceptance': { open: ['title-office'], sent: {}, dossier },
  'POST /v1/evidence': { open: ['applicant'], dossier },
  'GET /v1/evidence/{id}': { open: 'to every token', dossier },
  'GET /v1/queue': { open: reviewers },
  'GET /v1/audit/events': { open: ['auditor'] },
};

/** A path of the contract with its places filled: those named here, and usual ones. */
export function pathOf(operation: string, places: Readonly<Record<string, string>> = {}): string {
  const usual = { round: '2022', section: 'workSummary', n: '1', reason: '1' };
  const filled = new Map(Object.entries({ ...usual, ...places }));
  const path = operation.slice(operation.indexOf('/'));
  const query = path.endsWith('/form') ? '?level=senior' : '';
  return path.replace(/\{(\w+)\}/g, (_, name: string) => filled.get(name) ?? '') + query;
}
