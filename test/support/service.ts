import { spawn, type ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

import type { DynamicModule } from '@nestjs/common';
import request, { type Response, type Test } from 'supertest';

import { AppModule } from '../../src/app.module';
import type { Role } from '../../src/application/access';
import { checkpointStream } from '../../src/audit/signed-checkpoints';
import { CLOCK, EVENT_STORE } from '../../src/application/ports';
import type { Config } from '../../src/config';
import type { Clock } from '../../src/engine/clock';
import type { EventStore, RecordedEvent } from '../../src/engine/event-store';
import type { Instant } from '../../src/engine/instant';
import { createLogger } from '../../src/http/logging';
import type { ProblemDocument } from '../../src/http/problem-document';
import { createApp } from '../../src/http/server';
import { Metrics } from '../../src/metrics/metrics';
import { openStores } from '../../src/stores';
import { jwtKey, testConfig } from './http';

/* The whole service, for specs that talk to it over HTTP as its clients do. */

/** Inside the filing and the review window of 2022. */
export const inBothWindows: Instant = '2022-08-26T09:00:00.000+08:00';

export interface Person {
  readonly subject: string;
  readonly roles: readonly Role[];
  readonly organisation: string | null;
}

/** A JSON Web Token of these claims, signed with the key the services under test know. */
export function tokenOf(claims: object, { alg = 'HS256', key = jwtKey.export() } = {}): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg, typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

/** What a token that holds says of a person. */
export function claimsOf({ subject, roles, organisation }: Person) {
  const now = Math.floor(Date.now() / 1000);
  return {
    sub: subject,
    roles,
    ...(organisation === null ? {} : { org: organisation }),
    aud: 'title-review',
    iss: 'title-review',
    iat: now,
    exp: now + 3600,
  };
}

/** Speaks HTTP for one person. */
export class Client {
  constructor(
    private readonly url: string,
    private readonly token: string | null,
  ) {}

  get(path: string): Test {
    return this.identified(request(this.url).get(path));
  }

  post(path: string, body?: unknown): Test {
    const test = this.identified(request(this.url).post(path));
    return body === undefined ? test : asJson(test, body);
  }

  put(path: string, body: unknown): Test {
    return asJson(this.identified(request(this.url).put(path)), body);
  }

  /** Uploads a scan; the dossier is named first, as the contract asks. */
  upload(dossier: string, content: Buffer, filename = 'scan.pdf'): Test {
    return this.post('/v1/evidence').field('dossier', dossier).attach('file', content, filename);
  }

  /** A body byte for byte as given, whatever it is. */
  postBytes(path: string, type: string, bytes: Buffer): Test {
    const asItIs = (content: Buffer) => content as unknown as string;
    return this.post(path).type(type).serialize(asItIs).send(bytes);
  }

  private identified(test: Test): Test {
    return this.token === null ? test : test.set('Authorization', `Bearer ${this.token}`);
  }
}

/** Written here and not by the library, which would not send a bare `5` or `null`. */
function asJson(test: Test, body: unknown): Test {
  return test.type('application/json').send(JSON.stringify(body));
}

/** The answer's body where it has this status; else an Error that shows the answer. */
export async function body<T>(test: Test, status: number): Promise<T> {
  const response = await test;
  if (response.status !== status) {
    throw new Error(
      `${test.method} ${test.url}: ${response.status} ${response.text.slice(0, 2000)}`,
    );
  }
  return response.body as T;
}

/** Status and code of a refusal, which must be a proper problem document. */
export async function refusal(test: Test | Promise<Response>): Promise<[number, string]> {
  const { status, code } = problemIn(await test);
  return [status, code];
}

export function problemIn(response: Response): ProblemDocument {
  const problem = response.body as ProblemDocument;
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(problem).toMatchObject({ status: response.status, type: `/problems/${problem.code}` });
  expect(problem.title).not.toBe('');
  expect(problem.detail).not.toBe('');
  // A stack trace, or a place in the source.
  expect(response.text).not.toMatch(/\bat \S+ \(|node_modules|[\\/](src|dist)[\\/]|\.[jt]s:\d/);
  return problem;
}

export interface Service {
  readonly url: string;
  /** Without a person, without a token. */
  as(person: Person | null): Client;
  /** Ends it, and removes its data. */
  stop(): Promise<void>;
}

export interface ServiceInProcess extends Service {
  /** Every event in the log but the checkpoints. */
  events(): Promise<readonly RecordedEvent[]>;
  /** The whole log, with the checkpoints that are signed in their own time. */
  log(): Promise<readonly RecordedEvent[]>;
  /** What people did, but what they looked at; the service's own processes add to the log in their own time. */
  acts(): Promise<readonly RecordedEvent[]>;
  /** Every line the service logged. */
  readonly logged: readonly string[];
  readonly dataDir: string;
  /** Ends it, and starts one on the data it leaves. */
  restart(options?: ServiceOptions): Promise<ServiceInProcess>;
}

export interface ServiceOptions extends Partial<
  Pick<
    Config,
    | 'logLevel'
    | 'evidenceLimit'
    | 'readAfterTimeout'
    | 'eventStore'
    | 'mongodb'
    | 'webhook'
    | 'metricsReaders'
    | 'trustProxy'
    | 'rateLimits'
    | 'atOnce'
  >
> {
  /** SIMULATED_NOW; null for the machine's clock. */
  readonly simulatedNow?: Instant | null;
  /** A clock of the test's own, in place of the simulated one. */
  readonly clock?: Clock;
  /** Any free one by default. */
  readonly port?: number;
  /** What stands between the service and its log. */
  readonly through?: (log: EventStore) => EventStore;
}

/** The service in this process, on a free port, with a data folder of its own. */
export async function startService(
  options: ServiceOptions = {},
  dataDir = temporaryFolder(),
): Promise<ServiceInProcess> {
  const { simulatedNow = inBothWindows, clock, port = 0, through, ...settings } = options;
  const logged: string[] = [];
  const quiet = { logLevel: 'silent', readAfterTimeout: 30_000 } as const;
  const config = testConfig({ ...quiet, ...settings, dataDir, simulatedNow });
  const logger = createLogger(config, { write: (line) => void logged.push(line) });
  const app = await createApp(config, await moduleWith(config, { clock, through }), logger);
  await app.listen(port, '127.0.0.1');
  const url = await app.getUrl();
  const log = () => everyEvent(app.get<EventStore>(EVENT_STORE));
  const events = async () => withoutCheckpoints(await log());
  return {
    url,
    dataDir,
    logged,
    as: (person) => new Client(url, person && tokenOf(claimsOf(person))),
    events,
    log,
    acts: async () =>
      (await events()).filter(
        ({ metadata, type }) => metadata.actor.kind === 'person' && type !== 'PersonalDataRead',
      ),
    restart: async (later = options) => {
      await app.close();
      return startService(later, dataDir);
    },
    stop: async () => {
      await app.close();
      remove(dataDir);
    },
  };
}

async function moduleWith(
  config: Config,
  { clock, through }: { clock: Clock | undefined; through: ServiceOptions['through'] },
): Promise<DynamicModule> {
  const metrics = new Metrics();
  const stores = await openStores(config, {
    onAppend: (outcome, seconds) => {
      metrics.appends.observe({ outcome }, seconds);
    },
  });
  const module = AppModule.forRoot(config, stores, metrics);
  const replaced = [
    ...(clock === undefined ? [] : [{ provide: CLOCK, useValue: clock }]),
    ...(through === undefined ? [] : [{ provide: EVENT_STORE, useValue: through(stores.events) }]),
  ];
  return { ...module, providers: [...(module.providers ?? []), ...replaced] };
}

/** Checkpoints are signed when it is time to, whatever a spec does. */
export function withoutCheckpoints(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  return events.filter(({ stream }) => stream !== checkpointStream);
}

export async function everyEvent(store: EventStore): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  const subscription = new AbortController();
  for await (const batch of store.subscribe(null, { signal: subscription.signal })) {
    events.push(...batch.events);
    if (batch.caughtUp) break;
  }
  subscription.abort();
  return events;
}

const main = resolve(__dirname, '../../dist/main.js');

/** `describe` for specs that need the built service; skipped, and said so, where there is none. */
export function describeBuilt(name: string, specs: () => void): void {
  if (existsSync(main)) {
    describe(name, specs);
    return;
  }
  console.warn(`skipped: "${name}" needs ${main}; npm run build makes it`);
  describe.skip(name, specs);
}

export interface SpawnedService extends Service {
  readonly pid: number;
  readonly dataDir: string;
  /** Ends the process at once, as a power cut would: kill -9. */
  kill(): Promise<void>;
  /** Stops the process where it stands, as a hypervisor does; and lets it go on. */
  pause(): void;
  wake(): void;
  /** Another process on the data this one left. */
  restart(): Promise<SpawnedService>;
}

/** The built service as a process of its own, inside both windows of 2022. */
export async function spawnService(
  dataDir = temporaryFolder(),
  env: Readonly<Record<string, string>> = {},
): Promise<SpawnedService> {
  const process = spawn(globalThis.process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      NODE_ENV: 'test',
      DATA_DIR: dataDir,
      HOST: '127.0.0.1',
      PORT: '0',
      JWT_KEY: jwtKey.export().toString(),
      SIMULATED_NOW: inBothWindows,
      ...env,
    },
  });
  const ended = new Promise((done) => process.once('exit', done));
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    process.kill(signal);
    await ended;
  };
  const url = await addressOf(process);
  return {
    url,
    dataDir,
    pid: process.pid ?? 0,
    as: (person) => new Client(url, person && tokenOf(claimsOf(person))),
    kill: () => end('SIGKILL'),
    pause: () => process.kill('SIGSTOP'),
    wake: () => process.kill('SIGCONT'),
    restart: async () => {
      await end('SIGTERM');
      return spawnService(dataDir, env);
    },
    stop: async () => {
      await end('SIGTERM');
      remove(dataDir);
    },
  };
}

