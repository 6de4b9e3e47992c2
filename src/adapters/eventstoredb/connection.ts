import { setMaxListeners } from 'node:events';
import {
  CancelledError,
  type EndPoint,
  NotLeaderError,
  UnavailableError,
} from '@eventstore/db-client';
import { Client } from './client';
import type { ConnectionSettings } from './connection-string';
import { asCommandError } from './failures';

/** A client in use; it stays open until it is released. */
export interface Held {
  readonly client: Client;
  /** Aborts when another client has taken its place. */
  readonly replaced: AbortSignal;
  /** To be told when it has answered. */
  worked(): void;
  release(): void;
}

interface Current {
  readonly client: Client;
  readonly replaced: AbortController;
  users: number;
  /** Whether anything was ever answered by it. */
  worked: boolean;
}

/**
 * The way to the server: a client, in whose place a new one is put when its connection fails or the
 * node it talks to does not lead any longer. Calls at work on the old one end there.
 */
export class Connection {
  private current: Current;
  private closed = false;

  constructor(
    private readonly settings: ConnectionSettings,
    /** Told why, each time a client that had worked is replaced: an outage is told once. */
    private readonly onReplaced: (reason: string) => void,
  ) {
    this.current = this.open();
  }

  /** The client that is in place now. */
  hold(): Held {
    const held = this.current;
    held.users += 1;
    return {
      client: held.client,
      replaced: held.replaced.signal,
      worked: () => {
        held.worked = true;
      },
      release: () => {
        held.users -= 1;
        this.closeUnused(held);
      },
    };
  }

  async use<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const held = this.hold();
    try {
      const answer = await work(held.client);
      held.worked();
      return answer;
    } finally {
      held.release();
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.current.client.close();
  }

  private open(leader?: EndPoint): Current {
    const client = new Client(
      this.settings,
      (error) => {
        this.onFailure(client, error);
      },
      leader,
    );
    const replaced = new AbortController();
    // Every subscription listens to it, and more than ten of them are no leak.
    setMaxListeners(0, replaced.signal);
    return { client, replaced, users: 0, worked: false };
  }

  private onFailure(client: Client, error: Error): void {
    if (this.closed || this.current.client !== client) return;
    const failure = asCommandError(error);
    if (failure instanceof NotLeaderError) {
      this.replace(failure.message, failure.leader);
    } else if (failure instanceof UnavailableError || failure instanceof CancelledError) {
      this.replace(failure.message);
    }
  }

  private replace(reason: string, leader?: EndPoint): void {
    const old = this.current;
    this.current = this.open(leader);
    old.replaced.abort();
    if (old.worked) this.onReplaced(reason);
    this.closeUnused(old);
  }

  /** Only where nobody uses it: the client never answers a call that finds its channel closed. */
  private closeUnused(old: Current): void {
    if (old === this.current || old.users > 0) return;
    old.client.close().catch(() => undefined);
  }
}
