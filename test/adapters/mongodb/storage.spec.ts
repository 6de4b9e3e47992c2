import { type MongoReadModels } from '../../../src/adapters/mongodb/read-models';
import { selects } from '../../../src/adapters/mongodb/query';
import type { Checkpoint, Document, Query } from '../../../src/engine/read-models';
import { newCollection, positionOf, put } from '../../contract/collections';
import { dyingAt, failingAt, lost } from '../../support/stand-ins/mongodb/faults';
import { sizeOf } from '../../support/stand-ins/mongodb/wire';
import { Lab, unavailable } from './support';

const collection = newCollection();
const mebibyte = 1024 * 1024;

let lab: Lab;
let models: MongoReadModels;
let start: Checkpoint;

beforeEach(async () => {
  lab = await Lab.start();
  models = lab.readModels();
  start = await models.open(collection);
});
afterEach(() => lab.close());

const declared = [
  { _id: 1 },
  { 'document.at': 1, _id: 1 },
  { 'document.stage': 1, 'document.at': 1, _id: 1 },
  { 'document.stage': 1, 'document.organisation.id': 1, 'document.at': 1, _id: 1 },
];

describe('indexes', () => {
  it('are made for each declaration when the collection is opened', () => {
    const { indexes } = lab.collection('documents.');
    expect(indexes.map(({ key }) => key)).toEqual(declared);
    for (const { partialFilterExpression } of indexes.slice(1))
      expect(partialFilterExpression).toEqual({ document: { $exists: true } });
  });

  it('are made for a rebuilt generation before it is filled', async () => {
    const { generation } = await models.beginRebuild(collection);
    const { indexes } = lab.collection(`documents.${collection.name}.${generation}`);
    expect(indexes.map(({ key }) => key)).toEqual(declared);
  });

  it('are added where they were declared later', async () => {
    const indexes = [...collection.indexes, { name: 'byColour', by: ['colour'] }];
    await models.open({ ...collection, indexes });
    const keys = lab.collection('documents.').indexes.map(({ key }) => key);
    expect(keys).toEqual([...declared, { 'document.colour': 1, _id: 1 }]);
  });

  it('are named by every query, so that none scans by accident', async () => {
    const hints: unknown[] = [];
    lab.standIn.fault = ({ name, command, apply }) => {
      if (name === 'find' && 'hint' in command) hints.push(command.hint);
      return apply();
    };
    const equals = { stage: 'filed', 'organisation.id': 'o-1' };
    const after = { order: '2022', id: 'd' };
    await models.find(collection, { index: 'byStageAndOrganisation', equals, after, limit: 3 });
    expect(hints).toEqual([declared[3], declared[3]]);
  });

  const bounds = { from: '2022-08-01', to: '2022-08-31' };
  const after = { order: '2022-08-15', id: 'd-1' };
  const inStage = { index: 'byStage', equals: { stage: 'filed' } };

  // What a server seeks by: equal fields in the index's order, then a range of the next one.
  it.each<[string, Omit<Query, 'limit'>, string[]]>([
    ['equality', inStage, ['stage=']],
    ['bounds', { ...inStage, ...bounds }, ['stage= at at']],
    ['a cursor', { ...inStage, after }, ['stage= at= _id', 'stage= at']],
    [
      'a cursor downwards',
      { ...inStage, after, descending: true },
      ['stage= at= _id', 'stage= at', 'stage= at='],
    ],
    [
      'a cursor at null',
      { ...inStage, after: { order: null, id: 'd' } },
      ['stage= at= _id', 'stage= at'],
    ],
    ['a cursor in no order', { index: 'all', equals: {}, after }, ['_id']],
  ])('can be sought in by %s', (_, query, seeks) => {
    const index = collection.indexes.find(({ name }) => name === query.index);
    if (index === undefined) throw new Error('no such index');
    const steps = selects(index, { ...query, limit: 10 }).map(({ filter, sort }) => {
      const fields = (filter.$and ?? []).flatMap((part) => Object.entries(part)).slice(1);
      const isRange = (value: unknown) => typeof value === 'object' && value !== null;
      const terms = fields.map(([path, value]) => {
        expect(Object.keys(sort)).toContain(path);
        return path.replace('document.', '') + (isRange(value) ? '' : '=');
      });
      return terms.join(' ');
    });
    expect(steps).toEqual(seeks);
  });
});

