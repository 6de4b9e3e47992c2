import { setTimeout as sleep } from 'node:timers/promises';

import { Inject, Injectable } from '@nestjs/common';

import type { EventStore } from '../engine/event-store';
import type { PersonKeys } from '../engine/person-keys';
import { personStreams } from '../privacy/person';
import { EVENT_STORE, PERSON_KEYS } from './ports';

/** Milliseconds before it listens again. */
const pause = 1_000;

/**
 * On every instance: drops what it holds in memory of a person as soon as any instance has erased them. What it
 * misses while the log is out of reach goes when keys are looked up again.
 */
@Injectable()
export class ErasureWatch {
  private stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(PERSON_KEYS) private readonly keys: PersonKeys,
  ) {}

  start(): void {
    this.stopping = new AbortController();
    this.running = this.watch(this.stopping.signal);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.follow(signal).catch(() => undefined);
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const options = { prefixes: [personStreams], signal };
    for await (const { events } of this.store.subscribe(await this.store.head(), options)) {
      for (const { metadata } of events) {
        if (metadata.person !== null) this.keys.forget(metadata.person);
      }
    }
  }
}
