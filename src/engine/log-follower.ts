import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore, Position, RecordedEvent } from './event-store';
import type { Folded, PoisonEvent } from './fold-batch';
import { StaleCheckpoint, type Checkpoint, type Collection, type ReadModels } from './read-models';

export interface FollowerStatus {
  readonly name: string;
  /** `waiting`: a store failed, it will be tried again. `stopped`: by `stop()`, or by `failure`. */
  readonly state: 'catching-up' | 'running' | 'waiting' | 'stopped';
  /** Last position taken in; null before the first. */
  readonly position: Position | null;
  /** Why it is waiting. */
  readonly reason?: string;
  /** The poison event that stopped it; `start()` tries it again. */
  readonly failure?: {
    readonly position: Position;
    readonly stream: string;
    readonly type: string;
    readonly message: string;
  };
}

export interface FollowerOptions {
  /** Most events in one commit. Default 500. */
  readonly batchSize?: number;
  /**
   * Wait before resuming, in milliseconds: random up to `base`, doubled with each failure in a row
   * until `cap`. Default 100 and 10,000.
   */
  readonly backoff?: { readonly base: number; readonly cap: number };
  /** How often to look whether a rebuild has taken over, in milliseconds. Default 1,000. */
  readonly generationCheck?: number;
  /** Told each change of state, for logs. Must not throw. */
  readonly onStatus?: (status: FollowerStatus) => void;
}

/** Milliseconds between two batches of one that has caught up. */
const longestRest = 50;

/**
 * Takes in the next events of the log and moves the checkpoint past them. Rejects where a store
 * fails or the checkpoint was moved by another; then it is asked again from where the read models say.
 */
export type Take = (
  from: Checkpoint,
  events: readonly RecordedEvent[],
  stopping: AbortSignal,
) => Promise<Folded>;

/**
 * Keeps something up with the log. Where it stands lives in the read models alone, as the checkpoint
 * of a collection: after every trouble it reads the checkpoint again and goes on from there, so that
 * no event is lost, also beside a rebuild or a second follower of the same collection.
 */
export class LogFollower {
  #status: FollowerStatus;
  #stopping = new AbortController();
  #running: Promise<void> | null = null;
  #opened = false;
  /** Sessions broken since the last batch that went well. */
  #failures = 0;

  constructor(
    /** Where its checkpoint is kept, for whoever looks from another process. */
    readonly collection: Collection,
    private readonly take: Take,
    private readonly store: EventStore,
    private readonly readModels: ReadModels,
    private readonly options: FollowerOptions = {},
  ) {
    this.#status = { name: collection.name, state: 'stopped', position: null };
  }

  status(): FollowerStatus {
    return this.#status;
  }

  /** Begins, or goes on after `stop()` or a poison event. Does nothing while it runs. */
  start(): void {
    if (this.#running !== null) return;
    this.#stopping = new AbortController();
    this.#become('catching-up');
    this.#running = this.#run(this.#stopping.signal);
  }

  /** Resolves once the batch at work is finished and nothing more is read or written. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(stopping: AbortSignal): Promise<void> {
    let poison: PoisonEvent | null = null;
    while (!stopping.aborted && poison === null) {
      try {
        poison = await this.#follow(stopping);
      } catch (error) {
        // A stale checkpoint is no trouble: another runner or a rebuild did the work.
        if (!(error instanceof StaleCheckpoint)) this.#become('waiting', { reason: text(error) });
        await this.#backOff(stopping);
      }
    }
    this.#running = null;
    this.#become('stopped', poison === null ? {} : { failure: failureOf(poison) });
  }

  /**
   * Follows the log from the checkpoint until stopped, or until another generation answers; resolves
   * to the poison event that ended it. Rejects where a store fails, or the checkpoint has moved.
   */
  async #follow(stopping: AbortSignal): Promise<PoisonEvent | null> {
    let checkpoint = await this.#whereToGoOn();
    if (stopping.aborted) return null;
    const session = new AbortController();
    const { signal } = session;
    const end = (): void => {
      session.abort();
    };
    stopping.addEventListener('abort', end);
    const watch = this.#watchForSwap(checkpoint, end);
    const { batchSize = 500 } = this.options;
    try {
      for await (const batch of this.store.subscribe(checkpoint.position, { batchSize, signal })) {
        const began = performance.now();
        const folded = await this.take(checkpoint, batch.events, stopping);
        checkpoint = folded.checkpoint;
        this.#failures = 0;
        this.#become(batch.caughtUp ? 'running' : 'catching-up', { position: checkpoint.position });
        if (folded.poison !== null) return folded.poison;
        // A busy process takes more events at once, less often, and has more time for requests.
        const taken = performance.now() - began;
        if (batch.caughtUp) await rest(Math.min(taken, longestRest), signal);
      }
    } finally {
      clearInterval(watch);
      stopping.removeEventListener('abort', end);
    }
    if (!signal.aborted) throw new Error('the subscription ended');
    return null;
  }

  /** Opens at first, for the indexes, and where nothing of its version is left; else it only looks. */
  async #whereToGoOn(): Promise<Checkpoint> {
    const known = this.#opened ? await this.readModels.checkpoint(this.collection) : null;
    const checkpoint = known ?? (await this.readModels.open(this.collection));
    this.#opened = true;
    this.#status = { ...this.#status, position: checkpoint.position };
    return checkpoint;
  }

  /**
   * A commit would show that a rebuild has taken over, but on a quiet log there is none, and the new
   * generation may lack the last events the old one had.
   */
  #watchForSwap({ generation }: Checkpoint, end: () => void): NodeJS.Timeout {
    const check = async (): Promise<void> => {
      const answering = await this.readModels.checkpoint(this.collection);
      if (answering?.generation !== generation) end();
    };
    const ignore = (): void => undefined; // An unreachable store shows in the next commit.
    return setInterval(() => {
      check().catch(ignore);
    }, this.options.generationCheck ?? 1_000).unref();
  }

  /** The randomness keeps several followers from coming back at the same instant. */
  async #backOff(stopping: AbortSignal): Promise<void> {
    const { base, cap } = this.options.backoff ?? { base: 100, cap: 10_000 };
    const longest = Math.min(cap, base * 2 ** this.#failures);
    this.#failures += 1;
    await rest(Math.random() * longest, stopping);
  }

  #become(
    state: FollowerStatus['state'],
    details: Partial<Omit<FollowerStatus, 'name' | 'state'>> = {},
  ): void {
    const before = this.#status;
    this.#status = { name: before.name, state, position: before.position, ...details };
    if (state !== before.state) this.options.onStatus?.(this.#status);
  }
}

function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}

function failureOf({ event, message }: PoisonEvent): NonNullable<FollowerStatus['failure']> {
  return { position: event.position, stream: event.stream, type: event.type, message };
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
