import type { Json } from './event-store';

/** Something one person is told once. The same id is the same message, however often it comes. */
export interface Message {
  readonly id: string;
  /** Account of the person it is for. */
  readonly recipient: string;
  readonly content: { readonly [key: string]: Json };
}

/** A way to reach people outside the service, such as a gateway to WeChat. */
export interface NotificationChannel {
  /** Stands in the log; a renamed channel is another one. Lower-case letters, digits, hyphens. */
  readonly name: string;
  /**
   * Resolves once the message was taken. Rejects where it was not, or where nobody knows: then it
   * comes again under the same id. Of an error, the message alone is kept, and shown to administrators.
   */
  deliver(message: Message, signal: AbortSignal): Promise<void>;
}
