import { connect, type AddressInfo, type Socket } from 'node:net';

import { bearer, serve, testConfig, type TestService } from '../support/http';
import { DummyModule } from './dummy.module';

/** Of a client that is honest, nothing is asked here; of the others, the service soon has had enough. */
const patience = { headers: 300, request: 600, silence: 500, connections: 20 };

let service: TestService;
let port: number;

beforeAll(async () => {
  service = await serve(DummyModule, testConfig(), patience);
  await service.app.listen(0, '127.0.0.1');
  ({ port } = service.app.getHttpServer().address() as AddressInfo);
});
afterAll(() => service.close());

interface Visit {
  readonly socket: Socket;
  /** All that was answered, once the connection has ended. */
  readonly answered: Promise<string>;
}

function visit(...sent: readonly string[]): Visit {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => undefined);
  for (const text of sent) socket.write(text);
  const answered = new Promise<string>((resolve) => {
    socket.once('close', () => {
      resolve(Buffer.concat(chunks).toString());
    });
  });
  return { socket, answered };
}

/** Sends a byte again and again until the connection is ended. */
function trickle({ socket }: Visit, byte: string): void {
  const timer = setInterval(() => socket.write(byte), 20);
  socket.once('close', () => {
    clearInterval(timer);
  });
}

function problemIn(answer: string): { readonly headers: string; readonly body: unknown } {
  const [headers = '', body = ''] = answer.split('\r\n\r\n');
  return { headers, body: JSON.parse(body) };
}

const head = 'GET /v1/public HTTP/1.1\r\nHost: x\r\n';

describe('A client that takes its time', () => {
  it('over its header fields is ended, though each byte comes soon', async () => {
    const slow = visit(head, 'X-Long: ');
    trickle(slow, 'a');
    const { headers, body } = problemIn(await slow.answered);
    expect(headers).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(body).toMatchObject({ status: 408, code: 'request-timeout', title: '请求超时' });
  });

  it('over its body is ended, though each byte comes soon', async () => {
    const authorization = await bearer('p-1', ['applicant']);
    const slow = visit(
      'POST /v1/notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n',
      `Authorization: ${authorization}\r\nContent-Length: 100000\r\n\r\n{"title":"`,
    );
    trickle(slow, 'a');
    expect(problemIn(await slow.answered).body).toMatchObject({ status: 408 });
  });

  it('and says nothing is ended', async () => {
    expect(await visit().answered).toMatch(/^$|^HTTP\/1\.1 408 /);
  });

  it('over reading the answers is ended', async () => {
    const greedy = visit();
    greedy.socket.pause();
    greedy.socket.write(`${head}\r\n`.repeat(200_000));
    await new Promise((ended) => {
      const server = service.app.getHttpServer();
      const look = setInterval(() => {
        server.getConnections((_, count) => {
          if (count > 0) return;
          clearInterval(look);
          ended(undefined);
        });
      }, 20);
    });
    greedy.socket.destroy();
  });

  it('in a crowd of its like keeps nobody out for long', async () => {
    const crowd = Array.from({ length: 60 }, () => visit('GET '));
    const answers = await Promise.all(crowd.map(({ answered }) => answered));
    expect(answers.filter((answer) => answer === '').length).toBeGreaterThanOrEqual(40);
    const honest = visit(head, 'Connection: close\r\n\r\n');
    expect(await honest.answered).toMatch(/^HTTP\/1\.1 200/);
  });
});

describe('What is no HTTP', () => {
  const chunked = 'Transfer-Encoding: chunked\r\n';
  it.each([
    ['noise', '\u0016\u0003\u0001\u0002\r\n\r\n', 400],
    ['two lengths', `${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`, 400],
    ['a length beside chunks', `${head}Content-Length: 3\r\n${chunked}\r\n0\r\n\r\nabc`, 400],
    ['chunks twice removed', `${head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`, 400],
    ['a header with a line break', `${head}X: a\rb\r\n\r\n`, 400],
    ['endless header fields', `${head}X: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ])('%s is refused as a problem, with the headers of every answer', async (_, sent, status) => {
    const { headers, body } = problemIn(await visit(sent).answered);
    expect(headers).toContain(`HTTP/1.1 ${status} `);
    expect(body).toMatchObject({ status });
    const fields = headers.toLowerCase();
    for (const name of [
      'content-type: application/problem+json',
      'content-security-policy: ',
      'x-content-type-options: nosniff',
      'cache-control: no-store',
      'connection: close',
    ]) {
      expect(fields).toContain(name);
    }
  });

  it('a request for no host is refused', async () => {
    const { answered } = visit('GET /v1/public HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(await answered).toMatch(/^HTTP\/1\.1 400 /);
  });

  it.each(['TRACE', 'CONNECT', 'PROPFIND'])('%s is no method here', async (method) => {
    const answer = await visit(
      `${method} /v1/public HTTP/1.1\r\nHost: x\r\nX-Secret: canary\r\nConnection: close\r\n\r\n`,
    ).answered;
    expect(answer).not.toMatch(/^HTTP\/1\.1 2|canary/);
  });
});
