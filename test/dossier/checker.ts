import type { DossierEvent } from '../../src/dossier/events';
import type { ReviewChain } from '../../src/organisations/organisation';
import type { Policy } from '../../src/rounds/policy';
import type { Reviewer } from '../../src/rules/review';
import type { Bar } from '../../src/rules/standing';
import { ConclusionChecker } from './conclusion-checker';
import { Paperwork } from './paperwork';
import { UnitChecker } from './unit-checker';

/** An event with the circumstances it happened in. */
export interface Happening {
  readonly event: DossierEvent;
  readonly now: string;
  readonly actor: Reviewer;
  readonly policy: Policy;
  readonly bars: readonly Bar[];
}

/** Throws where the condition does not hold. */
export type Must = (condition: boolean, what: string) => void;

/**
 * Follows a dossier by its events alone and throws at the first one the notice would not have. It is
 * deliberately a second, naive telling of the rules: it shares no code with the first.
 */
export class Checker {
  place: 'nowhere' | 'in hand' | 'in review' | 'accepted' | 'withdrawn' | 'closed' = 'nowhere';
  /** Step of the chain it lies with, while in review. */
  step = 0;
  chain: ReviewChain | null = null;
  filings = 0;
  counted = 0;
  /** Who returned the latest filing, as long as it was not filed again. */
  returnedBy: 'the office' | 'somebody below' | null = null;
  readonly filed = new Paperwork();
  readonly unit = new UnitChecker(this.filed);
  readonly conclusion = new ConclusionChecker(this.filed);
  #applicant: string | null = null;
  /** Neither reopened nor filed again, ever. */
  #forGood = false;