describe('large batches', () => {
  const large = (id: string, size: number) => put(id, { text: 'x'.repeat(size) });

  it('go in parts of less than a message takes, and take effect as one', async () => {
    const changes = ['a', 'b', 'c', 'd'].map((id) => large(id, 3 * mebibyte));
    const sizes: number[] = [];
    lab.standIn.fault = ({ name, command, apply }) => {
      if (name === 'insert' || name === 'update')
        sizes.push(Math.round(sizeOf(command) / mebibyte));
      return apply();
    };
    const moved = await models.commit(collection, start, changes, positionOf(1));
    const [journal, decision, documents, checkpoint] = [[6, 6], 0, [6, 6], 0];
    expect(sizes).toEqual([journal, decision, documents, checkpoint].flat());
    expect(await models.checkpoint(collection)).toEqual(moved);
    expect((await models.getMany(collection, ['a', 'b', 'c', 'd'])).size).toBe(4);
    expect(lab.stored('journal.')).toEqual([]);
  });

  it('are finished by another where their writer died between two parts', async () => {
    const changes = ['a', 'b', 'c'].map((id) => large(id, 5 * mebibyte));
    // After the look at the state, 3 parts and the decision, the second part of the documents.
    const doomed = await lab.faulty(failingAt(1 + 3 + 1 + 2, lost));
    const commit = doomed.commit(collection, start, changes, positionOf(1));
    await expect(commit).rejects.toMatchObject(unavailable);
    expect(lab.stored('documents.')).toHaveLength(1);
    expect(await models.open(collection)).toEqual({ ...start, position: positionOf(1) });
    expect(lab.stored('documents.')).toHaveLength(3);
  });

  it('may hold a document just as large as the server takes, and refuse a larger one', async () => {
    const most = 16 * mebibyte - 17 * 1024;
    const moved = await models.commit(collection, start, [large('a', most)], positionOf(1));
    expect(moved.position).toBe(positionOf(1));
    const commit = models.commit(collection, moved, [large('b', 16 * mebibyte)], positionOf(2));
    await expect(commit).rejects.toThrow(RangeError);
    expect(await models.checkpoint(collection)).toEqual(moved);
  });
});

describe('documents', () => {
  it.each<[string, Document]>([
    ['half a surrogate pair', { text: '\ud800' }],
    ['a NUL in a name', { 'a\0b': 1 }],
    ['a name the driver takes for a type of its own', { nested: { _bsontype: 'ObjectId' } }],
    ['what the driver takes for a reference', { $ref: 'a', $id: 'b' }],
  ])('with %s are refused, as they would not come back', async (_, document) => {
    const commit = models.commit(collection, start, [put('a', document)], positionOf(1));
    await expect(commit).rejects.toThrow(TypeError);
    expect(await models.checkpoint(collection)).toEqual(start);
  });

  it('that were deleted are in no index and come back when put again', async () => {
    const filled = await models.commit(collection, start, [put('a', { at: 1 })], positionOf(1));
    const emptied = await models.commit(collection, filled, [{ delete: 'a' }], positionOf(2));
    expect(lab.stored('documents.')).toEqual([{ _id: 'a', sequence: 2 }]);
    await models.commit(collection, emptied, [put('a', { at: 2 })], positionOf(3));
    expect(await models.get(collection, 'a')).toEqual({ id: 'a', at: 2 });
  });
});

