import {
  MemoryEventStore,
  MemoryLog,
  MemoryReadModels,
  type MemoryCollections,
} from '../support/memory';
import { eventStoreContract } from './event-store.contract';
import { readModelsContract } from './read-models.contract';

// The stand-ins of the engine's specs are held to what the real stores are held to.
eventStoreContract('memory', () => {
  const log = new MemoryLog();
  return Promise.resolve({
    connect: () => Promise.resolve(new MemoryEventStore(log)),
    dispose: () => Promise.resolve(),
  });
});

readModelsContract('memory', () => {
  const collections: MemoryCollections = new Map();
  return Promise.resolve({
    connect: () => Promise.resolve(new MemoryReadModels(collections)),
    dispose: () => Promise.resolve(),
  });
});
