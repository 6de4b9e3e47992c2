import { randomUUID } from 'node:crypto';
import { EventStoreDBEventStore } from '../../src/adapters/eventstoredb/event-store';
import type { EventStore } from '../../src/engine/event-store';
import { EventStoreDBStandIn } from '../support/stand-ins/eventstoredb/server';
import type { Adapter, Backing } from './adapters';

/** On the stand-in always; on a real server where EVENTSTORE_URL names one. */
export function eventStoreDBAdapters(url = process.env.EVENTSTORE_URL): Adapter<EventStore>[] {
  const standIn = { name: 'EventStoreDB (stand-in)', open: onStandIn };
  const name = 'EventStoreDB (real server)';
  if (url === undefined || url === '') {
    return [standIn, { name, skipped: 'EVENTSTORE_URL is not set; a stand-in was used' }];
  }
  process.stderr.write(`used: ${name}, the one in EVENTSTORE_URL\n`);
  return [standIn, { name, open: () => Promise.resolve(onServer(url)) }];
}

async function onStandIn(): Promise<Backing<EventStore>> {
  const standIn = await new EventStoreDBStandIn().start();
  const backing = onServer(standIn.url);
  return {
    connect: () => backing.connect(),
    dispose: async () => {
      await backing.dispose();
      await standIn.stop();
    },
  };
}

/** A namespace of its own on a server that may hold much else; what it holds stays there. */
function onServer(url: string): Backing<EventStore> {
  const namespace = `contract-${randomUUID()}.`;
  const connected: EventStore[] = [];
  return {
    connect: async () => {
      const store = await EventStoreDBEventStore.connect(url, { namespace });
      connected.push(store);
      return store;
    },
    dispose: async () => {
      for (const store of connected) await store.close();
    },
  };
}
