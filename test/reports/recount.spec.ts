import fc from 'fast-check';

import type { RecordedEvent } from '../../src/engine/event-store';
import { csvOf } from '../../src/http/csv';
import { csvRows, told } from '../../src/http/report-answers';
import { reports } from '../../src/projections/reports';
import type { Values } from '../../src/projections/reports/table';
import { kept } from './kept';
import { asCounted, questions, seasons, sorted, wantedIn } from './questions';
import { recount } from './recount';
import { firstDay, seasonOf } from './season';
import { storiesOf } from './stories';

describe('Over random seasons', () => {
  it('every report equals a recount from the raw log, whatever is asked', async () => {
    let events = 0;
    const shown = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        seasons,
        fc.array(questions, { minLength: 30, maxLength: 60, size: 'max' }),
        async (size, all) => {
          const log = [...seasonOf(size)];
          const { ask } = await kept(log);
          const stories = storiesOf(log);
          events += log.length;
          for (const question of all) {
            const { report, asked, jurisdiction } = question;
            const answer = asCounted(await ask(report, asked, jurisdiction));
            const expected = recount(stories, wantedIn(question));
            expect([question, sorted(answer)]).toEqual([question, sorted(expected)]);
            shown.set(report, (shown.get(report) ?? 0) + answer.size);
          }
        },
      ),
      { numRuns: 6 },
    );
    // Not a comparison of nothing with nothing; bounds that chance does not come near.
    expect(events).toBeGreaterThan(600);
    expect([...shown.values()].reduce((sum, rows) => sum + rows, 0)).toBeGreaterThan(300);
    for (const { name } of reports)
      expect([name, (shown.get(name) ?? 0) > 0]).toEqual([name, true]);
  });

  it('what was counted as it came equals what is counted anew, in batches of any size', async () => {
    await fc.assert(
      fc.asyncProperty(seasons, fc.integer({ min: 1, max: 40 }), async (size, batchSize) => {
        const log = [...seasonOf({ ...size, steps: Math.min(size.steps, 800) })];
        const { documents: live } = await kept(log, batchSize);
        const { documents: anew } = await kept(log, log.length);
        expect(live).toEqual(anew);
        expect(live.size).toBeGreaterThan(0);
      }),
      { numRuns: 8 },
    );
  });

  it('an evening that is past reads as it read then, also when more was recorded of that day', async () => {
    await fc.assert(
      fc.asyncProperty(seasons, questions, fc.nat(), async (size, question, pick) => {
        const log = [...seasonOf(size)];
        const { days: counted } = storiesOf(log);
        const evening = counted[pick % counted.length] ?? firstDay;
        const then = log.slice(0, lengthAt(log, evening));
        const { report, jurisdiction, asked } = question;
        const answer = async (events: readonly RecordedEvent[]) => {
          const { ask } = await kept(events);
          return asCounted(await ask(report, { ...asked, asOf: evening }, jurisdiction));
        };
        expect(sorted(await answer(log))).toEqual(sorted(await answer(then)));
      }),
      { numRuns: 12 },
    );
  });

  it('JSON and CSV say the same numbers', async () => {
    await fc.assert(
      fc.asyncProperty(seasons, fc.array(questions, { minLength: 10 }), async (size, all) => {
        const { ask } = await kept([...seasonOf(size)]);
        for (const { report, asked, jurisdiction } of all) {
          const json = told(await ask(report, asked, jurisdiction), 'zh');
          const [heading = [], ...lines] = parsed(csvOf(csvRows(json, 'zh')));
          const titles = json.columns.map(({ title }) => title);
          expect(heading.slice(heading.length - titles.length)).toEqual(titles);
          const numbers = lines.map((line) => line.slice(line.length - titles.length));
          const asText = (of: Values) => json.columns.map(({ key }) => String(of[key] ?? ''));
          expect(numbers).toEqual([
            ...json.rows.map((row) => asText(row.values)),
            asText(json.total),
          ]);
        }
      }),
      { numRuns: 10 },
    );
  });
});

/** How much of the log was there when the evening was over. */
function lengthAt(log: readonly RecordedEvent[], evening: string): number {
  const { dossiers, cases, bars } = storiesOf(log);
  const later = [...[...dossiers, ...cases].map(({ events }) => events), ...bars.values()]
    .flat()
    .filter(({ day }) => day > evening);
  return Math.min(log.length, ...later.map(({ index }) => index));
}

/** A simple reader of RFC 4180. */
function parsed(csv: string): string[][] {
  expect(csv.startsWith('\uFEFF')).toBe(true);
  expect(csv.endsWith('\r\n')).toBe(true);
  return csv
    .slice(1, -2)
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    );
}
