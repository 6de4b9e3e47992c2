import { createHmac, type KeyObject } from 'node:crypto';

import type { Clock } from '../../engine/clock';
import { toEpoch } from '../../engine/instant';
import type { Message, NotificationChannel } from '../../engine/notification-channel';
import { post } from './post';

export interface WebhookOptions {
  readonly url: URL;
  /** Shared with the receiver, who checks the signature with it. */
  readonly secret: KeyObject;
  /** Longest wait for an answer, in milliseconds. Default 10,000. */
  readonly timeout?: number;
}

/**
 * Posts each message as JSON to one address, from where it goes on to WeChat or wherever people read.
 *
 * Headers: `X-Notification-Id` (the same for every repeat), `X-Timestamp` (seconds since 1970), and
 * `X-Signature: sha256=` with the HMAC-SHA256 of `<timestamp>.<body>` in lower-case hex. Whoever checks the
 * signature and refuses old timestamps takes nothing forged and nothing replayed. A message counts as
 * taken when the answer is 2xx.
 */
export class WebhookChannel implements NotificationChannel {
  readonly name = 'webhook';

  constructor(
    private readonly clock: Clock,
    private readonly options: WebhookOptions,
  ) {}

  async deliver({ id, recipient, content }: Message, signal: AbortSignal): Promise<void> {
    const body = JSON.stringify({ id, recipient, ...content });
    const timestamp = String(Math.floor(toEpoch(this.clock.now()) / 1000));
    const { url, secret, timeout } = this.options;
    const headers = {
      'content-type': 'application/json',
      'x-notification-id': id,
      'x-timestamp': timestamp,
      'x-signature': signatureOf(secret, timestamp, body),
    };
    await post(url, { body, headers, signal, ...(timeout === undefined ? {} : { timeout }) });
  }
}

export function signatureOf(secret: KeyObject, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}
