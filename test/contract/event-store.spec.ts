import { SqliteEventStore } from '../../src/adapters/sqlite/event-store';
import type { EventStore } from '../../src/engine/event-store';
import { SharedEventStore } from '../../src/engine/shared-event-store';
import { type Adapter, onEveryAdapter } from './adapters';
import { eventStoreContract } from './event-store.contract';
import { eventStoreDBAdapters } from './eventstoredb-backing';
import { sqliteBacking } from './sqlite-backing';

const adapters: Adapter<EventStore>[] = [
  { name: 'SQLite', open: () => sqliteBacking((path) => SqliteEventStore.open(path)) },
  {
    name: 'SQLite, read once for all who follow it',
    open: () => sqliteBacking((path) => new SharedEventStore(SqliteEventStore.open(path))),
  },
  ...eventStoreDBAdapters(),
];

onEveryAdapter(adapters, eventStoreContract);
