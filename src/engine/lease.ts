import { setTimeout as sleep } from 'node:timers/promises';
import { StaleCheckpoint, type Checkpoint, type Collection, type ReadModels } from './read-models';

/** What is to be done by one process at a time. */
export interface Duty {
  start(): void;
  /** Resolves once nothing of it is at work any more. */
  stop(): Promise<void>;
}

/** Says which of the processes beside one another has the duty. */
export interface Lease {
  /** Asked right before an effect that no expected revision and no checkpoint could refuse. */
  readonly isHeld: boolean;
  /** From now on does the duty whenever it is this process's. */
  start(duty: Duty): void;
  /** Ends the duty, and leaves it to the others at once. */
  stop(): Promise<void>;
}

/** Of a process that has no other beside it. */
export class SoleLease implements Lease {
  readonly isHeld = true;
  #duty: Duty | undefined;

  start(duty: Duty): void {
    this.#duty = duty;
    duty.start();
  }

  async stop(): Promise<void> {
    await this.#duty?.stop();
  }
}

export interface SharedLeaseOptions {
  readonly name: string;
  /** Rejects where this process could not do the duty; then another shall have it. */
  readonly able: () => Promise<unknown>;
  /** Milliseconds after which a holder that was not heard of has lost it. Default 5,000. */
  readonly duration?: number;
  /** Milliseconds between two looks. Default 1,000. */
  readonly pause?: number;
  /** Told each time it is taken, and when it is lost without having been given back. Must not throw. */
  readonly onChange?: (held: boolean) => void;
}

/**
 * Kept where the read models are, as a collection without documents: its checkpoint is the token, which
 * the holder moves on again and again by compare-and-set. Whoever sees it stand still for as long as a
 * lease lasts takes it. Everybody measures that by a clock of their own, and the holder from before its
 * move is sent: so its time is over before another's begins, however far their clocks are apart.
 *
 * A holder that was paused may go on for a moment when it wakes: what it writes is refused by the
 * checkpoints and the expected revisions.
 */
export class SharedLease implements Lease {
  readonly #collection: Collection;
  readonly #duration: number;
  readonly #pause: number;
  /** Where this process has moved the token; null where it was not the last to do so. */
  #moved: Checkpoint | null = null;
  #seen: { readonly token: Checkpoint; readonly since: number } | null = null;
  /** By this process's clock. */
  #heldUntil = 0;
  #expiry: NodeJS.Timeout | undefined;
  #duty: Duty | undefined;
  #doing = false;
  /** Starts and stops of the duty, one after the other. */
  #turns: Promise<void> = Promise.resolve();
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly readModels: ReadModels,
    private readonly options: SharedLeaseOptions,
  ) {
    this.#collection = { name: `lease-${options.name}`, version: 1, indexes: [] };
    this.#duration = options.duration ?? 5_000;
    this.#pause = options.pause ?? 1_000;
  }

  get isHeld(): boolean {
    return performance.now() < this.#heldUntil;
  }

  start(duty: Duty): void {
    this.#duty = duty;
    this.#running = this.#run(this.#stopping.signal);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    this.#holdUntil(0);
    await this.#turns;
    if (this.#moved === null) return;
    // Where the store does not answer, the others wait until it is over.
    await this.#move(this.#moved, givenBack(this.#moved)).catch(() => undefined);
  }

  async #run(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      try {
        await (this.#moved === null ? this.#takeIfFree() : this.#renew(this.#moved));
      } catch (error) {
        // Of a store that does not answer nothing is known: what is held stays so until it is over.
        if (error instanceof StaleCheckpoint) this.#lose();
      }
      await sleep(this.#pause, undefined, { signal: stopping }).catch(() => undefined);
    }
  }

  async #takeIfFree(): Promise<void> {
    const token =
      (await this.readModels.checkpoint(this.#collection)) ??
      (await this.readModels.open(this.#collection));
    const now = performance.now();
    const before = this.#seen;
    const since = before !== null && isSame(token, before.token) ? before.since : now;
    this.#seen = { token, since };
    // One that was there before may have been removed under its holder, who does not know yet.
    const isNew = token.position === null && before === null;
    if (isNew || isGivenBack(token) || now - since >= this.#duration) await this.#renew(token);
  }

  async #renew(token: Checkpoint): Promise<void> {
    await this.options.able();
    const from = performance.now();
    this.#moved = await this.#move(token, next(token));
    this.#holdUntil(from + this.#duration);
  }

  #move(token: Checkpoint, position: string): Promise<Checkpoint> {
    return this.readModels.commit(this.#collection, token, [], position);
  }

  #lose(): void {
    this.#moved = null;
    this.#holdUntil(0);
  }

  #holdUntil(end: number): void {
    this.#heldUntil = end;
    clearTimeout(this.#expiry);
    this.#turn();
    if (!this.isHeld) return;
    const rest = Math.ceil(end - performance.now());
    this.#expiry = setTimeout(() => {
      this.#holdUntil(0);
    }, rest).unref();
  }

  #turn(): void {
    const { isHeld } = this;
    if (isHeld === this.#doing) return;
    this.#doing = isHeld;
    if (!this.#stopping.signal.aborted) this.options.onChange?.(isHeld);
    this.#turns = this.#turns.then(() => (isHeld ? this.#duty?.start() : this.#duty?.stop()));
  }
}

const digits = 16;
const mark = '-given-back';

function next({ position }: Checkpoint): string {
  return String(Number(position?.slice(0, digits) ?? 0) + 1).padStart(digits, '0');
}

function givenBack({ position }: Checkpoint): string {
  return `${position ?? ''}${mark}`;
}

function isGivenBack({ position }: Checkpoint): boolean {
  return position?.endsWith(mark) === true;
}

function isSame(a: Checkpoint, b: Checkpoint): boolean {
  return a.generation === b.generation && a.position === b.position;
}
