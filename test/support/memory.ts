/** The engine's stores in memory, true to the ports: for specs that are not about a real store. */
export { MemoryEventStore } from './memory-event-store';
export { MemoryReadModels } from './memory-read-models';
