import type { Act } from './act';
import type { HttpRequest } from './client';
import { grassrootsChecks, round } from './notice';

/** M-9: the unit's answer to the one certificate that people of the season may have; without it none is asked for. */
const judgements = { '/sections/qualification/vocationalCertificates/0': true };

/** An act as the REST contract wants it. `dossier` is its id; empty before it is opened. */
export function requestOf(act: Act, dossier: string): HttpRequest {
  const path = `/v1/dossiers/${dossier}`;
  switch (act.kind) {
    case 'look':
      return { method: 'GET', path };
    case 'open':
      return { method: 'POST', path: '/v1/dossiers', body: { round, ...act.choice } };
    case 'save': {
      const headers = act.ifRevision === undefined ? {} : { 'if-match': `"${act.ifRevision}"` };
      return { method: 'PUT', path: `${path}/sections/${act.section}`, body: act.content, headers };
    }
    case 'attach':
      return { method: 'POST', path: '/v1/evidence', form: formOf(act, dossier) };
    case 'mask': {
      const { nameShown, maskedVersion } = act;
      const body = { nameShown, maskedVersion };
      return { method: 'PUT', path: `/v1/evidence/${dossier}.${act.sha256}/masking`, body };
    }
    case 'explain': {
      const reason = `${path}/returns/latest/reasons/${act.reason}/explanation`;
      return { method: 'PUT', path: reason, body: { explanation: act.explanation } };
    }
    case 'submit': {
      const headers = act.key === undefined ? {} : { 'idempotency-key': act.key };
      const body = act.confirmed ? { confirmed: true } : {};
      return { method: 'POST', path: `${path}/submissions`, body, headers };
    }
    case 'withdraw':
      return { method: 'POST', path: `${path}/withdrawal`, body: { reason: '个人原因' } };
    case 'publish': {
      const body = { place: '单位办公楼一楼公示栏', telephone: '0991-0000000' };
      return { method: 'POST', path: `${path}/publicity`, body };
    }
    case 'object': {
      const body = { text: '反映其2019年项目角色与实际不符。' };
      return { method: 'POST', path: `${path}/publicity/objections`, body };
    }
    case 'settle-objection': {
      const body = { upheld: false, statement: '经核查项目任务书，角色属实，异议不成立。' };
      const outcome = `${path}/publicity/objections/${act.number}/outcome`;
      return { method: 'POST', path: outcome, body };
    }
    case 'recommend': {
      const { statement, papers } = act;
      const checklist = Object.fromEntries(
        grassrootsChecks.map((check) => [check, act.checked.includes(check)]),
      );
      const body = { checklist, statement, papers, judgements };
      return { method: 'POST', path: `${path}/recommendation`, body };
    }
    case 'endorse':
      return { method: 'POST', path: `${path}/endorsement`, body: { opinion: '同意上报。' } };
    case 'return': {
      const reasons = act.reasons.map((reason) => ({ ...reason }));
      return { method: 'POST', path: `${path}/returns`, body: { reasons } };
    }
    case 'accept':
      return { method: 'POST', path: `${path}/acceptance` };
    case 'precheck':
      return { method: 'GET', path: `${path}/precheck` };
    case 'receipts':
      return { method: 'GET', path: `${path}/submissions` };
    case 'fee':
      return { method: 'POST', path: `${path}/fee`, body: { amount: act.amount } };
    case 'printed-forms':
      return { method: 'POST', path: `${path}/printed-forms`, body: { copies: act.copies } };
    case 'appoint-defence': {
      const body = { defenceAt: act.defenceAt, meeting: '腾讯会议，会议号以短信为准' };
      return { method: 'POST', path: `${path}/defence`, body };
    }
    case 'conclude-defence': {
      const { attended, cause, minutes, passed } = act;
      const body = { attended, cause, minutes, passed };
      return { method: 'POST', path: `${path}/defence/outcome`, body };
    }
    case 'open-case': {
      const body = { dossier, grounds: '业绩成果第1项的项目任务书与建设单位存档不一致。' };
      return { method: 'POST', path: '/v1/falsification-cases', body };
    }
    case 'decide-case': {
      const statement = act.upheld ? '经核查存档原件，弄虚作假属实。' : '经核查，材料属实。';
      const decision = `/v1/falsification-cases/${act.id}/decision`;
      return { method: 'POST', path: decision, body: { upheld: act.upheld, statement } };
    }
  }
}

function formOf({ file, bytes }: Extract<Act, { kind: 'attach' }>, dossier: string): FormData {
  const form = new FormData();
  form.append('dossier', dossier);
  form.append('file', new Blob([bytes], { type: file.mediaType }), file.name);
  return form;
}
