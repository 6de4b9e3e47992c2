import fc from 'fast-check';
import type {
  Collection,
  Cursor,
  Document,
  Query,
  ReadModels,
  Scalar,
} from '../../src/engine/read-models';
import { newCollection, positionOf, put } from './collections';

/** Fields drawn from few values, so that many documents share the same place in the order. */
const documentsWithTimes = (times: readonly Scalar[]) =>
  fc.array(
    fc.record(
      {
        stage: fc.constantFrom('filed', 'sent', null),
        organisation: fc.record({ id: fc.constantFrom('o-1', 'o-2', null) }),
        at: fc.constantFrom(...times),
        urgent: fc.boolean(),
        flags: fc.subarray(['late', 'retried', '破格']),
      },
      { requiredKeys: ['organisation'] },
    ),
    { maxLength: 25 },
  );

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof(arbitrary, fc.constant(undefined));

const queriesWithTimes = (times: readonly Scalar[]) => {
  const bound = maybe(fc.constantFrom(...times.filter((time) => time !== null)));
  return fc.record({
    index: fc.constantFrom(...newCollection().indexes),
    stage: fc.constantFrom('filed', 'sent', null),
    organisation: fc.constantFrom('o-1', 'o-2', null),
    from: bound,
    to: bound,
    urgent: maybe(fc.constantFrom(true, false, null)),
    flag: maybe(fc.constantFrom('late', '破格', 'unknown')),
    descending: fc.boolean(),
    limit: fc.integer({ min: 1, max: 6 }),
  });
};

type Wanted = ReturnType<typeof queriesWithTimes> extends fc.Arbitrary<infer W> ? W : never;

// Beyond the basic plane, the order of code points is not that of UTF-16 units.
const timeSets: readonly (readonly Scalar[])[] = [
  [null, '', '2022-08-01', '2022-08-31', '职', '～', '𠮷'],
  [null, -1.5, 0, 2, 10, 1e15],
];

const filled = fc
  .constantFrom(...timeSets)
  .chain((times) =>
    fc.tuple(
      documentsWithTimes(times),
      fc.array(queriesWithTimes(times), { minLength: 1, maxLength: 15 }),
    ),
  );

/** Compares `find`, page by page, with what filtering and sorting an array gives. */
export function pagesContract(models: () => ReadModels): void {
  it.each([1, 2, 3])('pages by %i through nulls and equal values, both ways', async (limit) => {
    const collection = newCollection();
    const start = await models().open(collection);
    const times = { a: null, b: null, c: null, d: 1, e: 1, f: 1, g: 2 };
    const changes = Object.entries(times).map(([id, at]) => put(id, { at }));
    await models().commit(collection, start, changes, positionOf(1));
    const query = { index: 'inTime', equals: {}, limit };
    const ids = async (descending: boolean) =>
      (await allPages(models(), collection, { ...query, descending })).map(({ id }) => id);
    expect(await ids(false)).toEqual(Object.keys(times));
    expect(await ids(true)).toEqual(Object.keys(times).reverse());
  });

  it('gives in its pages what an array gives, complete and without repeats', async () => {
    await fc.assert(
      fc.asyncProperty(filled, async ([contents, queries]) => {
        const collection = newCollection();
        const documents = contents.map((content, n) => ({ id: `d-${n * 7919}`, ...content }));
        const start = await models().open(collection);
        const changes = documents.map(({ id, ...document }) => put(id, document));
        await models().commit(collection, start, changes, positionOf(1));
        for (const wanted of queries) {
          const pages = await allPages(models(), collection, queryFor(wanted));
          expect(pages).toEqual(answerFromArray(documents, wanted));
        }
      }),
      { numRuns: 100 },
    );
  });
}

async function allPages(
  models: ReadModels,
  collection: Collection,
  query: Query,
): Promise<Document[]> {
  const found: Document[] = [];
  let after: Cursor | null = null;
  do {
    const page: Awaited<ReturnType<typeof models.find>> = await models.find(collection, {
      ...query,
      ...(after && { after }),
    });
    expect(page.items.length).toBeLessThanOrEqual(query.limit);
    if (page.next !== null) expect(page.items).toHaveLength(query.limit);
    found.push(...page.items);
    if (found.length > 1000) throw new Error('the pages do not come to an end');
    // A cursor travels to a client and back.
    after = JSON.parse(JSON.stringify(page.next)) as Cursor | null;
  } while (after !== null);
  return found;
}

function queryFor({ index, stage, organisation, from, to, urgent, flag, ...rest }: Wanted): Query {
  const values: Record<string, Scalar> = { stage, 'organisation.id': organisation };
  const bounded = index.order !== undefined;
  return {
    ...rest,
    index: index.name,
    equals: Object.fromEntries(index.by.map((field) => [field, values[field] ?? null])),
    ...(bounded && from !== undefined && { from }),
    ...(bounded && to !== undefined && { to }),
    ...(urgent !== undefined && { filter: { urgent } }),
    ...(flag !== undefined && { contains: { field: 'flags', value: flag } }),
  };
}

function answerFromArray(documents: readonly Document[], wanted: Wanted): Document[] {
  const { index, from, to, urgent, flag } = wanted;
  const at = (document: Document) => (document.at ?? null) as Scalar;
  const isWithin = (time: Scalar) =>
    (from === undefined || (time !== null && compare(time, from) >= 0)) &&
    (to === undefined || (time !== null && compare(time, to) <= 0));
  const matches = ({ organisation, flags = [], ...document }: Document): boolean =>
    (!index.by.includes('stage') || (document.stage ?? null) === wanted.stage) &&
    (!index.by.includes('organisation.id') ||
      (organisation as { id: Scalar }).id === wanted.organisation) &&
    (index.order === undefined || isWithin(at(document))) &&
    (urgent === undefined || (document.urgent ?? null) === urgent) &&
    (flag === undefined || (flags as readonly Scalar[]).includes(flag));
  const inOrder = (a: Document, b: Document) =>
    (index.order === undefined ? 0 : compare(at(a), at(b))) ||
    compare(a.id as Scalar, b.id as Scalar);
  const sorted = documents.filter(matches).sort(inOrder);
  return wanted.descending ? sorted.reverse() : sorted;
}

/** Null, then numbers, then text by code point. */
function compare(a: Scalar, b: Scalar): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}
