import { Inject, Injectable, Logger } from '@nestjs/common';

import type { EventStore } from '../engine/event-store';
import { ProjectionRunner } from '../engine/projection-runner';
import type { ReadModels } from '../engine/read-models';
import { projections } from '../projections';
import { EVENT_STORE, READ_MODELS } from './ports';

/** Keeps every projection up with the log while the service runs. */
@Injectable()
export class ProjectionHost {
  private readonly log = new Logger(ProjectionHost.name);
  readonly runners: readonly ProjectionRunner[];

  constructor(@Inject(EVENT_STORE) store: EventStore, @Inject(READ_MODELS) models: ReadModels) {
    this.runners = projections.map(
      (projection) =>
        new ProjectionRunner(projection, store, models, {
          onStatus: (status) => {
            if (status.failure) this.log.error(`${status.name} stopped: ${status.failure.message}`);
            else if (status.reason) this.log.warn(`${status.name} waits: ${status.reason}`);
          },
        }),
    );
  }

  start(): void {
    for (const runner of this.runners) runner.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.stop()));
  }
}
