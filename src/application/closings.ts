import { Inject, Injectable, Logger } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';

import type { Clock } from '../engine/clock';
import type { Instant } from '../engine/instant';
import type { ReadModels } from '../engine/read-models';
import { SharedLease, type Lease } from '../engine/lease';
import { Recurring } from '../engine/recurring';
import type { DossierStatus } from '../dossier/dossier';
import { dossiers } from '../projections/dossiers';
import type { DossierSummary } from '../projections/dossier-summary';
import { filingWindow, isAfter, reviewWindow, type Policy } from '../rounds/policy';
import { CommandsInHand } from './commands-in-hand';
import { ActOnDossier } from './dossier-commands';
import { CLOCK, LEASE, READ_MODELS } from './ports';
import { ReferenceData } from './reference-data';

const process = 'window-closing';
/** Dossiers closed before the list is read again. */
const atOnce = 200;
/** Milliseconds after which nothing that arrived in time is in hand at another instance any more. */
const othersSettled = 10_000;

/**
 * T-5: closes by itself what can no longer be filed. It keeps nothing of its own: what must be closed
 * follows from the clock, the policy and the dossiers, so that a time when the service was down is made
 * up for, and closing twice closes once. What arrived in time is never overtaken: a closing waits for the
 * commands in hand here, and where there may be other instances, for as long as theirs may take.
 */
@Injectable()
export class WindowClosings {
  private readonly log = new Logger(WindowClosings.name);
  private readonly recurring: Recurring;
  /** When it was first seen what a version of a round has run out, on the machine's monotonic clock. */
  private readonly dueSince = new Map<string, number>();

  constructor(
    @Inject(CLOCK) clock: Clock,
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
    private readonly reference: ReferenceData,
    private readonly commands: CommandBus,
    private readonly inHand: CommandsInHand,
    @Inject(LEASE) private readonly lease: Lease,
  ) {
    this.recurring = new Recurring(clock, (now) => this.closeDue(now), {
      onFailure: (error) => {
        this.log.warn(`will be tried again: ${error instanceof Error ? error.message : 'unknown'}`);
      },
    });
  }

  start(): void {
    this.recurring.start();
  }

  stop(): Promise<void> {
    return this.recurring.stop();
  }

  private async closeDue(now: Instant): Promise<void> {
    for (const versions of (await this.reference.rounds()).values()) {
      const policy = versions.at(-1)?.policy;
      if (policy === undefined) continue;
      for (const status of due(policy, now)) {
        if (this.othersAreDone(`${policy.round} ${versions.length} ${status}`)) {
          await this.closeAll(policy.round, status, now);
        }
      }
    }
  }

  private othersAreDone(key: string): boolean {
    if (!(this.lease instanceof SharedLease)) return true;
    const since = this.dueSince.get(key) ?? performance.now();
    this.dueSince.set(key, since);
    return performance.now() - since >= othersSettled;
  }

  private async closeAll(round: string, status: DossierStatus, now: Instant): Promise<void> {
    const left = await this.readModels.find<DossierSummary>(dossiers, {
      index: 'by-status',
      equals: { round, status },
      limit: atOnce,
    });
    if (left.items.length > 0) await this.inHand.settled();
    await Promise.all(
      left.items.map(({ id }) =>
        this.commands.execute(new ActOnDossier(id, { type: 'Close' }, { process, arrivedAt: now })),
      ),
    );
  }
}

/** The states whose time has run out. */
function due(policy: Policy, now: Instant): DossierStatus[] {
  const filed = isAfter(filingWindow(policy), now);
  const reviewed = isAfter(reviewWindow(policy), now);
  return [...(filed ? (['draft'] as const) : []), ...(reviewed ? (['returned'] as const) : [])];
}