  get #last(): number {
    return (this.chain?.length ?? 0) - 1;
  }

  see({ event, now, actor, policy, bars }: Happening): void {
    const windows = windowsOf(policy);
    const must: Must = (condition, what) => {
      if (!condition) throw new Error(`${event.type} at ${now} by ${actor.subject}: ${what}`);
    };
    const at = (place: Checker['place']): void => {
      must(this.place === place, `the dossier is ${this.place}, not ${place}`);
    };
    const byApplicant = (): void => {
      must(actor.subject === this.#applicant, 'not the applicant');
    };
    const untilClosing = (): void => {
      const end = this.returnedBy === null ? windows.filing.closes : windows.review.closes;
      must(now <= end, `later than ${end}`);
    };
    const inHandOfApplicant = (): void => {
      at('in hand');
      byApplicant();
      untilClosing();
    };
    const notBarred = (): void => {
      for (const { firstYear, lastYear } of bars) {
        must(firstYear > policy.year || lastYear < policy.year, `barred till ${lastYear}`);
      }
    };
    const byReviewer = (from: number, to: number): void => {
      at('in review');
      must(this.step >= from && this.step <= to, `it lies at step ${this.step}`);
      must(actor.organisation === this.chain?.[this.step], 'another organisation');
      must(actor.subject !== this.#applicant, 'their own dossier');
      must(actor.roles.includes(this.#roleAt(this.step)), `not a ${this.#roleAt(this.step)}`);
      const opens = this.#isLast ? windows.review.opens : windows.filing.opens;
      must(now >= opens && now <= windows.review.closes, 'outside the time of review');
    };
    const afterAcceptance = (from: number): void => {
      at('accepted');
      const theirs = this.chain?.indexOf(actor.organisation ?? '') ?? -1;
      must(theirs >= from, 'another organisation');
      must(actor.roles.includes(this.#roleAt(theirs)), `not a ${this.#roleAt(theirs)}`);
      must(actor.subject !== this.#applicant, 'their own dossier');
    };

    switch (event.type) {
      case 'DossierOpened':
        at('nowhere');
        notBarred();
        this.#applicant = actor.subject;
        this.chain = event.data.chain;
        this.filed.choose(event.data.choice);
        untilClosing();
        this.place = 'in hand';
        break;
      case 'DossierReopened':
        byApplicant();
        notBarred();
        must(this.place === 'withdrawn' || this.place === 'closed', `it is ${this.place}`);
        must(!this.#forGood, 'it was closed for good');
        must(event.data.returned === (this.returnedBy !== null), 'wrong about a pending return');
        this.filed.choose(event.data.choice);
        untilClosing();
        this.place = 'in hand';
        break;
      case 'SectionSaved':
      case 'SectionRevised':
        inHandOfApplicant();
        must((event.type === 'SectionRevised') === (this.returnedBy !== null), 'wrong name');
        this.filed.sections.set(event.data.section, event.data.content);
        break;
      case 'EvidenceAttached':
        inHandOfApplicant();
        this.filed.attachments.add(event.data.attachment.sha256);
        break;
      case 'MaskingAnswered':
        inHandOfApplicant();
        this.filed.masking.set(event.data.sha256, event.data.masking);
        break;
      case 'ReasonExplained':
        inHandOfApplicant();
        must(this.returnedBy !== null, 'nothing was returned');
        break;
      case 'DossierSubmitted':
      case 'DossierResubmitted': {
        const { filing, chain } = event.data;
        inHandOfApplicant();
        notBarred();
        must(now >= windows.filing.opens, 'before filing opens');
        must((event.type === 'DossierSubmitted') === (this.filings === 0), 'wrong name');
        this.filings += 1;
        must(filing.number === this.filings, `numbered ${filing.number}`);
        const counts =
          policy.submissions.counting === 'every-submission' ||
          this.returnedBy !== 'somebody below';
        must(filing.counted === counts, 'counted wrongly');
        if (counts) this.counted += 1;
        must(this.counted <= policy.submissions.limit, `submission ${this.counted} was counted`);
        must(filing.remaining === policy.submissions.limit - this.counted, 'wrong remainder');
        must(filing.answers.every(isAnswered), 'with an unanswered reason');
        must(filing.to.step === 0 && filing.to.organisation === chain[0], 'not to the unit');
        this.filed.mustBeMasked(must);
        this.chain = chain;
        this.step = 0;
        this.returnedBy = null;
        this.place = 'in review';
        break;
      }
      case 'PublicityStarted':
      case 'ObjectionRecorded':
      case 'ObjectionSettled':
      case 'UnitPaperAttached':
        byReviewer(0, 0);
        this.unit.see(event, now, must);
        break;
      case 'DossierRecommended':
        byReviewer(0, 0);
        this.unit.mustBeDone(event.data, now, policy, must);
        this.step += 1;
        must(event.data.to.step === this.step, 'a level was skipped');
        break;
      case 'DossierEndorsed':
        byReviewer(1, this.#last - 1);
        this.step += 1;
        must(event.data.to.step === this.step, 'a level was skipped');
        break;
      case 'DossierReturned':
        byReviewer(0, this.#last);
        must(event.data.reasons.length > 0, 'without reasons');
        must(event.data.submission === this.filings, 'names another submission');
        this.returnedBy = this.#isLast ? 'the office' : 'somebody below';
        this.place = 'in hand';
        break;
      case 'DossierAccepted':
        byReviewer(this.#last, this.#last);
        this.place = 'accepted';
        break;
      case 'FeeReceived':
      case 'PrintedFormsReceived':
        afterAcceptance(0);
        this.conclusion.see(event, now, must);
        break;
      case 'DefenceScheduled':
      case 'DefenceConcluded':
        afterAcceptance(this.#last);
        this.conclusion.see(event, now, must);
        break;
      case 'DossierWithdrawn':
        byApplicant();
        must(this.place === 'in hand' || this.place === 'in review', `it is ${this.place}`);
        this.place = 'withdrawn';
        break;
      case 'DossierClosed': {
        at('in hand');
        this.#forGood = event.data.cause === 'submission-limit';
        if (this.#forGood) {
          must(this.counted === policy.submissions.limit, 'tries are left');
        } else {
          const end = this.returnedBy === null ? windows.filing.closes : windows.review.closes;
          must(now > end, `not later than ${end}`);
        }
        this.place = 'closed';
        break;
      }
      case 'DossierFalsified':
        must(this.place !== 'nowhere', 'there is none');
        must(event.data.titleWithdrawn === (this.place === 'accepted'), 'wrong about the title');
        this.#forGood = true;
        this.place = 'closed';
        break;
    }
  }

  get #isLast(): boolean {
    return this.step === this.#last;
  }

  #roleAt(step: number): string {
    return step === 0 ? 'unit-reviewer' : step === this.#last ? 'title-office' : 'supervisor';
  }
}

function isAnswered(answer: { changed: boolean; explanation: string | null }): boolean {
  return answer.changed || (answer.explanation ?? '').trim() !== '';
}

function windowsOf({ windows }: Policy) {
  if (!('opens' in windows.filing) || !('lastDay' in windows.review)) throw new Error('form');
  return {
    filing: windows.filing,
    review: {
      opens: `${windows.review.firstDay}T00:00:00.000+08:00`,
      closes: `${windows.review.lastDay}T23:59:59.999+08:00`,
    },
  };
}
