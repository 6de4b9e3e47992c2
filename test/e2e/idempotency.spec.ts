import type { Response } from 'supertest';

import { refusal, startService } from '../support/service';
import type { Person, ServiceInProcess } from '../support/service';
import { checklist, choiceOf, DossierFile, pdf, reasonAbout } from './dossier-file';
import {
  alice,
  bob,
  bureauSupervisor,
  officer,
  prefectureSupervisor,
  unitReviewer,
} from './people';
import { operationsOf } from './operations';

/** A POST as it is sent, once for the first time and then again. */
interface Command {
  readonly route: string;
  readonly by: Person;
  readonly path: string;
  readonly sent: unknown;
  /** Another body; undefined where the command has none to differ. */
  readonly other?: unknown;
}

/** A route whose body is a form instead. */
const isScan = (sent: unknown): sent is Buffer => Buffer.isBuffer(sent);

describe('With an Idempotency-Key', () => {
  let service: ServiceInProcess;
  let commands: Command[];
  const answers = new Map<Command, Response>();

  const send = ({ by, path, sent }: Command, key: string) => {
    const client = service.as(by);
    const test = isScan(sent) ? client.upload(path, sent) : client.post(path, sent);
    return test.set('Idempotency-Key', key);
  };
  const keyOf = (command: Command) => `key-${commands.indexOf(command)}`;

  beforeAll(async () => {
    service = await startService();
    const dossier = await DossierFile.open(service, alice);
    commands = season(dossier);
    for (const [index, command] of commands.entries()) {
      if (command.path.endsWith('/submissions')) await dossier.summarise(`第${index}稿`);
      const answer = await send(command, keyOf(command));
      if (answer.status !== 201) throw new Error(`${command.route}: ${answer.text}`);
      answers.set(command, answer);
    }
  });
  afterAll(() => service.stop());

  it('every command there is, is tried here', async () => {
    const posts = (await operationsOf(service)).filter((route) => route.startsWith('POST /v1/'));
    expect(new Set(commands.map(({ route }) => route))).toEqual(
      new Set(posts.filter((route) => route !== 'POST /v1/simulation/clock')),
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
    const file = await DossierFile.open(service, { ...alice, subject: 'hasty' });
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

/** Alice's dossier from its opening to acceptance, by way of a withdrawal and a return. */
function season({ id, path }: DossierFile): Command[] {
  const act = (what: string, by: Person, sent: unknown, other?: unknown): Command => ({
    route: `POST /v1/dossiers/{id}/${what}`,
    by,
    path: `${path}/${what}`,
    sent,
    other,
  });
  const submit = act('submissions', alice, { confirmed: true }, { confirmed: false });
  const approve = [
    act('publicity', unitReviewer, publicity, { ...publicity, place: '二楼' }),
    act('recommendation', unitReviewer, { checklist }, { checklist: {} }),
    act('endorsement', bureauSupervisor, { opinion: '同意' }, { opinion: '不同意' }),
    act('endorsement', prefectureSupervisor, { opinion: '同意' }, {}),
    act('acceptance', officer, undefined),
  ];
  return [
    act('withdrawal', alice, { reason: '填错单位' }, { reason: '其他' }),
    {
      route: 'POST /v1/dossiers',
      by: alice,
      path: '/v1/dossiers',
      sent: choiceOf(alice),
      other: { ...choiceOf(alice), level: 'junior' },
    },
    { route: 'POST /v1/evidence', by: alice, path: id, sent: pdf('证书'), other: pdf('另一证书') },
    submit,
    act('returns', unitReviewer, { reasons: [reason] }, { reasons: [reason, reason] }),
    { ...submit },
    ...approve,
  ];
}

const publicity = { place: '一楼公示栏', telephone: '0998-0000000' };
const reason = reasonAbout('workSummary');
