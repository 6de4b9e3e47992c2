import { CancelledError, type EndPoint, NotLeaderError, UnavailableError } from '@eventstore/db-client';
import { Client } from './client';
import type { ConnectionSettings } from './connection-string';
import { asCommandError } from './failures';

interface Held {
  readonly client: Client;
  users: number;
}

/**
 * The way to the server: a client that is replaced by a new one when its connection fails or the
 * node it talks to does not lead any longer. Calls at work on the old one end there.
 */
export class Connection {
  private current: Held;
  private closed = false;

  constructor(
    private readonly settings: ConnectionSettings,
    /** Told why, each time the client is replaced. */
    private readonly onReplaced: (reason: string) => void,
  ) {
    this.current = this.open();
  }

  /** Lets `work` use the client that is in place now; it stays open until the work has ended. */
  async use<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const held = this.current;
    held.users += 1;
    try {
      return await work(held.client);
    } finally {
      held.users -= 1;
      this.closeUnused(held);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.current.client.close();
  }

  private open(leader?: EndPoint): Held {
    const client = new Client(
      this.settings,
      (error) => {
        this.replace(client, error);
      },
      leader,
    );
    return { client, users: 0 };
  }

  private replace(client: Client, error: Error): void {
    const failed = this.current;
    if (this.closed || failed.client !== client) return;
    const failure = asCommandError(error);
    if (failure instanceof NotLeaderError) {
      this.current = this.open(failure.leader);
    } else if (failure instanceof UnavailableError || failure instanceof CancelledError) {
      this.current = this.open();
    } else {
      return;
    }
    this.onReplaced(failure.message);
    this.closeUnused(failed);
  }

  /** Only one without users: a call that finds its channel closed is never answered by the client. */
  private closeUnused(held: Held): void {
    if (held === this.current || held.users > 0) return;
    held.client.close().catch(() => undefined);
  }
}
