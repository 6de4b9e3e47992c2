import { createHmac, type KeyObject } from 'node:crypto';

import type { Clock } from '../../engine/clock';
import { toEpoch } from '../../engine/instant';
import type { Message, NotificationChannel } from '../../engine/notification-channel';

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
    const response = await this.post(body, signal, {
      'content-type': 'application/json',
      'x-notification-id': id,
      'x-timestamp': timestamp,
      'x-signature': signatureOf(this.options.secret, timestamp, body),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the receiver answered ${response.status}`);
  }

  private async post(
    body: string,
    signal: AbortSignal,
    headers: Readonly<Record<string, string>>,
  ): Promise<Response> {
    const { url, timeout = 10_000 } = this.options;
    const given = new AbortController();
    const giveUp = (): void => {
      given.abort();
    };
    const late = setTimeout(giveUp, timeout);
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
    try {
      // A redirect would carry what is said to an address nobody configured.
      const sent = { method: 'POST', body, headers, redirect: 'manual' } as const;
      return await fetch(url, { ...sent, signal: given.signal });
    } catch (error) {
      const reason = given.signal.aborted ? `no answer within ${timeout} ms` : reasonOf(error);
      throw new Error(reason, { cause: error });
    } finally {
      clearTimeout(late);
      signal.removeEventListener('abort', giveUp);
    }
  }
}

export function signatureOf(secret: KeyObject, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

/** The code of what failed, such as ECONNREFUSED: addresses have no place in a log. */
function reasonOf(error: unknown): string {
  const { cause } = error as { readonly cause?: { readonly code?: unknown } };
  const code = typeof cause?.code === 'string' ? ` (${cause.code})` : '';
  return `the receiver cannot be reached${code}`;
}