describe('what is dropped', () => {
  const generationsKept = () =>
    new Set(
      lab.names('').flatMap((name) => /^(?:documents|journal).*\.(\d+)$/.exec(name)?.[1] ?? []),
    );

  it('is every generation that answers no more', async () => {
    for (let round = 0; round < 3; round += 1) {
      await models.beginRebuild(collection);
      await models.activate(collection, await models.beginRebuild(collection));
    }
    expect(generationsKept().size).toBe(1);
    await models.open({ ...collection, version: 2 });
    expect(generationsKept().size).toBe(1);
  });

  it('is what a late writer left of a generation, when the collection is opened again', async () => {
    const { generation } = await models.beginRebuild(collection);
    await models.activate(collection, await models.beginRebuild(collection));
    lab.standIn.data.made('title_review', `documents.${collection.name}.${generation}`);
    expect(generationsKept().size).toBe(2);
    await models.open(collection);
    expect(generationsKept().size).toBe(1);
  });

  it('is nothing of a collection whose name begins alike', async () => {
    const other = { ...collection, name: `${collection.name}.1` };
    const opened = await models.open(other);
    await models.commit(other, opened, [put('a')], positionOf(1));
    await models.open({ ...collection, version: 2 });
    expect(await models.get(other, 'a')).toEqual({ id: 'a' });
  });
});

it('keeps documents of an older version that move on in the moment a newer one has come as far', async () => {
  const old = await models.commit(collection, start, [put('a')], positionOf(1));
  const newer = { ...collection, version: 2 };
  const begun = await models.open(newer);
  const other = lab.readModels();
  let moved: Promise<Checkpoint> | undefined;
  lab.standIn.fault = async ({ name, command, apply }) => {
    const isReplacing =
      name === 'update' && JSON.stringify(command.updates).includes('"answering"');
    if (!isReplacing || moved !== undefined) return apply();
    moved = other.commit(collection, old, [put('b')], positionOf(2));
    await moved;
    return apply();
  };
  const level = await models.commit(newer, begun, [put('c')], positionOf(1));
  expect(await models.get(newer, 'b')).toEqual({ id: 'b' });
  expect(await models.checkpoint(collection)).toEqual(await moved);
  await models.commit(newer, level, [], positionOf(2));
  expect(await models.get(newer, 'b')).toBeUndefined();
  expect(await models.get(newer, 'c')).toEqual({ id: 'c' });
});

it('puts a newer version in its place when opened, where its runner died in between', async () => {
  await models.commit(collection, start, [put('a')], positionOf(1));
  const newer = { ...collection, version: 2 };
  const begun = await models.open(newer);
  // The look at the state, the journal, the decision, the documents, the checkpoint, the journal again.
  const doomed = await lab.faulty(dyingAt(7, lost));
  const commit = doomed.commit(newer, begun, [put('b')], positionOf(1));
  await expect(commit).rejects.toMatchObject(unavailable);
  expect(await models.get(newer, 'b')).toBeUndefined();
  expect(await models.open(newer)).toEqual({ ...begun, position: positionOf(1) });
  expect(await models.get(newer, 'b')).toEqual({ id: 'b' });
});

it.each(['get', 'find', 'getMany'] as const)(
  'answers %s from one generation, though another takes its place in the middle',
  async (method) => {
    const other = lab.readModels();
    await models.commit(collection, start, [put('a', { from: 'old' })], positionOf(1));
    await models.get(collection, 'a');
    const begun = await other.beginRebuild(collection);
    const changes = [put('a', { from: 'new' })];
    const rebuilt = await other.commit(collection, begun, changes, positionOf(1));
    const read = {
      get: () => models.get(collection, 'a'),
      find: async () =>
        (await models.find(collection, { index: 'inTime', equals: {}, limit: 1 })).items[0],
      getMany: async () => (await models.getMany(collection, ['a'])).get('a'),
    }[method];

    let swapped: Promise<void> | undefined;
    lab.standIn.fault = async ({ name, apply }) => {
      if (name !== 'find' || swapped !== undefined) return apply();
      swapped = other.activate(collection, rebuilt);
      await swapped;
      return apply();
    };
    expect(await read()).toMatchObject({ from: 'new' });
  },
);
