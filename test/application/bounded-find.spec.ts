import { boundedFind } from '../../src/application/bounded-find';
import type { Collection } from '../../src/engine/read-models';
import { MemoryReadModels } from '../support/memory';

type Entry = { readonly id: string; readonly n: number };

const collection: Collection = {
  name: 'entries',
  version: 1,
  indexes: [{ name: 'all', by: [], order: 'n' }],
};
const idOf = (n: number) => String(n).padStart(6, '0');

async function filled(count: number): Promise<MemoryReadModels> {
  const models = new MemoryReadModels();
  const begun = await models.open(collection);
  const entries = Array.from({ length: count }, (_, n) => ({ id: idOf(n), n }));
  const changes = entries.map((document) => ({ put: document.id, document }));
  await models.commit(collection, begun, changes, 'position');
  return models;
}

function sought(matches: (n: number) => boolean) {
  return {
    query: { index: 'all', equals: {} },
    matches: ({ n }: Entry) => matches(n),
    placeOf: ({ n, id }: Entry) => ({ order: n, id }),
  };
}

/** Everything found page by page, and how long each page was. */
async function pages(models: MemoryReadModels, matches: (n: number) => boolean, limit: number) {
  const found: number[] = [];
  const sizes: number[] = [];
  for (let after: { order: number; id: string } | null | undefined; after !== null;) {
    const asked = { limit, after: after ?? null };
    const page = await boundedFind<Entry>(models, collection, sought(matches), asked);
    found.push(...page.items.map(({ n }) => n));
    sizes.push(page.items.length);
    after = page.next as typeof after;
  }
  return { found, sizes };
}

describe('A page of what matches', () => {
  it('holds as much as was asked for where there is so much', async () => {
    const models = await filled(1000);
    const third = (n: number) => n % 3 === 0;
    const { found, sizes } = await pages(models, third, 50);
    expect(found).toEqual(Array.from({ length: 334 }, (_, n) => n * 3));
    expect(sizes).toEqual([50, 50, 50, 50, 50, 50, 34]);
  });

  it.each([1, 49, 50, 51])('is the last where nothing is left, of %s', async (count) => {
    const { found, sizes } = await pages(await filled(count), () => true, 50);
    expect(found).toHaveLength(count);
    expect(sizes).toHaveLength(count <= 50 ? 1 : 2);
  });

  it('ends early where little matches, and misses nothing all the same', async () => {
    const models = await filled(12_000);
    const find = jest.spyOn(models, 'find');
    const rare = (n: number) => n === 3 || n === 11_999;
    const { found, sizes } = await pages(models, rare, 50);
    expect(found).toEqual([3, 11_999]);
    expect(sizes).toEqual([1, 1]);
    for (const [, query] of find.mock.calls) expect(query.limit).toBeLessThanOrEqual(500);
  });
});
