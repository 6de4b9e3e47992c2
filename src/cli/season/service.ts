import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long the service may take to be ready, and to stop, in milliseconds. */
const longestStart = 60_000;
const longestStop = 15_000;
const betweenLooks = 50;
/** As much of what the service writes as is kept, to be shown where it fails. */
const keptOutput = 4_000;

/** A service process of its own, under simulated time. */
export class Service {
  #output = '';

  private constructor(
    private readonly process: ChildProcess,
    readonly base: string,
  ) {
    const keep = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString()).slice(-keptOutput);
    };
    process.stdout?.on('data', keep);
    process.stderr?.on('data', keep);
  }

  /** Starts the built service and waits until it is ready. Rejects with what it wrote where it ends. */
  static async start(env: NodeJS.ProcessEnv, port: number, signal: AbortSignal): Promise<Service> {
    const main = join(__dirname, '../../main.js');
    const child = spawn(process.execPath, [main], {
      env: { ...env, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const service = new Service(child, `http://127.0.0.1:${port}`);
    try {
      await service.#ready(signal);
    } catch (error) {
      await service.stop();
      throw error;
    }
    return service;
  }

  async #ready(signal: AbortSignal): Promise<void> {
    const deadline = performance.now() + longestStart;
    while (performance.now() < deadline) {
      signal.throwIfAborted();
      if (this.ended) throw new Error(`the service ended by itself:\n${this.#output}`);
      const response = await fetch(`${this.base}/health/ready`).catch(() => null);
      await response?.arrayBuffer();
      if (response?.status === 200) return;
      await sleep(betweenLooks);
    }
    throw new Error(`the service did not get ready:\n${this.#output}`);
  }

  get ended(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  /** What it wrote last. */
  get output(): string {
    return this.#output;
  }

  /** Lets it finish what it has in hand; ends it where that takes too long. */
  async stop(): Promise<void> {
    if (this.ended) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    const tooLong = setTimeout(() => this.process.kill('SIGKILL'), longestStop);
    await ended;
    clearTimeout(tooLong);
  }
}

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
