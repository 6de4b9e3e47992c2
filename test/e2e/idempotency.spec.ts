import type { Response } from 'supertest';

import { policy2022 } from '../../src/rounds/policy-2022';
import { moveClockTo, refusal, startService } from '../support/service';
import type { Person, ServiceInProcess } from '../support/service';
import { choiceOf, DossierFile, notice, pdf, reasonAbout } from './dossier-file';
import {
  administrator,
  alice,
  auditor,
  bob,
  bureauSupervisor,
  officer,
  prefectureSupervisor,
  secondAuditor,
  unitReviewer,
} from './people';
import { operationsOf } from './operations';
import { nextRound } from './routes';

/** A POST as it is sent, once for the first time and then again. */
interface Command {
  readonly route: string;
  readonly by: Person;
  readonly path: string;
  readonly sent: unknown;
  /** Another body; undefined where the command has none to differ. */
  readonly other?: unknown;
}

/** Sends a command for the first time. */
type Send = (command: Command) => Promise<{ readonly id: string }>;

/** A route whose body is a form instead. */
const isScan = (sent: unknown): sent is Buffer => Buffer.isBuffer(sent);

describe('With an Idempotency-Key', () => {
  let service: ServiceInProcess;
  const commands: Command[] = [];
  const answers = new Map<Command, Response>();

  const send = ({ by, path, sent }: Command, key: string) => {
    const client = service.as(by);
    const test = isScan(sent) ? client.upload(path, sent) : client.post(path, sent);
    return test.set('Idempotency-Key', key);
  };
  const keyOf = (command: Command) => `key-${commands.indexOf(command)}`;

  beforeAll(async () => {
    service = await startService({ simulatedNow: '2022-08-08T09:00:00.000+08:00' });
    await season(service, async (command) => {
      commands.push(command);
      const answer = await send(command, keyOf(command));
      if (answer.status !== 201) throw new Error(`${command.route}: ${answer.text}`);
      answers.set(command, answer);
      return answer.body as { readonly id: string };
    });
  });
  afterAll(() => service.stop());

  it('every command there is, is tried here', async () => {
    const posts = (await operationsOf(service)).filter((route) => route.startsWith('POST /v1/'));
    // An erasure is tried where a clock may stand ten years on: erasure.spec.ts.
    const elsewhere = ['POST /v1/simulation/clock', 'POST /v1/persons/{account}/erasure'];
    expect(new Set(commands.map(({ route }) => route))).toEqual(
      new Set(posts.filter((route) => !elsewhere.includes(route))),
    );
  });

  const repeatsAddNothing = async () => {
    const before = await service.events();
    for (const command of commands) {
      const again = await send(command, keyOf(command));
      const first = answers.get(command);
      expect([command.route, again.status, again.body]).toEqual([
        command.route,
        201,
        first?.body as unknown,
      ]);
      expect(again.headers.etag).toBe(first?.headers.etag);
    }
    expect(await service.events()).toEqual(before);
  };

  it('the same command again gives the first answer and adds no event', repeatsAddNothing);

  it('another body under a key that was used is refused', async () => {
    const before = await service.events();
    for (const command of commands.filter(({ other }) => other !== undefined)) {
      const answer = send({ ...command, sent: command.other }, keyOf(command));
      expect([command.route, ...(await refusal(answer))]).toEqual([
        command.route,
        422,
        'idempotency-key-reused',
      ]);
    }
    expect(await service.events()).toEqual(before);
  });

  it('each command is in the log once', async () => {
    const ids = (await service.events()).flatMap(({ metadata }) => metadata.command?.id ?? []);
    expect(ids).toHaveLength(commands.length);
    expect(new Set(ids).size).toBe(commands.length);
  });

  it('ten at once are one', async () => {
    const open: Command = {
      route: '',
      by: bob,
      path: '/v1/dossiers',
      sent: choiceOf(bob),
    };
    const before = (await service.events()).length;
    const all = await Promise.all(Array.from({ length: 10 }, () => send(open, 'at-once')));
    expect(all.map(({ status }) => status)).toEqual(Array<number>(10).fill(201));
    expect(new Set(all.map(({ text }) => text)).size).toBe(1);
    expect(await service.events()).toHaveLength(before + 1);
  });

  it("one person's key is not another's", async () => {
    const other = { ...alice, subject: 'alice-too' };
    const open: Command = { route: '', by: other, path: '/v1/dossiers', sent: choiceOf(other) };
    expect((await send(open, 'key-0')).status).toBe(201);
  });

  it('a refused command may be tried again under its key', async () => {
    const file = await DossierFile.filledIn(service, { ...alice, subject: 'hasty' });
    const submit = (confirmed: boolean): Command => ({
      route: '',
      by: file.applicant,
      path: `${file.path}/submissions`,
      sent: { confirmed },
    });
    expect((await send(submit(false), 'hasty')).status).toBe(422);
    expect((await send(submit(true), 'hasty')).status).toBe(201);
  });

  it('the first answer is given after a restart too', async () => {
    service = await service.restart();
    await repeatsAddNothing();
  });
});

