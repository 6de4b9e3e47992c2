import { Inject, Injectable } from '@nestjs/common';

import type { MerkleLog } from '../audit/merkle-log';
import type { Lease } from '../engine/lease';
import { LogFollower } from '../engine/log-follower';
import { Notary } from './audit/notary';
import { WindowClosings } from './closings';
import { LEASE, MERKLE_LOG } from './ports';
import { ProjectionHost } from './projection-host';
import { ReactionHost } from './reaction-host';

/** What the service does by itself: of several instances the one that holds the lease does it. */
@Injectable()
export class BackgroundWork {
  constructor(
    @Inject(LEASE) private readonly lease: Lease,
    private readonly projections: ProjectionHost,
    private readonly closings: WindowClosings,
    private readonly reactions: ReactionHost,
    @Inject(MERKLE_LOG) private readonly merkle: MerkleLog,
    private readonly notary: Notary,
  ) {}

  /** Whether this instance is the one. */
  get isHere(): boolean {
    return this.lease.isHeld;
  }

  async begin(): Promise<void> {
    await this.reactions.openChannels();
    this.lease.start({
      start: () => {
        for (const part of this.parts()) part.start();
      },
      stop: async () => {
        // What a reaction waits for is brought by a projection.
        for (const part of this.parts().reverse()) await part.stop();
      },
    });
  }

  private parts() {
    const { projections, closings, reactions, notary, merkle } = this;
    const follower = merkle instanceof LogFollower ? [merkle] : [];
    return [...follower, projections, closings, reactions, notary];
  }

  /** What was begun is finished; what reads the log stops where it stands. */
  end(): Promise<void> {
    return this.lease.stop();
  }
}
