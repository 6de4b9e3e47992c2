import { isDeepStrictEqual } from 'node:util';

import type { Act, Caller } from './act';
import { field, type Answer, type HttpRequest } from './client';
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
    const said = { status: answer.status, refusals: refusalsIn(answer) };
    const verdict = verdicts.find((one) => isDeepStrictEqual(outcomeOf(one), said)) ?? first;
    this.check(of, outcomeOf(verdict), said);
    if (verdict.refusals.length > 0) {
      for (const code of new Set(verdict.refusals)) {
        this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
      }
    } else {
      this.#checkBody(of, act, verdict.after, answer);
    }
    return verdict.after;
  }

  #checkBody(of: string, act: Act, after: Standing, { body, earliest, latest }: Answer): void {
    const expected: Record<string, unknown> = {
      status: after.state,
      revision: revisionOf(after),
    };
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
    if (act.kind === 'return') expected['number'] = after.returns;
    if (act.kind === 'object') expected['number'] = after.objections.length;
    const actual = Object.fromEntries(Object.keys(expected).map((key) => [key, field(body, key)]));
    this.check(of, expected, actual);
  }
}

/** The instant the service names, or the bounds of what it can be. */
function instantsOf({ body, earliest, latest }: Answer): readonly number[] {
  const submittedAt = field(body, 'submittedAt');
  return typeof submittedAt === 'string' ? [Date.parse(submittedAt)] : [earliest, latest];
}

function outcomeOf({ status, refusals }: Verdict): { status: number; refusals: readonly string[] } {
  return { status, refusals };
}

/** The refusals of a problem document, each with its rule before it, sorted. */
function refusalsIn({ status, body }: Answer): readonly string[] {
  if (status < 400) return [];
  const findings = field(body, 'findings');
  if (!Array.isArray(findings)) return [String(field(body, 'code'))];
  return (findings as unknown[])
    .filter((finding) => field(finding, 'severity') === 'block')
    .map((finding) => {
      const rule = field(finding, 'rule');
      const code = String(field(finding, 'code'));
      return typeof rule === 'string' ? `${rule} ${code}` : code;
    })
    .sort();
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
