import { SharedLease, type SharedLeaseOptions } from '../../src/engine/lease';
import { StoreUnavailable } from '../../src/engine/event-store';
import type { ReadModels } from '../../src/engine/read-models';
import { type MemoryCollections, MemoryReadModels } from '../support/memory';
import { eventually } from './tally';

const quick = { duration: 200, pause: 10 };
/** Lasts longer than the test: whoever takes it was given it. */
const endless = { duration: 3_600_000, pause: 10 };

/** A process with its own connection to the store, which may hang or fail. */
class Process {
  readonly lease: SharedLease;
  /** What its duty did, `+` for started and `-` for stopped. */
  log = '';
  atWork = false;
  /** Of how many others the lease still was when it began. */
  heldBesides = 0;
  #gate: Promise<void> = Promise.resolve();
  #open: () => void = () => undefined;
  fails = false;
  unable = false;

  constructor(collections: MemoryCollections, options: Partial<SharedLeaseOptions>) {
    const store = new MemoryReadModels(collections);
    this.lease = new SharedLease(this.#gated(store), {
      name: 'work',
      able: () => (this.unable ? Promise.reject(new Error('no log')) : Promise.resolve()),
      ...options,
    });
  }

  begin(others: () => readonly Process[] = () => []): void {
    this.lease.start({
      start: () => {
        this.heldBesides += others().filter((other) => other !== this && other.lease.isHeld).length;
        this.log += '+';
        this.atWork = true;
      },
      stop: async () => {
        await new Promise(setImmediate);
        this.log += '-';
        this.atWork = false;
      },
    });
  }

  /** From now on no call comes through: the process is cut off, or stands still. */
  pause(): void {
    this.#gate = new Promise((open) => (this.#open = open));
  }

  wake(): void {
    this.#open();
  }

  #gated(store: ReadModels): ReadModels {
    const pass = async (): Promise<void> => {
      await this.#gate;
      if (this.fails) throw new StoreUnavailable('memory', new Error('down'));
    };
    return new Proxy(store, {
      get: (target, name: keyof ReadModels) => {
        const method = target[name].bind(target) as (...given: unknown[]) => Promise<unknown>;
        return (...given: unknown[]) => pass().then(() => method(...given));
      },
    });
  }
}

describe('a lease', () => {
  let collections: MemoryCollections;
  let processes: Process[];

  const begun = (count: number, options: Partial<SharedLeaseOptions>): Process[] => {
    const added = Array.from({ length: count }, () => new Process(collections, options));
    processes.push(...added);
    for (const process of added) process.begin(() => processes);
    return added;
  };
  const atWork = () => processes.filter((process) => process.atWork);
  const holder = async (): Promise<Process> => {
    await eventually(() => atWork().length === 1);
    return atWork()[0] as Process;
  };

  beforeEach(() => {
    collections = new Map();
    processes = [];
  });
  afterEach(async () => {
    for (const process of processes) process.wake();
    await Promise.all(processes.map(({ lease }) => lease.stop()));
    expect(atWork()).toEqual([]);
    expect(processes.filter(({ heldBesides }) => heldBesides > 0)).toEqual([]);
  });

  it('is held by one of those that want it', async () => {
    begun(5, quick);
    const first = await holder();
    await new Promise((resolve) => setTimeout(resolve, 3 * quick.duration));
    expect(first.log).toBe('+');
    expect(processes.map(({ log }) => log).join('')).toBe('+');
  });

  it('goes to another at once when its holder stops in good order', async () => {
    begun(2, endless);
    const first = await holder();
    await first.lease.stop();
    expect(first.log).toBe('+-');
    expect(await holder()).not.toBe(first);
  });

  it('goes to another when its holder is not heard of any more', async () => {
    begun(2, quick);
    const first = await holder();
    first.pause();
    await eventually(() => !first.lease.isHeld);
    await eventually(() => processes.some((other) => other !== first && other.atWork));
  });

  it('is lost to a holder that was paused and wakes up', async () => {
    const [first] = begun(1, quick) as [Process];
    await holder();
    first.pause();
    const [second] = begun(1, quick) as [Process];
    await eventually(() => second.atWork);
    first.wake();
    await new Promise((resolve) => setTimeout(resolve, 2 * quick.duration));
    expect(first.log).toBe('+-');
    expect(second.log).toBe('+');
  });

  it('is not waited for by the next when it was given back', async () => {
    const [first] = begun(1, endless) as [Process];
    await holder();
    await first.lease.stop();
    const [second] = begun(1, endless) as [Process];
    await eventually(() => second.atWork);
  });

  it('is left by a holder that could not do the duty', async () => {
    begun(2, quick);
    const first = await holder();
    first.unable = true;
    await eventually(() => processes.some((other) => other !== first && other.atWork));
    expect(first.log).toBe('+-');
  });

  it('ends where the store does not answer, and is taken up again', async () => {
    const [only] = begun(1, quick) as [Process];
    await holder();
    only.fails = true;
    await eventually(() => !only.atWork);
    only.fails = false;
    await holder();
    expect(only.log).toBe('+-+');
  });

  it('is held by one again when the store was emptied', async () => {
    begun(3, quick);
    await holder();
    collections.clear();
    await eventually(() => collections.size > 0);
    await holder();
    await new Promise((resolve) => setTimeout(resolve, 2 * quick.duration));
    expect(atWork()).toHaveLength(1);
  });
});
