import { MongoConnection } from '../../src/adapters/mongodb/connection';
import { MongoReadModels } from '../../src/adapters/mongodb/read-models';
import { newCollection } from '../contract/collections';
import { MongoStandIn } from '../support/stand-ins/mongodb/server';
import { until } from '../support/service';

describe('Lost connections to MongoDB', () => {
  let standIn: MongoStandIn;
  let models: MongoReadModels;
  const told: string[] = [];
  beforeAll(async () => {
    standIn = await new MongoStandIn().start();
    const onReconnect = (reason: string) => told.push(reason);
    models = new MongoReadModels(MongoConnection.open(standIn.url, { onReconnect }));
  });
  afterAll(async () => {
    await models.close();
    await standIn.stop();
  });

  it('are told once, however many went at the same time, and not when they are closed', async () => {
    const collection = newCollection();
    await models.open(collection);
    await Promise.all(Array.from({ length: 20 }, () => models.checkpoint(collection)));
    expect(told).toEqual([]);
    await standIn.stop();
    await until(() => Promise.resolve(told.length > 0));
    await standIn.start();
    await until(() =>
      models.checkpoint(collection).then(
        () => true,
        () => false,
      ),
    );
    await models.close();
    expect(told).toEqual([`connections to ${standIn.address} were lost`]);
  });
});
