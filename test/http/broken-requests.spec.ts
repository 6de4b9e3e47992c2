import { once } from 'node:events';
import { connect } from 'node:net';

import type { ProblemDocument } from '../../src/http/problem-document';
import { serve, type TestService } from '../support/http';
import { DummyModule } from './dummy.module';

describe('Bytes that are no request', () => {
  let service: TestService;
  let port: number;
  beforeAll(async () => {
    service = await serve(DummyModule);
    await service.app.listen(0, '127.0.0.1');
    port = Number(new URL(await service.app.getUrl()).port);
  });
  afterAll(() => service.close());

  const answerTo = async (sent: string): Promise<string> => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.write(sent);
    await once(socket, 'close');
    return received;
  };

  it.each([
    ['garbage', 'hello\r\n\r\n', 400, 'malformed-request'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
      'malformed-request',
    ],
    [
      'endless headers',
      `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    ['an endless address', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`, 431, 'headers-too-large'],
  ])('are answered as a problem, and the connection ends: %s', async (_, sent, status, code) => {
    const [head = '', text = ''] = (await answerTo(sent)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain('content-type: application/problem+json');
    expect(JSON.parse(text) as ProblemDocument).toMatchObject({ status, code });
  });

  it('do not keep others from being answered', async () => {
    await service.http.get('/v1/public').expect(200);
  });
});
