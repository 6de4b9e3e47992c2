import { percentile } from '../harness/measurement';
import { inFolder, onCopy, type Draft, type SeededStore } from '../store/seeded-store';
import { chain } from '../store/dossiers';
import { startBareRoute } from './bare-route';
import { client, send, type Answered, type Request, type Running } from './load';
import { Service, tokenOf } from './service';

/** Requests under way at the same time. */
export const connections = 64;
const readingConnections = 4;

/** What commands a round sends, for some of the store's drafts; not the same twice. */
export type Commands = (drafts: readonly Identified[], round: number) => readonly Request[];

export interface Identified extends Draft {
  readonly token: string;
}

export interface Pace {
  /** Requests a second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  /** Of the service's event loop, 99th percentile, milliseconds; not a number where it is not known. */
  readonly loopDelay: number;
}

export interface Paces {
  readonly alone: Pace;
  readonly withReaders: Pace;
  /** The bare route, given the same bodies. */
  readonly bare: Pace;
}

/** One run: the service with commands alone, then beside readers; and the bare route with the same bodies. */
export function pacesOf(store: SeededStore, commands: Commands, status: number): Promise<Paces> {
  return withService(store, async (service, folder) => {
    const drafts = await identified(folder, store.drafts);
    const third = Math.ceil(drafts.length / 3);
    const [first, second, last] = [0, 1, 2].map((n) =>
      commands(drafts.slice(n * third, (n + 1) * third), n),
    );
    const load = (requests: readonly Request[] = []) => ({ requests, connections, status });
    await send(service.port, load(first)); // Warms up.
    await service.eventLoopDelay();
    const alone = pace(await send(service.port, load(second)), await service.eventLoopDelay());
    const readers = await reading(service, folder, store);
    const answered = await send(service.port, load(last));
    readers.stop();
    await readers.done;
    const withReaders = pace(answered, await service.eventLoopDelay());
    return { alone, withReaders, bare: await bareRoute(load(second)) };
  });
}

/** Copies the store, starts the service on it, and ends both. */
export function withService<T>(
  store: SeededStore,
  work: (service: Service, folder: string) => Promise<T>,
): Promise<T> {
  return onCopy(store, async (folder) => {
    const service = await Service.start(folder);
    try {
      return await work(service, folder);
    } finally {
      await service.stop();
    }
  });
}

export function identified(folder: string, drafts: readonly Draft[]): Promise<Identified[]> {
  const applicant = { roles: ['applicant'], organisation: chain[0] } as const;
  return Promise.all(
    drafts.map(async (draft) => {
      const token = await tokenOf(folder, { subject: draft.person, ...applicant });
      return { ...draft, token };
    }),
  );
}

/** Reviewers of the unit who look at their queue, their list and dossiers, without a pause. */
async function reading(
  { port }: Service,
  folder: string,
  { filed }: SeededStore,
): Promise<Running> {
  const token = await reviewerToken(folder);
  const requests = filed
    .slice(0, 20)
    .flatMap((id) => ['/v1/queue?limit=20', '/v1/dossiers?limit=20', `/v1/dossiers/${id}`])
    .map((path): Request => ({ method: 'GET', path, token }));
  const readers = { requests, connections: readingConnections, status: 200, repeat: true };
  return (await client(port, readers)).begin();
}

export function reviewerToken(folder: string): Promise<string> {
  const roles = ['unit-reviewer'] as const;
  return tokenOf(folder, { subject: 'unit-reviewer', roles, organisation: chain[0] });
}

function bareRoute(load: Parameters<typeof send>[1]): Promise<Pace> {
  return inFolder(async (folder) => {
    const bare = await startBareRoute(folder);
    try {
      const same = { ...load, status: 200 };
      await send(bare.port, same); // Warms up.
      return pace(await send(bare.port, same), NaN);
    } finally {
      bare.stop();
    }
  });
}

function pace({ latencies, seconds }: Answered, loopDelay: number): Pace {
  return {
    rate: latencies.length / seconds,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    p999: percentile(latencies, 0.999),
    loopDelay,
  };
}