/** Told in its line `listening`; whatever else it prints is read and left. */
function addressOf(process: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    process.once('exit', (code) => {
      failed(new Error(`the service ended with ${String(code)} before it listened`));
    });
    if (process.stdout === null) return;
    createInterface(process.stdout).on('line', (line) => {
      if (line.includes('"msg":"unforeseen error"')) globalThis.process.stderr.write(`${line}\n`);
      const address = /"address":"([^"]+)".*"msg":"listening"/.exec(line)?.[1];
      if (address !== undefined) found(address);
    });
  });
}

/** Inside a folder of its own, so that whatever lies beside it was put there by the service. */
function temporaryFolder(): string {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'title-review-')), 'data');
  ownFolders.add(dataDir);
  return dataDir;
}

/** Data folders made here, and the only ones that are ever removed. */
const ownFolders = new Set<string>();

function remove(dataDir: string): void {
  if (ownFolders.delete(dataDir)) rmSync(dirname(dataDir), { recursive: true, force: true });
}

/** Moves the simulated clock there, unless it has come further by itself. */
export async function moveClockTo(service: Service, now: Instant): Promise<void> {
  const { status, text } = await service.as(null).post('/v1/simulation/clock', { now });
  if (status !== 200 && status !== 409) throw new Error(`the clock answered ${status} ${text}`);
}

/** Looks again until the check holds; fails where it does not for long. */
export async function until(check: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < 2400; look += 1) {
    if (await check()) return;
    await sleep(50);
  }
  throw new Error('it did not come about');
}
