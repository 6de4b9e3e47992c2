import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Json } from '../../engine/event-store';
import type { Caller } from './act';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: Json;
  readonly form?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** The service's clock when the request arrived lies between the two, in epoch milliseconds. */
  readonly earliest: number;
  readonly latest: number;
}

/** Milliseconds after which a request has failed. */
const longestWait = 60_000;
/** A list that lags is asked for again so often, a second apart at most. */
const mostRepeats = 30;

/** The service as a portal sees it. */
export class Client {
  requests = 0;
  /** Position of the newest command answered: lists are asked to include it. */
  #position = '';
  readonly #tokens = new Map<string, Promise<string>>();

  constructor(
    private readonly base: string,
    private readonly mint: (caller: Caller) => Promise<string>,
    private readonly clock: ServiceClock,
    /** Once aborted, nothing is sent any more: every further request rejects. */
    private readonly signal: AbortSignal,
  ) {}

  async send(request: HttpRequest, by: Caller | null): Promise<Answer> {
    const { response, earliest } = await this.#fetch(request, by);
    const body: unknown = await response.json();
    const latest = this.clock.latest();
    const position = field(body, 'position');
    if (typeof position === 'string' && position > this.#position) this.#position = position;
    return { status: response.status, body, earliest, latest };
  }

  /** SHA-256 of a file as the caller gets it; the status where there is none to get. */
  async download(path: string, by: Caller): Promise<string | number> {
    const { response } = await this.#fetch({ method: 'GET', path }, by);
    const bytes = Buffer.from(await response.arrayBuffer());
    return response.ok ? createHash('sha256').update(bytes).digest('hex') : response.status;
  }

  async #fetch(
    request: HttpRequest,
    by: Caller | null,
  ): Promise<{ readonly response: Response; readonly earliest: number }> {
    const headers: Record<string, string> = { 'accept-language': 'en', ...request.headers };
    // Waited for with and without a token, so that requests leave in the order they were asked for.
    const token = await (by === null ? null : this.#token(by));
    if (token !== null) headers['authorization'] = `Bearer ${token}`;
    if (request.body !== undefined) headers['content-type'] = 'application/json';
    for (;;) {
      this.signal.throwIfAborted();
      this.requests += 1;
      const earliest = this.clock.earliest();
      const response = await fetch(this.base + request.path, {
        method: request.method,
        headers,
        body: request.form ?? (request.body === undefined ? null : JSON.stringify(request.body)),
        signal: AbortSignal.timeout(longestWait),
      });
      if (response.status !== 429) return { response, earliest };
      await response.arrayBuffer();
      await sleep(Number(response.headers.get('retry-after')) * 1000);
    }
  }

  /** Every item of a list, page by page. */
  async list(path: string, by: Caller, limit: number): Promise<Listed> {
    const items: unknown[] = [];
    for (let cursor: unknown = null; ;) {
      const page = new URL(path, this.base);
      page.searchParams.set('limit', String(limit));
      if (typeof cursor === 'string') page.searchParams.set('cursor', cursor);
      const body = await this.read(page.pathname + page.search, by);
      const found = field(body, 'items');
      if (!Array.isArray(found)) throw new Error(`GET ${path} answered without items`);
      items.push(...(found as unknown[]));
      cursor = field(body, 'nextCursor');
      if (cursor === null) return { items, lastPage: body };
      if (found.length === 0) throw new Error(`GET ${path} goes on without items`);
    }
  }

  /** What a query answers once it has taken in everything that was done. */
  async read(path: string, by: Caller): Promise<unknown> {
    const headers: Record<string, string> = this.#position ? { 'read-after': this.#position } : {};
    for (let repeat = 0; ; repeat += 1) {
      const { status, body } = await this.send({ method: 'GET', path, headers }, by);
      if (status === 200) return body;
      if (status !== 503 || repeat === mostRepeats) {
        throw new Error(`GET ${path} answered ${status}: ${JSON.stringify(body)}`);
      }
    }
  }

  /** Moves the service's clock forward; where it has run past the instant by itself, it stays. */
  async moveClock(to: string): Promise<void> {
    const target = Date.parse(to);
    if (this.clock.earliest() > target) return;
    const moving = this.clock.moving(target);
    const request = { method: 'POST', path: '/v1/simulation/clock', body: { now: to } } as const;
    const { status, body } = await this.send(request, null);
    const now = field(body, 'now');
    if (status === 200 && typeof now === 'string') moving.answered(Date.parse(now));
    else if (status !== 409)
      throw new Error(`the clock answered ${status}: ${JSON.stringify(body)}`);
  }

  #token(by: Caller): Promise<string> {
    const key = JSON.stringify([by.subject, by.roles, by.organisation]);
    const known = this.#tokens.get(key) ?? this.mint(by);
    this.#tokens.set(key, known);
    return known;
  }
}

export interface Listed {
  readonly items: readonly unknown[];
  /** The last page as answered, for what stands beside its items. */
  readonly lastPage: unknown;
}

/**
 * What can be said of the service's clock from here: it runs on between moves, so that its reading at
 * any moment is known within bounds only.
 */
export class ServiceClock {
  /** A reading the service gave, and when the answer was here; null before the first. */
  #known: { readonly reading: number; readonly at: number } | null = null;
  /** Moves asked for: the clock cannot be further than the furthest of them has come since. */
  readonly #asked: { readonly reading: number; readonly at: number }[] = [];

  /** To be made before the service is started, with the instant it starts at. */
  constructor(
    private readonly start: number,
    private readonly monotonic: () => number = () => performance.now(),
  ) {
    this.#asked.push({ reading: start, at: this.monotonic() });
  }

  moving(reading: number): { readonly answered: (now: number) => void } {
    this.#asked.push({ reading, at: this.monotonic() });
    return {
      answered: (now) => {
        this.#known = { reading: now, at: this.monotonic() };
      },
    };
  }

  /** The clock shows no less than this; rounded down, and a millisecond for its own rounding. */
  earliest(): number {
    if (this.#known === null) return this.start;
    return Math.floor(this.#known.reading + this.monotonic() - this.#known.at) - 1;
  }

  /** The clock shows no more than this. */
  latest(): number {
    const now = this.monotonic();
    return Math.ceil(Math.max(...this.#asked.map(({ reading, at }) => reading + now - at))) + 1;
  }
}

/** A member of an answer; undefined where there is none. */
export function field(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, name) =>
      typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined,
    value,
  );
}
