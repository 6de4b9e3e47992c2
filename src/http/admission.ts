/** Requests that are admitted alike. */
export type Lane = 'submissions' | 'commands' | 'uploads' | 'reads';

/** How many are worked on at a time. */
export interface AtOnce {
  /** Submissions and other commands together. */
  readonly commands: number;
  readonly reads: number;
}

interface Bounds {
  /** Lanes of one pool share the places in it. */
  readonly pool: 'commands' | 'uploads' | 'reads';
  /** How many may wait for a place. */
  readonly waiting: number;
  /** How long each may, in milliseconds. */
  readonly longestWait: number;
}

/** In the order in which they get a place that becomes free. */
const lanes: Readonly<Record<Lane, Bounds>> = {
  // Last to be turned away: whoever has to come again may come too late.
  submissions: { pool: 'commands', waiting: 4_000, longestWait: 8_000 },
  commands: { pool: 'commands', waiting: 500, longestWait: 4_000 },
  // Never wait: their bodies are read at the pace of their lines, which is when they arrive.
  uploads: { pool: 'uploads', waiting: 0, longestWait: 0 },
  reads: { pool: 'reads', waiting: 200, longestWait: 2_000 },
};
export const laneNames = Object.keys(lanes) as readonly Lane[];

/**
 * How many are begun in one turn of the event loop. Each is worked on without a pause: all that are in hand, begun
 * together, would keep whoever connects, and the instant at which others arrive, waiting for the whole of them.
 */
const begunInATurn = { commands: 8, uploads: Infinity, reads: 4 } as const;
/** Mostly they wait for their lines. */
const uploadsAtOnce = 300;
/** Milliseconds the event loop is late on average, beyond which reads give way. */
const slowLoop = 100;

/** Turned away; nothing was done. */
export class Shed extends Error {
  override readonly name = 'Shed';
  constructor(readonly lane: Lane) {
    super(lane);
  }
}

/**
 * Decides which requests are worked on now, which wait and which are turned away. Each lane has bounds of
 * its own; reads have places of their own, fewer than commands, and get only a quarter of them while a
 * command waits or the event loop is late.
 */
export class Admission {
  readonly #running = { commands: 0, uploads: 0, reads: 0 };
  /** In this turn of the event loop. */
  readonly #begun = { commands: 0, uploads: 0, reads: 0 };
  #turnIsWatched = false;
  readonly #waiting: Readonly<Record<Lane, (() => void)[]>> = {
    submissions: [],
    commands: [],
    uploads: [],
    reads: [],
  };

  constructor(
    private readonly atOnce: AtOnce,
    private readonly options: {
      /** How late the event loop is on average, in milliseconds. */
      readonly loopDelay?: () => number;
      readonly onShed?: (lane: Lane) => void;
    } = {},
  ) {}

  /** Throws Shed where it would certainly be turned away: to be asked before a body is read. */
  mayCome(lane: Lane): void {
    if (this.#isFull(lane)) this.#shed(lane);
  }

  /** Resolves once it is the request's turn; what it resolves to gives the place back. Rejects with Shed. */
  async enter(lane: Lane): Promise<() => void> {
    if (this.#hasPlace(lane)) this.#begin(lane);
    else await this.#turn(lane);
    return () => {
      this.#running[lanes[lane].pool] -= 1;
      this.#goOn();
    };
  }

  /** How many wait, by lane. */
  waiting(): Readonly<Record<Lane, number>> {
    const { submissions, commands, uploads, reads } = this.#waiting;
    return {
      submissions: submissions.length,
      commands: commands.length,
      uploads: uploads.length,
      reads: reads.length,
    };
  }

  #turn(lane: Lane): Promise<void> {
    if (this.#isFull(lane)) this.#shed(lane);
    return new Promise((resolve, reject) => {
      const queue = this.#waiting[lane];
      const turn = (): void => {
        clearTimeout(tooLong);
        resolve();
      };
      const tooLong = setTimeout(() => {
        queue.splice(queue.indexOf(turn), 1);
        this.options.onShed?.(lane);
        reject(new Shed(lane));
      }, lanes[lane].longestWait).unref();
      queue.push(turn);
    });
  }

  /** Hands places that are free to those who wait. */
  #goOn(): void {
    for (const lane of laneNames) {
      while (this.#hasPlace(lane)) {
        const next = this.#waiting[lane].shift();
        if (next === undefined) break;
        this.#begin(lane);
        next();
      }
    }
  }

  #begin(lane: Lane): void {
    const { pool } = lanes[lane];
    this.#running[pool] += 1;
    this.#begun[pool] += 1;
    if (this.#turnIsWatched) return;
    this.#turnIsWatched = true;
    setImmediate(() => {
      this.#turnIsWatched = false;
      Object.assign(this.#begun, { commands: 0, uploads: 0, reads: 0 });
      this.#goOn();
    });
  }

  #hasPlace(lane: Lane): boolean {
    const { pool } = lanes[lane];
    return this.#running[pool] < this.#places(pool) && this.#begun[pool] < begunInATurn[pool];
  }

  #places(pool: Bounds['pool']): number {
    const { commands, reads } = this.atOnce;
    switch (pool) {
      case 'commands':
        return commands;
      case 'uploads':
        return uploadsAtOnce;
      case 'reads':
        return this.#isBusy ? Math.ceil(reads / 4) : reads;
    }
  }

  get #isBusy(): boolean {
    const { submissions, commands } = this.#waiting;
    return submissions.length + commands.length > 0 || (this.options.loopDelay?.() ?? 0) > slowLoop;
  }

  #isFull(lane: Lane): boolean {
    return !this.#hasPlace(lane) && this.#waiting[lane].length >= lanes[lane].waiting;
  }

  #shed(lane: Lane): never {
    this.options.onShed?.(lane);
    throw new Shed(lane);
  }
}
