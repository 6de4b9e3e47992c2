import { isDeepStrictEqual } from 'node:util';

import { isWorkday } from 'chinese-days';

import type { DossierEvent } from '../../src/dossier/events';
import type { Policy } from '../../src/rounds/policy';
import type { Must } from './checker';
import type { Paperwork } from './paperwork';

type At<Type extends DossierEvent['type']> = Extract<DossierEvent, { type: Type }>;
type AtTheUnit = At<
  'PublicityStarted' | 'ObjectionRecorded' | 'ObjectionSettled' | 'UnitPaperAttached'
>;

const aDay = 24 * 3_600_000;

/** The unit's part of the checker (四(二)): publicity, objections, sealed papers, recommendation. */
export class UnitChecker {
  /** The first day it was up, and what was shown. */
  #publicity: { readonly firstDay: string; readonly shown: unknown } | null = null;
  #objections = 0;
  readonly #open = new Set<number>();
  readonly #papers = new Set<string>();

  constructor(private readonly filed: Paperwork) {}

  /** First instant of the day after the fifth working day; null where nothing is up. */
  get mayRecommendFrom(): string | null {
    if (this.#publicity === null) return null;
    let day = this.#publicity.firstDay;
    for (let left = 5; left > 0; day = dayAfter(day)) if (isWorkday(day)) left -= 1;
    return `${day}T00:00:00.000+08:00`;
  }

  /** Numbers of the objections without an outcome. */
  get open(): readonly number[] {
    return [...this.#open];
  }

  see(event: AtTheUnit, now: string, must: Must): void {
    switch (event.type) {
      case 'PublicityStarted':
        must(event.data.firstDay === now.slice(0, 10), 'not up from today');
        this.#publicity = { firstDay: event.data.firstDay, shown: this.filed.shown() };
        break;
      case 'ObjectionRecorded':
        this.#objections += 1;
        must(event.data.number === this.#objections, `numbered ${event.data.number}`);
        this.#open.add(event.data.number);
        break;
      case 'ObjectionSettled':
        must(this.#open.delete(event.data.number), 'not an open objection');
        break;
      case 'UnitPaperAttached':
        this.#papers.add(event.data.attachment.sha256);
        break;
    }
  }

  mustBeDone(
    { statement, papers, checklist }: At<'DossierRecommended'>['data'],
    now: string,
    policy: Policy,
    must: Must,
  ): void {
    must(this.#publicity !== null, 'nothing was up');
    must(now >= (this.mayRecommendFrom ?? '9'), `earlier than ${this.mayRecommendFrom ?? 'ever'}`);
    if (policy.publicity.republishOnSummaryChange) {
      must(isDeepStrictEqual(this.#publicity?.shown, this.filed.shown()), 'what was up changed');
    }
    must(this.#open.size === 0, `objections ${this.open.join(', ')} are open`);
    must(checklist.length === 3, 'the grassroots check is incomplete');
    must(
      statement === '本单位已对提供的申报材料逐一审核，真实、完整、有效，同意推荐',
      'in other words',
    );
    must(
      Object.values(papers).every((paper) => this.#papers.has(paper)),
      'with a strange paper',
    );
    for (const paper of [
      'publicity-notice',
      'publicity-result',
      'political-conduct',
      'integrity-certificate',
    ]) {
      must(paper in papers || this.filed.holds(paper), `without ${paper}`);
    }
  }
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + aDay).toISOString().slice(0, 10);
}
