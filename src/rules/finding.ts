import type { Policy } from '../rounds/policy';

/** A sentence in both languages the service speaks. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** How a finding weighs: `block` refuses, `warn` is shown, `review` asks a human to judge. */
export type Severity = 'block' | 'warn' | 'review';

/** One thing a rule has to say of what it was shown. */
export interface Finding {
  /** Stable code a portal can act on. */
  readonly code: string;
  /** Id in the rule catalogue; null where no rule of the notice but the present state refuses. */
  readonly rule: string | null;
  /** Clause of the notice the rule comes from. */
  readonly clause: string | null;
  readonly severity: Severity;
  /** JSON pointer to the part it is about; '' for the whole. */
  readonly pointer: string;
  readonly message: Text;
}

export interface Said {
  readonly code: string;
  readonly pointer?: string;
  readonly zh: string;
  readonly en: string;
}

const findingOf =
  (severity: Severity) =>
  (policy: Policy, rule: string, said: Said): Finding => ({
    code: said.code,
    rule,
    clause: policy.clauses[rule] ?? null,
    severity,
    pointer: said.pointer ?? '',
    message: { zh: said.zh, en: said.en },
  });

/** What a rule of the notice refuses. */
export const block = findingOf('block');
/** What a rule lets pass but shows to the applicant and the reviewers. */
export const warn = findingOf('warn');

/** What no rule of the notice refuses, but the state the record is in. */
export function conflict(said: Said): Finding {
  return {
    code: said.code,
    rule: null,
    clause: null,
    severity: 'block',
    pointer: said.pointer ?? '',
    message: { zh: said.zh, en: said.en },
  };
}

const malformedCode = 'malformed-request';

/** Input whose shape is wrong, before any rule looks at it. */
export function malformed(said: Omit<Said, 'code'>): Finding {
  return conflict({ ...said, code: malformedCode });
}

/** A part of the dossier that the address of a request names, and that is not there. */
export function isNotThere({ code }: Finding): boolean {
  return code === 'unknown-objection' || code === 'unknown-return-reason';
}

export function isMalformed(finding: Finding): boolean {
  return finding.code === malformedCode;
}

export function blocks(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'block');
}
