import { StandInCollection } from './collection';

/** What the stand-in keeps: collections by database and name, all in memory. */
export class Data {
  readonly #databases = new Map<string, Map<string, StandInCollection>>();

  collection(database: string, name: string): StandInCollection | undefined {
    return this.#databases.get(database)?.get(name);
  }

  /** The collection, made where it is not there, as MongoDB does on the first write. */
  made(database: string, name: string): StandInCollection {
    const collections = this.#databases.get(database) ?? new Map<string, StandInCollection>();
    this.#databases.set(database, collections);
    const collection = collections.get(name) ?? new StandInCollection();
    collections.set(name, collection);
    return collection;
  }

  names(database: string): string[] {
    return [...(this.#databases.get(database)?.keys() ?? [])];
  }

  drop(database: string, name: string): boolean {
    return this.#databases.get(database)?.delete(name) ?? false;
  }

  dropDatabase(database: string): void {
    this.#databases.delete(database);
  }
}
