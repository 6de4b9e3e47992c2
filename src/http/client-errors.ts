import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

import { securityHeaders } from './headers';
import { contentLanguage } from './language';
import { malformed, Problem } from './problem';
import { problemDocument } from './problem-document';

/** What Node's parser says of a request that never became one; whatever else it says is malformed. */
const problems: Readonly<Record<string, Problem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: new Problem(408, 'request-timeout', {
    zh: '请求未在规定时间内发送完毕，请重试。',
    en: 'The request did not come in time; send it again.',
  }),
  HPE_HEADER_OVERFLOW: new Problem(431, 'headers-too-large', {
    zh: '请求头过大。',
    en: 'The header fields are too large.',
  }),
};
const notHttp = malformed('malformed-request', {
  zh: '请求格式有误。',
  en: 'The request is malformed.',
});

/**
 * Answers, and ends, a connection on which something came that is no HTTP, or came too slowly: there is no
 * request yet that the usual way could answer.
 */
export function answerClientError({ code }: NodeJS.ErrnoException, socket: Socket): void {
  // Gone, or in the middle of an answer, which must not get another one for its content.
  if (code === 'ECONNRESET' || !socket.writable || isAnswering(socket)) {
    socket.destroy();
    return;
  }
  const problem = problems[code ?? ''] ?? notHttp;
  const body = JSON.stringify(problemDocument(problem, 'zh'));
  const headers = {
    ...securityHeaders(''),
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': contentLanguage.zh,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const status = `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}\r\n`;
  socket.end(`${status}${lines.join('')}\r\n${body}`, () => socket.destroy());
}

/** Node keeps the answer under way with its socket; it tells nobody in another way. */
function isAnswering(socket: Socket): boolean {
  const { _httpMessage: answer } = socket as { _httpMessage?: { headersSent?: boolean } | null };
  return answer?.headersSent === true;
}
