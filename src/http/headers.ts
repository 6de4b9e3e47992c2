/** For answers that are data: nothing is kept by caches, framed, or run as a page. */
const dataHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  // Taken over TLS only, which ends in front of the service.
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Swagger UI runs its own scripts and sets styles inline; nothing comes from, or goes, elsewhere. */
const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Pages run their own scripts, draw with their own styles, and show scans they asked the API for. */
const pagesPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers every response begins with; a controller may set its own in their place. */
export function securityHeaders(url: string): Readonly<Record<string, string>> {
  const policy = policyOf(url);
  return policy === undefined ? dataHeaders : { ...dataHeaders, 'content-security-policy': policy };
}

function policyOf(url: string): string | undefined {
  if (/^\/docs([/?]|$)/.test(url)) return docsPolicy;
  return /^\/(reports|audit)([/?]|$)/.test(url) ? pagesPolicy : undefined;
}
