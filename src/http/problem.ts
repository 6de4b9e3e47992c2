import { isMalformed, isNotThere, type Finding, type Text } from '../rules/finding';

/** A clear answer to a request that cannot be met; the filter writes it as RFC 9457. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly status: number,
    /** Stable code, also the end of `type`. */
    readonly code: string,
    readonly text: Text,
    readonly findings: readonly Finding[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(code);
  }
}

/** What does not exist and what is not the caller's to know read the same. */
export function notFound(): Problem {
  return new Problem(404, 'not-found', {
    zh: '没有找到，或您无权查看。',
    en: 'Nothing here, or nothing that is yours to know.',
  });
}

/** 400 where the input is malformed, 422 where a rule refuses, 404 for a part that is not there, 409 where only the present state refuses. */
export function refusal(findings: readonly Finding[]): Problem {
  const blocking = findings.filter((finding) => finding.severity === 'block');
  const first =
    blocking.find(isMalformed) ?? blocking.find(({ rule }) => rule !== null) ?? blocking[0];
  return new Problem(
    first === undefined ? 409 : statusOf(first),
    first?.code ?? 'refused',
    first?.message ?? { zh: '不予受理。', en: 'Refused.' },
    findings,
  );
}

function statusOf(finding: Finding): number {
  if (isMalformed(finding)) return 400;
  if (isNotThere(finding)) return 404;
  return finding.rule === null ? 409 : 422;
}

/** 400: the request itself is not of the form the contract asks for. */
export function malformed(code: string, text: Text, findings: readonly Finding[] = []): Problem {
  return new Problem(400, code, text, findings);
}

/** 400: the body is not what its media type says. */
export function malformedBody(text: Text): Problem {
  return malformed('malformed-body', text);
}

/** 503: try again; nothing was applied. */
export function unavailable(code: string, text: Text, retryAfterSeconds: number): Problem {
  return new Problem(503, code, text, [], { 'retry-after': String(retryAfterSeconds) });
}
