import { once } from 'node:events';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import fastify from 'fastify';

/*
 * What any service on this stack has to do at the least: a route that parses the same body and keeps it, durably,
 * together with whatever else waits. A process of its own, as the service is.
 */

export interface BareRoute {
  readonly port: number;
  stop(): void;
}

const runner = join(__dirname, '../../test/support/stand-ins/run.cjs');

export async function startBareRoute(folder: string): Promise<BareRoute> {
  const child = fork(runner, [__filename, join(folder, 'bare.db')]);
  const [port] = (await once(child, 'message')) as [number];
  return { port, stop: () => void child.kill() };
}

async function serve(path: string): Promise<number> {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE bodies (position INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL) STRICT`);
  const insert = database.prepare('INSERT INTO bodies (body) VALUES (?)');
  let waiting: { readonly body: string; readonly done: (position: number) => void }[] = [];
  const commit = (): void => {
    const batch = waiting;
    waiting = [];
    database.exec('BEGIN IMMEDIATE');
    const positions = batch.map(({ body }) => Number(insert.run(body).lastInsertRowid));
    database.exec('COMMIT');
    for (const [index, { done }] of batch.entries()) done(positions[index] ?? 0);
  };
  const app = fastify();
  const keep = async (request: { readonly body: unknown }) => {
    const position = await new Promise<number>((done) => {
      if (waiting.length === 0) setImmediate(commit);
      waiting.push({ body: JSON.stringify(request.body), done });
    });
    return { position };
  };
  app.post('/*', keep);
  app.put('/*', keep);
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  return Number(new URL(address).port);
}

const [, file, database] = process.argv;
if (file === __filename && database !== undefined) {
  void serve(database).then((port) => process.send?.(port));
}
