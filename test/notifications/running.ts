import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { AppModule } from '../../src/app.module';
import { CLOCK, EVENT_STORE } from '../../src/application/ports';
import type { Config } from '../../src/config';
import type { SimulatedClock } from '../../src/engine/clock';
import type { EventStore } from '../../src/engine/event-store';
import type { Instant } from '../../src/engine/instant';
import type { Page } from '../../src/http/answers';
import { createLogger } from '../../src/http/logging';
import { createApp } from '../../src/http/server';
import { openStores } from '../../src/stores';
import { testConfig } from '../support/http';
import { body, Client, claimsOf, tokenOf, type Person } from '../support/service';
import { happens, opened, submitted } from './happenings';

/* The whole service, with a hand in its log and its clock. */

export interface Running {
  readonly url: string;
  readonly store: EventStore;
  as(person: Person): Client;
  /** `Authorization` of a person, for what is not asked through a Client. */
  bearer(person: Person): string;
  moveTo(now: Instant): void;
  stop(): Promise<void>;
  /** Ends it, and starts one on its data. */
  restart(now: Instant): Promise<Running>;
}

export async function running(
  simulatedNow: Instant,
  changed: Partial<Config> = {},
  dataDir = mkdtempSync(join(tmpdir(), 'notifications-')),
): Promise<Running> {
  const settings = { logLevel: 'silent', readAfterTimeout: 30_000 } as const;
  const config = testConfig({ ...settings, ...changed, dataDir, simulatedNow });
  const module = AppModule.forRoot(config, await openStores(config));
  const app = await createApp(config, module, createLogger(config));
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const token = (person: Person): string => tokenOf(claimsOf(person));
  return {
    url,
    store: app.get<EventStore>(EVENT_STORE),
    as: (person) => new Client(url, token(person)),
    bearer: (person) => `Bearer ${token(person)}`,
    moveTo: (now) => {
      if (!app.get<SimulatedClock>(CLOCK).moveTo(now)) throw new Error(`${now} has passed`);
    },
    stop: async () => {
      await app.close();
      rmSync(dataDir, { recursive: true });
    },
    restart: async (now) => {
      await app.close();
      return running(now, changed, dataDir);
    },
  };
}

/** A notification as the list has it. */
export interface Item {
  readonly id: string;
  readonly position: string;
  readonly type: string;
  readonly dossier: string;
  readonly deadline: string | null;
  readonly title: string;
  readonly text: string;
}

/** What a person was told, once a position is among it. */
export function listOf(
  service: Running,
  person: Person,
  after: string,
  query = '',
): Promise<Page<Item>> {
  const asked = service.as(person).get(`/v1/notifications${query}`).set('Read-After', after);
  return body(asked, 200);
}

/** Opens and files a person's dossier; tells the position. */
export function filed(store: EventStore, { subject }: Person): Promise<string> {
  return happens(store, subject, [opened(subject), submitted(subject)]);
}

/** One event of a stream as it came over the line. */
export interface Heard {
  readonly id: string;
  readonly data: { readonly type: string; readonly title: string; readonly position: string };
}

/** A client of the stream of notifications. */
export class Listener {
  readonly heard: Heard[] = [];
  /** Resolves when the service ends the stream, or the listener hangs up. */
  readonly over: Promise<void>;

  private constructor(private readonly response: IncomingMessage) {
    this.over = once(response, 'close').then(() => undefined);
    let text = '';
    response.setEncoding('utf8');
    response.on('error', () => undefined); // Hanging up is one.
    response.on('data', (part: string) => {
      const blocks = (text + part).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.take(block);
    });
  }

  static async to(
    service: Pick<Running, 'url' | 'bearer'>,
    person: Person,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{
    readonly status: number | undefined;
    readonly headers: IncomingHttpHeaders;
    readonly listener: Listener;
  }> {
    // Not fetch, which opens a connection for its next request when one is broken off.
    const request = get(`${service.url}/v1/notifications`, {
      headers: {
        authorization: service.bearer(person),
        accept: 'text/event-stream',
        ...headers,
      },
      agent: false,
    });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return {
      status: response.statusCode,
      headers: response.headers,
      listener: new Listener(response),
    };
  }

  async hangUp(): Promise<void> {
    this.response.destroy();
    await this.over;
  }

  private take(block: string): void {
    const id = /^id: (.*)$/m.exec(block)?.[1];
    const data = /^data: (.*)$/m.exec(block)?.[1];
    if (id === undefined || data === undefined) return;
    this.heard.push({ id, data: JSON.parse(data) as Heard['data'] });
  }
}
