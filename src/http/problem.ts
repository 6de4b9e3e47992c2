import type { Finding, Text } from '../rules/finding';

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

/** 422 where a rule of the notice refuses, 409 where only the present state stands against it. */
export function refusal(findings: readonly Finding[]): Problem {
  const blocking = findings.filter((finding) => finding.severity === 'block');
  const first = blocking.find((finding) => finding.rule !== null) ?? blocking[0];
  return new Problem(
    first?.rule == null ? 409 : 422,
    first?.code ?? 'refused',
    first?.message ?? { zh: '不予受理。', en: 'Refused.' },
    findings,
  );
}