/** Alice's dossier from its opening to the defence, by way of a withdrawal and a return; and a case about it. */
async function season(service: ServiceInProcess, send: Send): Promise<void> {
  const dossier = await DossierFile.open(service, alice);
  const act = (what: string, by: Person, sent: unknown, other?: unknown) =>
    send({
      route: `POST /v1/dossiers/{id}/${what.replace(/\/\d+/, '/{n}')}`,
      by,
      path: `${dossier.path}/${what}`,
      sent,
      other,
    });

  await act('withdrawal', alice, { reason: '填错单位' }, { reason: '其他' });
  const choice = choiceOf(alice);
  const other = { ...choice, level: 'junior' };
  await send({ route: 'POST /v1/dossiers', by: alice, path: '/v1/dossiers', sent: choice, other });
  const [sent, another] = [pdf('证书'), pdf('另一证书')];
  await send({ route: 'POST /v1/evidence', by: alice, path: dossier.id, sent, other: another });
  await dossier.fillIn();
  await act('submissions', alice, { confirmed: true }, { confirmed: false });
  await act('returns', unitReviewer, { reasons: [reason] }, { reasons: [reason, reason] });
  await dossier.summarise('第二稿');
  await act('submissions', alice, { confirmed: true }, { confirmed: false });

  await act('publicity', unitReviewer, notice, { ...notice, place: '二楼' });
  await act('publicity/objections', unitReviewer, { text: '角色不符' }, { text: '学历不符' });
  const outcome = { upheld: false, statement: '经核查属实' };
  await act('publicity/objections/1/outcome', unitReviewer, outcome, { ...outcome, upheld: true });
  const recommendation = await dossier.recommendation();
  await act('recommendation', unitReviewer, recommendation, { ...recommendation, checklist: {} });
  await act('endorsement', bureauSupervisor, { opinion: '同意' }, { opinion: '不同意' });
  await act('endorsement', prefectureSupervisor, { opinion: '同意' }, {});
  await moveClockTo(service, '2022-08-25T09:00:00.000+08:00');
  await act('acceptance', officer, undefined);

  await act('fee', unitReviewer, { amount: 500 }, { amount: 350 });
  await act('printed-forms', unitReviewer, { copies: 2 }, { copies: 1 });
  const defence = { defenceAt: '2022-08-26T10:30:00+08:00', meeting: '腾讯会议' };
  await act('defence', officer, defence, { ...defence, meeting: '现场' });
  await moveClockTo(service, '2022-08-26T10:40:00.000+08:00');
  const passed = { attended: true, minutes: 4, passed: true };
  await act('defence/outcome', officer, passed, { ...passed, passed: false });

  await falsification(dossier, send);
  await rounds(send);
}

async function falsification(dossier: DossierFile, send: Send): Promise<void> {
  const route = 'POST /v1/falsification-cases';
  const path = '/v1/falsification-cases';
  const sent = { dossier: dossier.id, grounds: '任务书与存档不一致' };
  const other = { ...sent, grounds: '其他' };
  const { id } = await send({ route, by: auditor, path, sent, other });
  const hearing = { person: dossier.applicant.subject, statement: '任务书由项目部统一提供' };
  await send({
    route: `${route}/{id}/hearings`,
    by: auditor,
    path: `${path}/${id}/hearings`,
    sent: hearing,
    other: { ...hearing, statement: '其他' },
  });
  const decision = { upheld: false, statement: '未发现弄虚作假' };
  await send({
    route: `${route}/{id}/decision`,
    by: secondAuditor,
    path: `${path}/${id}/decision`,
    sent: decision,
    other: { ...decision, upheld: true },
  });
}

async function rounds(send: Send): Promise<void> {
  const by = administrator;
  const [publish, correct] = [nextRound, policy2022].map((policy) => ({
    policy,
    reason: '按通知',
  }));
  const other = { policy: nextRound, reason: '其他' };
  await send({ route: 'POST /v1/rounds', by, path: '/v1/rounds', sent: publish, other });
  const route = 'POST /v1/rounds/{round}/policy';
  await send({ route, by, path: '/v1/rounds/2022/policy', sent: correct, other });
}

const reason = reasonAbout('workSummary');
