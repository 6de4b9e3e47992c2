import type {
  AllStreamResolvedEvent,
  AllStreamSubscription,
  Position,
} from '@eventstore/db-client';
import { NoAnswer } from './failures';

/**
 * What a subscription has brought and nobody has taken yet. The stream's own buffer holds it, so that
 * the server is held back while the consumer is slow.
 */
export class Inbox {
  /** The newest position the server has told to have looked through. It counts once the inbox is empty. */
  passed: Position | null = null;
  private failure: Error | undefined;
  private wake: () => void = () => undefined;
  private readonly beginning: NodeJS.Timeout;

  constructor(
    private readonly subscription: AllStreamSubscription,
    /** Milliseconds until the server must have confirmed the subscription. */
    timeout: number,
    onConfirmed: () => void,
  ) {
    this.beginning = setTimeout(() => {
      this.fail(new NoAnswer(timeout));
    }, timeout);
    subscription
      .on('confirmation', () => {
        clearTimeout(this.beginning);
        onConfirmed();
      })
      .on('readable', () => {
        this.wake();
      })
      .on('end', () => {
        this.fail(new Error('the server ended the subscription'));
      })
      // Stays on after the end: an error that nobody listens to would end the process.
      .on('error', (error: Error) => {
        this.fail(error);
      });
  }

  /** Takes what is there, at most so many. */
  take(most: number): AllStreamResolvedEvent[] {
    const taken: AllStreamResolvedEvent[] = [];
    while (taken.length < most) {
      const event = this.subscription.read() as AllStreamResolvedEvent | null;
      if (event === null) break;
      taken.push(event);
    }
    return taken;
  }

  get isEmpty(): boolean {
    return this.subscription.readableLength === 0;
  }

  /** To be awaited when it is empty: until there may be news. Rejects once the subscription has failed. */
  async arrival(): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
    });
  }

  /** The server has looked through the log up to here. */
  pass(position: Position): void {
    this.passed = position;
    this.wake();
  }

  /** Ends the wait; what is there can still be taken. */
  fail(reason: Error): void {
    this.failure ??= reason;
    this.wake();
  }

  async close(): Promise<void> {
    clearTimeout(this.beginning);
    await this.subscription.unsubscribe().catch(() => undefined);
    this.subscription.destroy();
  }
}
