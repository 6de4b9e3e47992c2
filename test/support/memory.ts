/** The engine's stores in memory, true to the ports: for specs that are not about a real store. */
export { MemoryEventStore, MemoryLog } from './memory-event-store';
export { MemoryReadModels, type MemoryCollections } from './memory-read-models';
