import { isDeepStrictEqual } from 'node:util';

import type { Act, Caller } from './act';
import { field, type Answer, type HttpRequest } from './client';
import { isBlocking, linesOf } from './findings';
import { judge, type Verdict } from './model';
import { submissionLimit } from './notice';
import { hashOf, revisionOf, type Standing } from './standing';

/** Something the service said otherwise than the model. */
export interface Difference {
  /** What was asked, and by whom. */
  readonly of: string;
  readonly expected: string;
  readonly actual: string;
}

/** Compares what the service says with what the model expects, and keeps the differences. */
export class Referee {
  checks = 0;
  readonly differences: Difference[] = [];
  /** Instant of every receipt, in epoch milliseconds. */
  readonly receipts: number[] = [];
  /** How often each refusal was met where it was expected. */
  readonly refusals = new Map<string, number>();
  /** How often something was accepted with a warning. */
  readonly warnings = new Map<string, number>();
  /** How many broken dossiers were judged, and how often each finding was met in them. */
  broken = 0;
  readonly found = new Map<string, number>();

  check(of: string, expected: unknown, actual: unknown): void {
    this.checks += 1;
    if (isDeepStrictEqual(expected, actual)) return;
    this.differences.push({ of, expected: shown(expected), actual: shown(actual) });
  }

  /**
   * Judges an answer and tells how the dossier stands now. The service's clock is known within bounds
   * only: where the notice decides differently at the two, either answer is right, unless a receipt
   * names the instant.
   */
  settle(before: Standing, act: Act, by: Caller, asked: HttpRequest, answer: Answer): Standing {
    const of = `${asked.method} ${asked.path} as ${by.subject}`;
    const verdicts = instantsOf(answer).map((at) => judge(before, act, by, at));
    const [first] = verdicts;
    if (first === undefined) return before;
    const agrees = (one: Verdict): boolean =>
      isDeepStrictEqual(outcomeOf(one), saidBy(answer, one.findings !== null));
    const verdict = verdicts.find(agrees) ?? first;
    this.check(of, outcomeOf(verdict), saidBy(answer, verdict.findings !== null));
    if (verdict.refusals.length > 0) count(this.refusals, new Set(verdict.refusals));
    else this.#checkBody(of, act, verdict, answer);
    const said = (verdict.findings ?? []).map((finding) => finding.said);
    if (act.kind === 'precheck') this.#countBroken(said);
    else if (verdict.refusals.length === 0) count(this.warnings, said);
    return verdict.after;
  }

  #countBroken(found: readonly string[]): void {
    if (found.length > 0) this.broken += 1;
    count(this.found, found);
  }

  #checkBody(
    of: string,
    act: Act,
    { after, findings }: Verdict,
    { body, earliest, latest }: Answer,
  ): void {
    const expected = expectedBody(act, after);
    const filed = after.filings.at(-1);
    if (act.kind === 'submit' && filed !== undefined) {
      expected['number'] = after.filings.length;
      expected['remaining'] = submissionLimit - after.filings.length;
      expected['contentHash'] = hashOf(filed);
      const at = Date.parse(String(field(body, 'submittedAt')));
      this.receipts.push(at);
      this.check(
        `${of}: the receipt's instant lies in the request's time`,
        true,
        earliest <= at && at <= latest,
      );
    }
    if (act.kind === 'precheck') expected['ok'] = !findings?.some(isBlocking);
    if (act.kind === 'receipts') this.#checkReceipts(of, after, body);
    const actual = Object.fromEntries(Object.keys(expected).map((key) => [key, field(body, key)]));
    this.check(of, expected, actual);
  }

  /** Every receipt with the tries it left. */
  #checkReceipts(of: string, { filings }: Standing, body: unknown): void {
    const expected = filings.map((_, index) => [index + 1, submissionLimit - index - 1]);
    const items = field(body, 'items');
    const actual = Array.isArray(items)
      ? (items as unknown[]).map((item) => [field(item, 'number'), field(item, 'remaining')])
      : [];
    this.check(`${of}: tries`, expected, actual);
  }
}

function expectedBody(act: Act, after: Standing): Record<string, unknown> {
  switch (act.kind) {
    case 'precheck':
    case 'receipts':
      return { revision: revisionOf(after) };
    case 'open-case':
      return { revision: 0 };
    case 'decide-case':
      return { revision: 1 };
    case 'return':
      return { ...changedDossier(after), number: after.returns };
    case 'object':
      return { ...changedDossier(after), number: after.objections.length };
    default:
      return changedDossier(after);
  }
}

function changedDossier(after: Standing): Record<string, unknown> {
  return { status: after.state, revision: revisionOf(after) };
}

/** The instant the service names, or the bounds of what it can be. */
function instantsOf({ body, earliest, latest }: Answer): readonly number[] {
  const submittedAt = field(body, 'submittedAt');
  return typeof submittedAt === 'string' ? [Date.parse(submittedAt)] : [earliest, latest];
}

interface Outcome {
  readonly status: number;
  readonly refusals: readonly string[];
  /** One line each, sorted; null where only the refusals are compared. */
  readonly findings: readonly string[] | null;
}

function outcomeOf({ status, refusals, findings }: Verdict): Outcome {
  return { status, refusals: [...refusals].sort(), findings: findings && linesOf(findings) };
}

function saidBy(answer: Answer, withFindings: boolean): Outcome {
  const { status } = answer;
  return {
    status,
    refusals: refusalsIn(answer),
    findings: withFindings ? findingsIn(answer) : null,
  };
}

/** Whatever was found: what refuses, what a pre-check shows, what a receipt warns of. */
function findingsIn({ body }: Answer): readonly string[] {
  const findings = field(body, 'findings') ?? field(body, 'warnings');
  if (!Array.isArray(findings)) return [];
  return (findings as unknown[])
    .map((finding) => {
      const severity = String(field(finding, 'severity'));
      return `${severity} ${codeOf(finding)} ${String(field(finding, 'pointer'))}`;
    })
    .sort();
}

/** The refusals of a problem document, each with its rule before it, sorted. */
function refusalsIn({ status, body }: Answer): readonly string[] {
  if (status < 400) return [];
  const findings = field(body, 'findings');
  if (!Array.isArray(findings)) return [String(field(body, 'code'))];
  return (findings as unknown[])
    .filter((finding) => field(finding, 'severity') === 'block')
    .map(codeOf)
    .sort();
}

/** The code, and before it the rule of the catalogue where one speaks. */
function codeOf(finding: unknown): string {
  const rule = field(finding, 'rule');
  const code = String(field(finding, 'code'));
  return typeof rule === 'string' ? `${rule} ${code}` : code;
}

function count(tally: Map<string, number>, keys: Iterable<string>): void {
  for (const key of keys) tally.set(key, (tally.get(key) ?? 0) + 1);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
