import type { DossierEvent } from '../../src/dossier/events';
import type { ReviewChain } from '../../src/organisations/organisation';
import type { Policy } from '../../src/rounds/policy';
import type { Reviewer } from '../../src/rules/review';

/** An event with the circumstances it happened in. */
export interface Happening {
  readonly event: DossierEvent;
  readonly now: string;
  readonly actor: Reviewer;
  readonly policy: Policy;
}

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
  #applicant: string | null = null;
  #spent = false;

  get #last(): number {
    return (this.chain?.length ?? 0) - 1;
  }

  see({ event, now, actor, policy }: Happening): void {
    const windows = windowsOf(policy);
    const must = (condition: boolean, what: string): void => {
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
    const byReviewer = (from: number, to: number): void => {
      at('in review');
      must(this.step >= from && this.step <= to, `it lies at step ${this.step}`);
      must(actor.organisation === this.chain?.[this.step], 'another organisation');
      must(actor.subject !== this.#applicant, 'their own dossier');
      const role = this.step === 0 ? 'unit-reviewer' : this.#isLast ? 'title-office' : 'supervisor';
      must(actor.roles.includes(role), `not a ${role}`);
      const opens = this.#isLast ? windows.review.opens : windows.filing.opens;
      must(now >= opens && now <= windows.review.closes, 'outside the time of review');
    };

    switch (event.type) {
      case 'DossierOpened':
        at('nowhere');
        this.#applicant = actor.subject;
        this.chain = event.data.chain;
        untilClosing();
        this.place = 'in hand';
        break;
      case 'DossierReopened':
        byApplicant();
        must(this.place === 'withdrawn' || this.place === 'closed', `it is ${this.place}`);
        must(!this.#spent, 'its tries were used up');
        must(event.data.returned === (this.returnedBy !== null), 'wrong about a pending return');
        untilClosing();
        this.place = 'in hand';
        break;
      case 'SectionSaved':
      case 'SectionRevised':
        at('in hand');
        byApplicant();
        untilClosing();
        must((event.type === 'SectionRevised') === (this.returnedBy !== null), 'wrong name');
        break;
      case 'EvidenceAttached':
        at('in hand');
        byApplicant();
        untilClosing();
        break;
      case 'ReasonExplained':
        at('in hand');
        byApplicant();
        untilClosing();
        must(this.returnedBy !== null, 'nothing was returned');
        break;
      case 'DossierSubmitted':
      case 'DossierResubmitted': {
        const { filing, chain } = event.data;
        at('in hand');
        byApplicant();
        untilClosing();
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
        this.chain = chain;
        this.step = 0;
        this.returnedBy = null;
        this.place = 'in review';
        break;
      }
      case 'PublicityStarted':
        byReviewer(0, 0);
        break;
      case 'DossierRecommended':
        byReviewer(0, 0);
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
      case 'DossierWithdrawn':
        byApplicant();
        must(this.place === 'in hand' || this.place === 'in review', `it is ${this.place}`);
        this.place = 'withdrawn';
        break;
      case 'DossierClosed': {
        at('in hand');
        this.#spent = event.data.cause === 'submission-limit';
        if (this.#spent) {
          must(this.counted === policy.submissions.limit, 'tries are left');
        } else {
          const end = this.returnedBy === null ? windows.filing.closes : windows.review.closes;
          must(now > end, `not later than ${end}`);
        }
        this.place = 'closed';
        break;
      }
    }
  }

  get #isLast(): boolean {
    return this.step === this.#last;
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
