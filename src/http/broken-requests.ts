import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

import { securityHeaders } from './headers';
import { contentLanguage } from './language';
import { Problem } from './problem';
import { problemDocument } from './problem-document';

/**
 * Answers what is no HTTP, or stops in the middle, as everything else is answered; then the connection
 * ends. Nothing is known of the sender but that, not even a language.
 */
export function answerBroken(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code !== 'ECONNRESET' && socket.writable) {
    const problem = problemFor(error.code);
    const body = JSON.stringify(problemDocument(problem, 'zh'));
    const headers = {
      ...securityHeaders(''),
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': contentLanguage.zh,
      'content-length': Buffer.byteLength(body),
      connection: 'close',
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const first = `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`;
    socket.write(`${[first, ...lines].join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroySoon();
}

function problemFor(code: string | undefined): Problem {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Problem(431, 'headers-too-large', {
        zh: '请求地址或请求头过长。',
        en: 'The address or the headers are too long.',
      });
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem(408, 'request-timeout', {
        zh: '请求未能及时完整到达。',
        en: 'The request did not arrive in time.',
      });
    default:
      return new Problem(400, 'malformed-request', {
        zh: '请求格式有误。',
        en: 'The request is malformed.',
      });
  }
}
