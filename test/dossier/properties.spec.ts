import fc from 'fast-check';
import { hashOf } from '../../src/dossier/canonical';
import { decide } from '../../src/dossier/decide';
import { contentHash } from '../../src/dossier/dossier';
import type { ClosingCause, DefenceOutcome, DossierEventType } from '../../src/dossier/events';
import type { Json } from '../../src/engine/event-store';
import { isSame, withKeysReversed } from '../support/json';
import { eventsOf, lives, play, type Played } from './sequences';

describe('whatever is tried, at whatever time, by whomever', () => {
  // Playing a life checks each event as it comes: windows, turns, persons, counts, names.
  it('only what the notice allows happens', () => {
    fc.assert(
      fc.property(lives, (life) => {
        play(life);
      }),
      { numRuns: 250 },
    );
  });

  it('a refusal names its reasons and brings no event', () => {
    fc.assert(
      fc.property(lives, (life) => {
        for (const { decision, before, after } of play(life)) {
          if (!('refused' in decision)) continue;
          expect(decision.refused.some(({ severity }) => severity === 'block')).toBe(true);
          expect('accepted' in decision).toBe(false);
          expect(after).toBe(before);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('the same command twice in a row happens once', () => {
    fc.assert(
      fc.property(lives, (life) => {
        for (const { command, facts, after, decision } of play(life)) {
          if (eventsOf(decision).length === 0) continue;
          const again = eventsOf(decide(command, after, facts));
          // Two people may object in the same words.
          if (command.type === 'RecordObjection') expect(again).toHaveLength(1);
          else expect(again).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('two filings have the same hash exactly where they have the same content', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const last = play(life).at(-1)?.after;
        const filed = last === undefined || last.status === 'unopened' ? [] : last.file.submissions;
        for (const one of filed) {
          expect(one.contentHash).toBe(contentHash(one.content));
          for (const other of filed) {
            expect(one.contentHash === other.contentHash).toBe(isSame(one.content, other.content));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('reaches every event, and every cause of closing', () => {
    const types: Record<DossierEventType, number> = {
      DossierOpened: 0,
      DossierReopened: 0,
      SectionSaved: 0,
      SectionRevised: 0,
      EvidenceAttached: 0,
      MaskingAnswered: 0,
      ReasonExplained: 0,
      DossierSubmitted: 0,
      DossierResubmitted: 0,
      PublicityStarted: 0,
      ObjectionRecorded: 0,
      ObjectionSettled: 0,
      UnitPaperAttached: 0,
      DossierRecommended: 0,
      DossierEndorsed: 0,
      DossierReturned: 0,
      DossierAccepted: 0,
      FeeReceived: 0,
      PrintedFormsReceived: 0,
      DefenceScheduled: 0,
      DefenceConcluded: 0,
      DossierWithdrawn: 0,
      DossierClosed: 0,
      DossierFalsified: 0,
    };
    const causes: Record<Exclude<ClosingCause, 'falsification'>, number> = {
      'never-submitted': 0,
      'not-resubmitted': 0,
      'submission-limit': 0,
    };
    const outcomes: Record<DefenceOutcome, number> = {
      passed: 0,
      failed: 0,
      vetoed: 0,
      excused: 0,
    };
    const reopenedFrom = { withdrawn: 0, closed: 0 };
    const refused = new Set<string>();
    const samples = fc.sample(lives, { numRuns: 800, seed: 2022 });
    const count = ({ before, decision }: Played): void => {
      for (const event of eventsOf(decision)) {
        types[event.type] += 1;
        if (event.type === 'DossierClosed') causes[event.data.cause] += 1;
        if (event.type === 'DefenceConcluded') outcomes[event.data.outcome] += 1;
        if (event.type === 'DossierReopened') {
          reopenedFrom[before.status === 'closed' ? 'closed' : 'withdrawn'] += 1;
        }
      }
      if ('refused' in decision) for (const { code } of decision.refused) refused.add(code);
    };
    // One after the other: all at once they would fill the memory.
    for (const life of samples) play(life).forEach(count);
    const counts = Object.entries({ ...types, ...causes, ...outcomes, ...reopenedFrom });
    expect(counts.filter(([, count]) => count === 0)).toEqual([]);
    const expected = [
      'already-recorded',
      'barred-for-falsification',
      'checklist-incomplete',
      'confirmation-missing',
      'defence-exempt',
      'defence-in-the-past',
      'defence-not-begun',
      'defence-not-scheduled',
      'dossier-already-open',
      'dossier-final',
      'dossier-not-accepted',
      'fee-amount-mismatch',
      'filing-window-closed',
      'filing-window-not-open',
      'masked-version-missing',
      'masking-unanswered',
      'not-at-this-stage',
      'not-your-organisation',
      'own-dossier',
      'printed-forms-incomplete',
      'publicity-material-missing',
      'publicity-not-started',
      'publicity-objection-open',
      'publicity-too-short',
      'recommendation-text-mismatch',
      'return-reasons-missing',
      'return-reasons-unanswered',
      'review-window-closed',
      'review-window-not-open',
      'submission-limit-reached',
      'unknown-attachment',
      'unknown-objection',
      'objection-settled',
    ];
    expect(expected.filter((code) => !refused.has(code))).toEqual([]);
  });
});

describe('the hash of a content', () => {
  const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(hashOf(withKeysReversed(value))).toBe(hashOf(value));
      }),
      { numRuns: 300 },
    );
  });

  it('differs where the value differs', () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        expect(hashOf(one) === hashOf(other)).toBe(isSame(one, other));
      }),
      { numRuns: 300 },
    );
  });
});
