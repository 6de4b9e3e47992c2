import type {
  Collection,
  Document,
  Found,
  Index,
  Query,
  Scalar,
} from '../../src/engine/read-models';

/** What `ReadModels.find` answers, by filtering and sorting all documents. */
export function find(
  { name, indexes }: Collection,
  documents: ReadonlyMap<string, Document>,
  query: Query,
): Found<Document> {
  const index = indexes.find((declared) => declared.name === query.index);
  if (index === undefined) throw new Error(`${name} has no index ${query.index}`);
  check(index, query);
  const direction = query.descending === true ? -1 : 1;
  const found = [...documents]
    .filter(([, document]) => matches(document, query))
    .map(([id, document]) => ({
      document,
      place: { order: index.order === undefined ? null : field(document, index.order), id },
    }))
    .filter(({ place }) => isWithin(place.order, query))
    .sort((a, b) => comparePlaces(a.place, b.place) * direction);
  const { after } = query;
  const rest = found.filter(
    ({ place }) => after === undefined || comparePlaces(place, after) * direction > 0,
  );
  const page = rest.slice(0, query.limit);
  return {
    items: page.map(({ document }) => document),
    next: rest.length > page.length ? (page.at(-1)?.place ?? null) : null,
  };
}

function check(index: Index, { equals, filter = {}, contains, from, to }: Query): void {
  if (Object.keys(equals).sort().join() !== [...index.by].sort().join())
    throw new Error(`index ${index.name} asks for values of ${index.by.join(', ')}`);
  if (index.order === undefined && (from !== undefined || to !== undefined))
    throw new Error('bounds ask for an index with an order');
  if (from === null || to === null) throw new Error('a bound cannot be null');
  const names = [...Object.keys(filter), ...(contains === undefined ? [] : [contains.field])];
  for (const name of names)
    if (!/^[A-Za-z0-9]+(\.[A-Za-z0-9]+)*$/.test(name)) throw new Error(`not a field: ${name}`);
}

function matches(document: Document, { equals, filter, contains }: Query): boolean {
  const values = Object.entries({ ...equals, ...filter });
  if (!values.every(([path, value]) => field(document, path) === value)) return false;
  if (contains === undefined) return true;
  const elements: unknown = field(document, contains.field);
  return Array.isArray(elements) && elements.includes(contains.value);
}

/** The value at a path such as `organisation.id`; a missing one counts as null. */
function field(document: Document, path: string): Scalar {
  let value: unknown = document;
  for (const name of path.split('.')) value = (value as Document | null | undefined)?.[name];
  return (value ?? null) as Scalar;
}

function isWithin(value: Scalar, { from, to }: Query): boolean {
  if (from === undefined && to === undefined) return true;
  if (value === null) return false;
  return (
    (from === undefined || compare(value, from) >= 0) &&
    (to === undefined || compare(value, to) <= 0)
  );
}

interface Place {
  readonly order: Scalar;
  readonly id: string;
}

function comparePlaces(a: Place, b: Place): number {
  return compare(a.order, b.order) || compare(a.id, b.id);
}

/** Null before numbers and booleans before text; text by code point. */
function compare(a: Scalar, b: Scalar): number {
  const rank = (value: Scalar): number => (value === null ? 0 : typeof value === 'string' ? 2 : 1);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(String(b)));
  return Number(a) - Number(b);
}
