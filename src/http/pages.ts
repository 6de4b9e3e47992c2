import { join } from 'node:path';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Text } from '../rules/finding';
import { contentLanguage, preferredLanguage, type Language } from './language';
import { PageFiles } from './page-files';
import { notFound } from './problem';
import { sendProblem } from './problem.filter';

interface Page {
  readonly title: Text;
  /** What the browser runs, below /pages/. */
  readonly script: string;
}

const reports: Page = {
  title: { zh: '职称评审统计报表', en: 'Title review reports' },
  script: 'reports/main.js',
};
const audit: Page = {
  title: { zh: '申报材料办理过程', en: 'History of a dossier' },
  script: 'audit/main.js',
};

/**
 * The pages for people to look at. What is served here is public and says nothing of anybody: a page asks the
 * API for what it shows, with the token its reader gives it.
 */
export function servePages(instance: FastifyInstance): void {
  const files = new PageFiles(join(__dirname, '../pages'));
  instance.get('/reports', (request, reply) => sendPage(reports, request, reply));
  instance.get('/audit', (request, reply) => sendPage(audit, request, reply));
  instance.get('/audit/:dossier', (request, reply) => sendPage(audit, request, reply));
  instance.get('/pages/*', (request, reply) => {
    const file = files.get((request.params as { readonly '*': string })['*']);
    if (file === undefined) {
      sendProblem(request, reply, notFound());
      return reply;
    }
    reply.headers({
      // Asked about again each time, so that a new version never meets parts of an old one.
      'cache-control': 'no-cache',
      'content-type': file.type,
      etag: file.etag,
      vary: 'Accept-Encoding',
    });
    if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
    if (!takesGzip(request)) return reply.send(file.content);
    return reply.header('content-encoding', 'gzip').send(file.zipped);
  });
}

/** `?lang=` says which language; without it the browser's wishes do, and Chinese goes before. */
function sendPage({ title, script }: Page, request: FastifyRequest, reply: FastifyReply) {
  const { lang } = request.query as { readonly lang?: unknown };
  const language: Language =
    lang === 'zh' || lang === 'en' ? lang : preferredLanguage(request.headers['accept-language']);
  return reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-language': contentLanguage[language],
      vary: 'Accept-Language',
    })
    .send(shellOf(title[language], script, language));
}

function shellOf(title: string, script: string, language: Language): string {
  return `<!doctype html>
<html lang="${contentLanguage[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/pages/pages.css">
<script type="module" src="/pages/${script}"></script>
</head>
<body>
<noscript>本页面需要启用 JavaScript。This page needs JavaScript.</noscript>
</body>
</html>
`;
}

function takesGzip({ headers }: FastifyRequest): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/i.test(
    headers['accept-encoding']?.toString() ?? '',
  );
}
