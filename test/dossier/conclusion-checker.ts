import type { DossierEvent } from '../../src/dossier/events';
import type { Must } from './checker';
import type { Paperwork } from './paperwork';

type Concluding = Extract<
  DossierEvent,
  { type: 'FeeReceived' | 'PrintedFormsReceived' | 'DefenceScheduled' | 'DefenceConcluded' }
>;

/** What the checker expects after the acceptance (四(一)18, 19): each act once. */
export class ConclusionChecker {
  readonly #done = new Set<string>();
  /** When it is to be. */
  appointed: string | null = null;

  constructor(private readonly filed: Paperwork) {}

  see(event: Concluding, now: string, must: Must): void {
    const late = now.slice(0, 10) > '2022-09-30';
    const once = (act: string): void => {
      must(!this.#done.has(act), 'a second time');
      this.#done.add(act);
    };
    switch (event.type) {
      case 'FeeReceived': {
        once(event.type);
        const due = { senior: 500, intermediate: 350, junior: 100 };
        must(event.data.amount === due[this.filed.choice?.level ?? 'senior'], 'another amount');
        must(event.data.warnings.length > 0 === late, 'wrong about being late');
        break;
      }
      case 'PrintedFormsReceived':
        once(event.type);
        must(event.data.copies === 2, `${event.data.copies} copies`);
        must(event.data.warnings.length > 0 === late, 'wrong about being late');
        break;
      case 'DefenceScheduled':
        must(!this.filed.stationed, 'stationed in a village');
        must(!this.#done.has('DefenceConcluded'), 'it was concluded');
        must(event.data.defenceAt >= now, 'appointed for the past');
        this.appointed = event.data.defenceAt;
        break;
      case 'DefenceConcluded': {
        must(now >= (this.appointed ?? '9'), `appointed for ${this.appointed ?? 'never'}`);
        this.appointed = null;
        const { attended, cause, outcome } = event.data;
        if (!attended && cause !== null) {
          must(outcome === 'excused', `absent with cause is ${outcome}`);
          break;
        }
        once(event.type);
        must(
          attended ? outcome === 'passed' || outcome === 'failed' : outcome === 'vetoed',
          `${attended ? 'attended' : 'absent'} is ${outcome}`,
        );
        break;
      }
    }
  }
}
