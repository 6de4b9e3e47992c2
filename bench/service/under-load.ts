import { percentile } from '../harness/measurement';
import { inFolder, onCopy, type Draft, type SeededStore } from '../store/seeded-store';
import { chain } from '../store/dossiers';
import { startBareRoute } from './bare-route';
import { client, send, type Load, type Request, type Running } from './load';
import { Service, tokenOf, type Usage } from './service';

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
  /** Milliseconds of processor time the server took for each, whatever else the machine had to do. */
  readonly cpu: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  /** How late the event loop was, at the 99th percentile. */
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
    const [first, second, last] = [0, 1, 2].map((n) => ({
      requests: commands(drafts.slice(n * third, (n + 1) * third), n),
      ...{ connections, status },
    })) as [Load, Load, Load];
    await send(service.port, first); // Warms up.
    const alone = await paceOf(service, second);
    const readers = await reading(service, folder, store);
    const withReaders = await paceOf(service, last);
    readers.stop();
    await readers.done;
    return { alone, withReaders, bare: await bareRoute(second) };
  });
}

/** The figures of a load, by whoever answers it. */
async function paceOf(
  server: { readonly port: number; usage(): Promise<Usage> },
  load: Load,
): Promise<Pace> {
  const before = await server.usage();
  const { latencies, seconds } = await send(server.port, load);
  const { cpu, loopDelay } = await server.usage();
  return {
    rate: latencies.length / seconds,
    cpu: ((cpu - before.cpu) / latencies.length) * 1000,
    loopDelay,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    p999: percentile(latencies, 0.999),
  };
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

function bareRoute(load: Load): Promise<Pace> {
  return inFolder(async (folder) => {
    const bare = await startBareRoute(folder);
    try {
      const same = { ...load, status: 200 };
      await send(bare.port, same); // Warms up.
      return await paceOf(bare, same);
    } finally {
      bare.stop();
    }
  });
}
