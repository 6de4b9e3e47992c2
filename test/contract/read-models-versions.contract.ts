import type { Checkpoint, Collection, ReadModels } from '../../src/engine/read-models';
import type { Backing } from './adapters';
import { newCollection, positionOf, put } from './collections';

/** How the processes of two versions of the program get along with one another, as in a rolling upgrade. */
export function versionsContract(backing: () => Backing<ReadModels>): void {
  describe('a newer version', () => {
    let models: ReadModels;
    let collection: Collection;
    let newer: Collection;
    let old: Checkpoint;
    let begun: Checkpoint;

    beforeEach(async () => {
      models = await backing().connect();
      collection = newCollection();
      const start = await models.open(collection);
      newer = { ...collection, version: 2 };
      old = await models.commit(collection, start, [put('old', { at: 1 })], positionOf(4));
      begun = await models.open(newer);
    });
    afterEach(() => models.close());

    const stale = { name: 'StaleCheckpoint' };

    /** What processes of either version find. */
    const answers = async (): Promise<unknown[]> => {
      const query = { index: 'all', equals: {}, limit: 100 };
      const found = await models.find(collection, query);
      expect(await models.find(newer, query)).toEqual(found);
      return found.items.map(({ id }) => id);
    };

    it('is filled beside the older one and takes its place once it has come as far', async () => {
      expect(begun.position).toBeNull();
      expect(begun.generation).not.toBe(old.generation);
      const half = await models.commit(newer, begun, [put('a')], positionOf(3));
      expect(await answers()).toEqual(['old']);
      expect(await models.checkpoint(newer)).toEqual(half);
      expect(await models.checkpoint(collection)).toEqual(old);
      const level = await models.commit(newer, half, [put('b')], positionOf(4));
      expect(await answers()).toEqual(['a', 'b']);
      expect(await models.checkpoint(newer)).toEqual(level);
      expect(await models.get(collection, 'old')).toBeUndefined();
    });

    it('lets the runner of the older one go on until then, and refuses it afterwards', async () => {
      const moved = await models.commit(collection, old, [put('more')], positionOf(5));
      expect(await models.open(collection)).toEqual(moved);
      const behind = await models.commit(newer, begun, [put('a')], positionOf(4));
      expect(await answers()).toEqual(['more', 'old']);
      await models.commit(newer, behind, [put('b')], positionOf(9));
      const late = models.commit(collection, moved, [put('late')], positionOf(10));
      await expect(late).rejects.toMatchObject(stale);
      expect(await models.checkpoint(collection)).toBeNull();
      const open = models.open(collection);
      await expect(open).rejects.toMatchObject({ name: 'NewerVersion' });
      expect(await answers()).toEqual(['a', 'b']);
    });

    it('is gone on with after a restart, and by a second process', async () => {
      const half = await models.commit(newer, begun, [put('a')], positionOf(3));
      await models.close();
      models = await backing().connect();
      expect(await models.open(newer)).toEqual(half);
      const other = await backing().connect();
      expect(await other.open(newer)).toEqual(half);
      await other.close();
    });

    it('gives way to a still newer one, and is refused then', async () => {
      const newest = { ...collection, version: 3 };
      const opened = await models.open(newest);
      const late = models.commit(newer, begun, [put('a')], positionOf(4));
      await expect(late).rejects.toMatchObject(stale);
      await expect(models.open(newer)).rejects.toMatchObject({ name: 'NewerVersion' });
      await models.commit(newest, opened, [put('c')], positionOf(4));
      expect(await answers()).toEqual(['c']);
    });

    it('answers at once where the older one has taken nothing in', async () => {
      const other = newCollection();
      await models.open(other);
      const opened = await models.open({ ...other, version: 2 });
      expect(await models.checkpoint(other)).toBeNull();
      await models.commit({ ...other, version: 2 }, opened, [put('a')], positionOf(1));
      expect(await models.get(other, 'a')).toEqual({ id: 'a' });
    });

    it('answers from the older documents only by the indexes that they have', async () => {
      const indexes = [...collection.indexes, { name: 'byColour', by: ['colour'] }];
      const changed = { ...newer, version: 3, indexes };
      const opened = await models.open(changed);
      const query = { index: 'byColour', equals: { colour: 'red' }, limit: 1 };
      await expect(models.find(changed, query)).rejects.toMatchObject({ name: 'StoreUnavailable' });
      await models.commit(changed, opened, [put('a', { colour: 'red' })], positionOf(4));
      expect((await models.find(changed, query)).items).toHaveLength(1);
    });

    it('is rebuilt like any other, and answers before it is level when told to', async () => {
      const rebuilding = await models.beginRebuild(newer);
      const late = models.commit(newer, begun, [put('late')], positionOf(4));
      await expect(late).rejects.toMatchObject(stale);
      const done = await models.commit(newer, rebuilding, [put('a')], positionOf(3));
      await models.activate(newer, done);
      expect(await answers()).toEqual(['a']);
      // Again by who did not hear of it, though its runner has moved on.
      await models.commit(newer, done, [put('b')], positionOf(4));
      await models.activate(newer, done);
      expect(await answers()).toEqual(['a', 'b']);
    });
  });
}
