import { type Db, MongoClient } from 'mongodb';
import { failingAt, unheard } from '../../support/stand-ins/mongodb/faults';
import { MongoStandIn } from '../../support/stand-ins/mongodb/server';

// What the adapter's specs lean on: here the stand-in is held to what MongoDB is known to do.
let standIn: MongoStandIn;
let client: MongoClient;
let db: Db;

beforeEach(async () => {
  standIn = await new MongoStandIn().start();
  client = new MongoClient(`${standIn.url}&minHeartbeatFrequencyMS=5`);
  db = client.db('test');
});
afterEach(async () => {
  await client.close();
  await standIn.stop();
});

it('refuses a second document of an id, and of what a unique index is by', async () => {
  const things = db.collection<{ _id: string; a?: number }>('things');
  await things.createIndexes([{ key: { a: 1 }, unique: true }]);
  await things.insertOne({ _id: 'x', a: 1 });
  await expect(things.insertOne({ _id: 'x', a: 2 })).rejects.toMatchObject({ code: 11000 });
  await expect(things.insertOne({ _id: 'y', a: 1 })).rejects.toMatchObject({ code: 11000 });
  const clash = things.updateOne({ _id: 'z' }, { $set: { a: 1 } }, { upsert: true });
  await expect(clash).rejects.toMatchObject({ code: 11000 });
  expect(await things.find().toArray()).toEqual([{ _id: 'x', a: 1 }]);
});

it('takes from the filter of an upsert what it equals, and nothing else', async () => {
  const things = db.collection<{ _id: string }>('things');
  const filter = { _id: 'x', kind: 'cup', size: { $gt: 1 } };
  await things.updateOne(
    filter,
    { $set: { 'at.x': 1 }, $setOnInsert: { new: true } },
    { upsert: true },
  );
  await things.updateOne({ _id: 'x' }, { $setOnInsert: { new: false }, $unset: { kind: '' } });
  expect(await things.findOne()).toEqual({ _id: 'x', at: { x: 1 }, new: true });
});

it('sorts null before numbers before text by code point, and compares within a type', async () => {
  const things = db.collection<{ v?: unknown }>('things');
  const values = ['𠮷', '～', null, 10, 9, 'a'];
  await things.insertMany(values.map((v) => ({ v })));
  const found = await things.find({}, { sort: { v: 1 } }).toArray();
  expect(found.map(({ v }) => v)).toEqual([null, 9, 10, 'a', '～', '𠮷']);
  expect(await things.find({ v: { $gte: '～' } }).toArray()).toHaveLength(2);
  expect(await things.find({ v: { $lt: 'a' } }).toArray()).toHaveLength(0);
});

it('hands out what does not fit into one answer batch by batch', async () => {
  const things = db.collection<{ text: string }>('things');
  for (let n = 0; n < 5; n += 1) await things.insertOne({ text: 'x'.repeat(300_000) });
  let answers = 0;
  standIn.fault = ({ apply }) => {
    answers += 1;
    return apply();
  };
  expect(await things.find().toArray()).toHaveLength(5);
  expect(answers).toBe(2);
  expect(await things.find({}, { batchSize: 2 }).toArray()).toHaveLength(5);
  const tooLarge = things.updateOne({}, { $set: { text: 'x'.repeat(17_000_000) } });
  await expect(tooLarge).rejects.toMatchObject({ code: 10334 });
});

it('refuses a hint without index, and one by an index that lacks what is asked for', async () => {
  const things = db.collection('things');
  const partialFilterExpression = { b: { $exists: true } };
  await things.createIndexes([{ key: { a: 1 }, partialFilterExpression }]);
  const find = (filter: object, hint: Record<string, 1>) => things.find(filter, { hint }).toArray();
  await expect(find({}, { c: 1 })).rejects.toMatchObject({ code: 2 });
  await expect(find({ a: 1 }, { a: 1 })).rejects.toMatchObject({ code: 2 });
  await expect(find({ a: 1, b: { $exists: true } }, { a: 1 })).resolves.toEqual([]);
});

it('applies a write once though the driver sends it again', async () => {
  const things = db.collection('things');
  standIn.fault = failingAt(1, unheard);
  await things.insertOne({});
  expect(await things.find().toArray()).toHaveLength(1);
});

it('refuses commands and fields it does not know, as it would pass over them', async () => {
  const things = db.collection('things');
  await expect(things.aggregate([]).toArray()).rejects.toMatchObject({ code: 59 });
  const collated = things.find({}, { collation: { locale: 'zh' } }).toArray();
  await expect(collated).rejects.toMatchObject({ code: 40415 });
  const increased = things.updateOne({}, { $inc: { n: 1 } }, { upsert: true });
  await expect(increased).rejects.toMatchObject({ code: 9 });
});

it('keeps what it has when it stops and starts again on its port', async () => {
  const { address } = standIn;
  await db.collection('things').insertOne({});
  await standIn.stop();
  await standIn.start();
  expect(standIn.address).toBe(address);
  expect(await db.collection('things').find().toArray()).toHaveLength(1);
});
