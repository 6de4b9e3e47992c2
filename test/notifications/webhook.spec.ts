import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { WebhookChannel } from '../../src/adapters/webhook/webhook-channel';
import { SystemClock } from '../../src/engine/clock';
import { asKey } from '../../src/secrets';
import { listen } from '../support/http';

const secret = 'wq5uRzjB1xKpTn8Yd3Hf6Vm0Lc9Se2GaQoIiZbXk';
const message = {
  id: '6b1f6f0e-8f0a-4d0e-9a51-6a3a3f0c0f11',
  recipient: '申报人-1',
  content: { type: 'returned', title: { zh: '已退回', en: 'Returned' } },
};
const never = new AbortController().signal;

interface Received {
  readonly request: IncomingMessage;
  readonly body: string;
}

let received: Received[];
let answer: (response: ServerResponse) => void;
let server: Awaited<ReturnType<typeof listen>>;

beforeEach(async () => {
  received = [];
  answer = (response) => response.writeHead(204).end();
  server = await listen((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (body += part));
    request.on('end', () => {
      received.push({ request, body });
      answer(response);
    });
  });
});
afterEach(() => server.close());

const deliver = (timeout = 5000, url = server.url, signal = never): Promise<void> =>
  new WebhookChannel(new SystemClock(), { url, secret: asKey(secret), timeout }).deliver(
    message,
    signal,
  );

describe('the webhook', () => {
  it('posts the message with its id, and a signature the receiver can check', async () => {
    await deliver();
    const [{ request, body }] = received as [Received];
    expect(request.method).toBe('POST');
    expect(JSON.parse(body)).toEqual({ id: message.id, recipient: '申报人-1', ...message.content });
    const { headers } = request;
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-notification-id': message.id,
    });
    const timestamp = String(headers['x-timestamp']);
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
    const signed = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    expect(headers['x-signature']).toBe(`sha256=${signed}`);
  });

  it.each([200, 202, 204])('takes %i for received', async (status) => {
    answer = (response) => response.writeHead(status).end('ok');
    await expect(deliver()).resolves.toBeUndefined();
  });

  it.each([400, 404, 500, 503])('takes %i for not received', async (status) => {
    answer = (response) => response.writeHead(status).end('王芳');
    await expect(deliver()).rejects.toThrow(new Error(`the receiver answered ${status}`));
  });

  it('follows no redirect', async () => {
    answer = (response) => response.writeHead(307, { location: '/elsewhere' }).end();
    await expect(deliver()).rejects.toThrow('the receiver answered 307');
    expect(received).toHaveLength(1);
  });

  it('waits no longer than it may', async () => {
    answer = () => undefined;
    await expect(deliver(30)).rejects.toThrow('no answer within 30 ms');
  });

  it('is broken off when the service stops', async () => {
    const stopping = new AbortController();
    answer = () => {
      stopping.abort();
    };
    await expect(deliver(600_000, server.url, stopping.signal)).rejects.toThrow();
  });

  it('names no address where nobody answers', async () => {
    const { url } = server;
    await server.close();
    await expect(deliver(5000, url)).rejects.toMatchObject({
      message: 'the receiver cannot be reached (ECONNREFUSED)',
    });
    server = { url, close: () => Promise.resolve() };
  });
});
