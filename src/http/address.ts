import type { FastifyInstance } from 'fastify';

import { malformed, notFound } from './problem';
import { sendProblem } from './problem.filter';

/** How an address writes a NUL: the only way, as its bytes pass no HTTP parser. */
const nul = '%00';

/**
 * Nothing has a name with a NUL, and no store takes one in a text: 404 where it is in the path, 400 where it is
 * in the query. Here, so that no route must think of it.
 */
export function refuseNul(instance: FastifyInstance): void {
  instance.addHook('onRequest', (request, reply, done) => {
    const { url } = request;
    if (!url.includes(nul)) {
      done();
      return;
    }
    const [path = ''] = url.split('?', 1);
    sendProblem(request, reply, path.includes(nul) ? notFound() : nulInQuery);
  });
}

const nulInQuery = malformed('malformed-request', {
  zh: '查询参数中含有空字符（NUL）。',
  en: 'The query holds a NUL.',
});
