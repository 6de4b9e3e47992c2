import type {
  Change,
  Checkpoint,
  Collection,
  Document,
  Found,
  Query,
  ReadModels,
} from '../../src/engine/read-models';
import type { Json } from '../../src/engine/event-store';
import type { Backing } from './adapters';
import { newCollection, positionOf, put } from './collections';
import { pagesContract } from './read-models-pages.contract';
import { versionsContract } from './read-models-versions.contract';

/** What every store of read models must do. */
export function readModelsContract(name: string, open: () => Promise<Backing<ReadModels>>): void {
  describe(`read models on ${name}`, () => {
    let backing: Backing<ReadModels>;
    let models: ReadModels;
    let collection: Collection;
    let start: Checkpoint;

    beforeAll(async () => {
      backing = await open();
    });
    beforeEach(async () => {
      models = await backing.connect();
      collection = newCollection();
      start = await models.open(collection);
    });
    afterEach(() => models.close());
    afterAll(() => backing.dispose());

    const find = (query: Partial<Query> = {}, within = models): Promise<Found<Document>> =>
      within.find(collection, { index: 'all', equals: {}, limit: 100, ...query });
    const idsOf = ({ items }: Found<Document>): Json[] => items.map(({ id }) => id ?? null);
    const stale = { name: 'StaleCheckpoint', collection: expect.any(String) as string };

    describe('documents and checkpoint', () => {
      it('begins empty, before the first position', async () => {
        expect(start.position).toBeNull();
        expect(await models.checkpoint(collection)).toEqual(start);
        expect(await models.get(collection, 'a')).toBeUndefined();
        expect(await find()).toEqual({ items: [], next: null });
      });

      it('knows no checkpoint of a collection that was never opened', async () => {
        expect(await models.checkpoint(newCollection())).toBeNull();
      });

      it('puts, replaces and deletes in the order of the changes', async () => {
        const first = await models.commit(
          collection,
          start,
          [put('a', { n: 1 }), put('b', { n: 1 }), put('a', { n: 2 }), put('c')],
          positionOf(3),
        );
        expect(first).toEqual({ ...start, position: positionOf(3) });
        await models.commit(
          collection,
          first,
          [{ delete: 'b' }, { delete: 'unknown' }, { delete: 'c' }, put('c', { again: true })],
          positionOf(9),
        );
        expect(await models.get(collection, 'a')).toEqual({ id: 'a', n: 2 });
        expect(await models.get(collection, 'b')).toBeUndefined();
        expect(await models.get(collection, 'c')).toEqual({ id: 'c', again: true });
      });

      it('moves the checkpoint without any change', async () => {
        const moved = await models.commit(collection, start, [], positionOf(1));
        expect(await models.checkpoint(collection)).toEqual(moved);
      });

      it('gets many at once, those that exist', async () => {
        const ids = ['a', '审 "𠮷" \\', 'c'];
        await models.commit(
          collection,
          start,
          ids.map((id) => put(id)),
          positionOf(1),
        );
        const found = await models.getMany(collection, ['c', 'x', ...ids.slice(0, 2)]);
        expect(new Map(found)).toEqual(new Map(ids.map((id) => [id, { id }])));
        expect((await models.getMany(collection, [])).size).toBe(0);
      });

      it('keeps a document as it is', async () => {
        const document = {
          id: 'a',
          文字: '㐖𠮷👩‍🏫"\\\n',
          nested: { empty: {}, list: [null, true, 1.5, [], { $gt: '$x' }] },
          none: null,
        };
        await models.commit(collection, start, [{ put: 'a', document }], positionOf(1));
        expect(await models.get(collection, 'a')).toEqual(document);
        expect((await find()).items).toEqual([document]);
      });

      it('refuses a checkpoint that has moved, and applies nothing', async () => {
        const moved = await models.commit(collection, start, [put('a')], positionOf(5));
        const late = models.commit(collection, start, [put('b'), { delete: 'a' }], positionOf(6));
        await expect(late).rejects.toMatchObject(stale);
        const foreign = { ...moved, generation: moved.generation + 1 };
        const elsewhere = models.commit(collection, foreign, [put('b')], positionOf(6));
        await expect(elsewhere).rejects.toMatchObject(stale);
        expect(idsOf(await find())).toEqual(['a']);
        expect(await models.checkpoint(collection)).toEqual(moved);
      });

      it('lets one of several runners win each step', async () => {
        const other = await backing.connect();
        const attempts = await Promise.allSettled(
          Array.from({ length: 10 }, (_, n) =>
            (n % 2 ? models : other).commit(collection, start, [put(String(n))], positionOf(1)),
          ),
        );
        await other.close();
        expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        expect((await find()).items).toHaveLength(1);
      });

      it('applies nothing where one document is refused', async () => {
        const bad = { put: 'b', document: { b: 1n as unknown as Json } };
        const commit = models.commit(collection, start, [put('a'), bad], positionOf(1));
        await expect(commit).rejects.toThrow(TypeError);
        expect(await find()).toEqual({ items: [], next: null });
        expect(await models.checkpoint(collection)).toEqual(start);
      });

      it('goes on after a restart where it was', async () => {
        const moved = await models.commit(collection, start, [put('a')], positionOf(4));
        await models.close();
        models = await backing.connect();
        expect(await models.open(collection)).toEqual(moved);
        expect(idsOf(await find())).toEqual(['a']);
      });

      it('keeps collections apart', async () => {
        const other = newCollection();
        const opened = await models.open(other);
        await models.commit(collection, start, [put('a')], positionOf(4));
        expect(await models.get(other, 'a')).toBeUndefined();
        expect(await models.checkpoint(other)).toEqual(opened);
      });
    });

    versionsContract(() => backing);

    describe('rebuild', () => {
      const rebuilt = async (documents: readonly Change[]) => {
        const begun = await models.beginRebuild(collection);
        return models.commit(collection, begun, documents, positionOf(7));
      };

      it('fills beside the generation that answers, then takes its place', async () => {
        const live = await models.commit(collection, start, [put('old')], positionOf(4));
        const generation = await rebuilt([put('new')]);
        expect(idsOf(await find())).toEqual(['old']);
        expect(await models.get(collection, 'new')).toBeUndefined();
        expect(await models.checkpoint(collection)).toEqual(live);
        const inside = await models.getMany(collection, ['old', 'new'], generation.generation);
        expect([...inside.keys()]).toEqual(['new']);

        await models.activate(collection, generation);
        expect(idsOf(await find())).toEqual(['new']);
        expect(await models.checkpoint(collection)).toEqual(generation);
        expect(await models.open(collection)).toEqual(generation);
      });

      it('lets the old generation go on meanwhile, and refuses it afterwards', async () => {
        const generation = await rebuilt([put('new')]);
        const live = await models.commit(collection, start, [put('old')], positionOf(8));
        await models.activate(collection, generation);
        const late = models.commit(collection, live, [put('late')], positionOf(9));
        await expect(late).rejects.toMatchObject(stale);
        await models.commit(collection, generation, [put('more')], positionOf(8));
        expect(idsOf(await find())).toEqual(['more', 'new']);
      });

      it('is activated only as far as it was said to have come', async () => {
        const begun = await models.beginRebuild(collection);
        await models.commit(collection, begun, [put('new')], positionOf(7));
        await expect(models.activate(collection, begun)).rejects.toMatchObject(stale);
        expect(await models.checkpoint(collection)).toEqual(start);
      });

      it('throws an unfinished one away, whose runner is refused', async () => {
        const abandoned = await rebuilt([put('abandoned')]);
        const generation = await rebuilt([put('new')]);
        expect(generation.generation).not.toBe(abandoned.generation);
        const late = models.commit(collection, abandoned, [put('late')], positionOf(8));
        await expect(late).rejects.toMatchObject(stale);
        const lateRead = models.getMany(collection, ['abandoned'], abandoned.generation);
        await expect(lateRead).rejects.toMatchObject(stale);
        await expect(models.activate(collection, abandoned)).rejects.toMatchObject(stale);
        await models.activate(collection, generation);
        expect(idsOf(await find())).toEqual(['new']);
      });

      it('outlives a restart half-way without answering', async () => {
        const generation = await rebuilt([put('half')]);
        await models.close();
        models = await backing.connect();
        expect(await models.open(collection)).toEqual(start);
        expect(idsOf(await find())).toEqual([]);
        const done = await models.commit(collection, generation, [put('rest')], positionOf(9));
        await models.activate(collection, done);
        expect(idsOf(await find())).toEqual(['half', 'rest']);
      });

      it('never shows another process two generations at once, or an error', async () => {
        const documents = (round: number) =>
          Array.from({ length: 30 }, (_, n) => put(String(n), { round }));
        await models.commit(collection, start, documents(0), positionOf(1));
        const reader = await backing.connect();
        let rebuilding = true;
        const read = async () => {
          let last = 0;
          while (rebuilding) {
            const { items } = await find({}, reader);
            const rounds = new Set(items.map(({ round }) => Number(round)));
            expect([items.length, rounds.size]).toEqual([30, 1]);
            const one = await reader.get(collection, '7');
            const many = await reader.getMany(collection, ['1', '2']);
            expect(many.size).toBe(2);
            expect(Number(one?.round)).toBeGreaterThanOrEqual(Math.max(last, ...rounds));
            last = Number(one?.round);
            await new Promise(setImmediate);
          }
        };
        const write = async () => {
          for (let round = 1; round <= 10; round += 1) {
            await models.activate(collection, await rebuilt(documents(round)));
            await new Promise(setImmediate);
          }
          rebuilding = false;
        };
        await Promise.all([read(), write()]);
        await reader.close();
      });
    });

    describe('find', () => {
      it.each<[string, Partial<Query>]>([
        ['an index that was not declared', { index: 'byName' }],
        ['an index without the values it is by', { index: 'byStage' }],
        ['values an index is not by', { equals: { stage: 'filed' } }],
        ['bounds on an index without order', { from: 'a' }],
        ['a field that is no name', { filter: { "a' OR 1": 1 } }],
        ['an array field that is no name', { contains: { field: 'a..b', value: 1 } }],
      ])('refuses %s', async (_, query) => {
        await expect(find(query)).rejects.toThrow(Error);
        await expect(find(query)).rejects.not.toMatchObject({ name: 'StoreUnavailable' });
      });

      it('takes null for a field that is null or missing, and bounds for neither', async () => {
        const documents = [
          put('null', { stage: null, at: null }),
          put('missing'),
          put('text', { stage: 'null', at: '2022-08-01' }),
        ];
        await models.commit(collection, start, documents, positionOf(1));
        const unstaged = { index: 'byStage', equals: { stage: null } };
        expect(idsOf(await find(unstaged))).toEqual(['missing', 'null']);
        expect(idsOf(await find({ filter: { stage: null } }))).toEqual(['missing', 'null']);
        expect(idsOf(await find({ index: 'inTime', to: '2099' }))).toEqual(['text']);
        expect(idsOf(await find({ index: 'inTime', from: '' }))).toEqual(['text']);
      });

      it('finds by an index that was declared later', async () => {
        await models.commit(collection, start, [put('a', { colour: 'red' })], positionOf(1));
        const indexes = [...collection.indexes, { name: 'byColour', by: ['colour'] }];
        collection = { ...collection, indexes };
        await models.open(collection);
        expect(idsOf(await find({ index: 'byColour', equals: { colour: 'red' } }))).toEqual(['a']);
      });

      it('goes on from a cursor though its document has gone', async () => {
        const documents = ['a', 'b', 'c', 'd'].map((id) => put(id, { at: 1 }));
        const filled = await models.commit(collection, start, documents, positionOf(1));
        const page = await find({ index: 'inTime', limit: 2 });
        expect(idsOf(page)).toEqual(['a', 'b']);
        await models.commit(collection, filled, [{ delete: 'b' }, put('aa')], positionOf(2));
        const after = page.next ?? undefined;
        expect(after).toBeDefined();
        const rest = await find({ index: 'inTime', limit: 2, ...(after && { after }) });
        expect(rest).toMatchObject({ items: [{ id: 'c' }, { id: 'd' }], next: null });
      });

      pagesContract(() => models);
    });
  });
}
