import { countersAfter, type Addition, type Counter } from '../../src/engine/counting';
import type { Document } from '../../src/engine/read-models';

const about = { of: 'votes' };
const add = (period: string, row: string, amounts: Record<string, number>): Addition => ({
  counter: 'votes',
  about,
  period,
  row,
  amounts,
});
const counter = (period: string, rows: Counter['rows']): Counter => ({ ...about, period, rows });

const folded = (...batches: readonly (readonly Addition[])[]): Map<string, Document> => {
  const documents = new Map<string, Document>();
  for (const batch of batches) {
    for (const [id, document] of countersAfter(documents, batch)) documents.set(id, document);
  }
  return documents;
};

describe('A counter', () => {
  it('adds up by row and name', () => {
    const all = folded([
      add('1', 'north', { yes: 1 }),
      add('1', 'north', { yes: 2, no: 1 }),
      add('1', 'south', { no: 4 }),
    ]);
    expect(all).toEqual(
      new Map([['votes', counter('1', { north: { yes: 3, no: 1 }, south: { no: 4 } })]]),
    );
  });

  it('leaves out what counts nothing any more', () => {
    const all = folded([add('1', 'north', { yes: 1 })], [add('1', 'north', { yes: -1 })]);
    expect(all.get('votes')).toEqual(counter('1', {}));
  });

  it('stands aside as it was when a later period begins', () => {
    const all = folded(
      [add('1', 'north', { yes: 1 })],
      [add('2', 'north', { yes: 1 }), add('4', 'north', { yes: 1 })],
    );
    expect(Object.fromEntries(all)).toEqual({
      'votes@1': counter('1', { north: { yes: 1 } }),
      'votes@2': counter('2', { north: { yes: 2 } }),
      votes: counter('4', { north: { yes: 3 } }),
    });
  });

  it('is the same in batches of any size, also where a batch ends as it began', () => {
    const additions = [
      add('1', 'north', { yes: 1 }),
      add('2', 'north', { yes: 1 }),
      add('2', 'north', { yes: -1 }),
      add('3', 'south', { no: 1 }),
    ];
    const atOnce = folded(additions);
    expect(folded(...additions.map((one) => [one]))).toEqual(atOnce);
    expect(folded(additions.slice(0, 2), additions.slice(2))).toEqual(atOnce);
    expect([...atOnce.keys()].sort()).toEqual(['votes', 'votes@1', 'votes@2']);
  });
});
