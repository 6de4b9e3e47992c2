import { randomUUID } from 'node:crypto';

import { Inject, Injectable, Logger } from '@nestjs/common';

import { parseCheckpoint, signCheckpoint } from '../../audit/checkpoint';
import { parseNote } from '../../audit/note';
import { rootOf } from '../../audit/frontier';
import { sameHash } from '../../audit/hashes';
import type { MerkleLog } from '../../audit/merkle-log';
import type { NoteSigner } from '../../audit/note-keys';
import { StoredTree } from '../../audit/proofs';
import {
  checkpointAggregate,
  checkpointStream,
  isDue,
  type SignedCheckpoint,
} from '../../audit/signed-checkpoints';
import type { Clock } from '../../engine/clock';
import {
  WrongExpectedRevision,
  type EventStore,
  type ExpectedRevision,
} from '../../engine/event-store';
import type { Instant } from '../../engine/instant';
import { Recurring } from '../../engine/recurring';
import { filingWindow, reviewWindow } from '../../rounds/policy';
import { AUDIT_SIGNER, CLOCK, MERKLE_LOG, RAW_EVENT_STORE } from '../ports';
import { ReferenceData } from '../reference-data';

/**
 * Signs checkpoints of the log: at least every minute and every 1,000 events, and when a window closes.
 * Before each it looks whether the log still begins with what was signed before; if not, somebody has
 * changed it, and nothing is signed any more.
 */
@Injectable()
export class Notary {
  private readonly log = new Logger(Notary.name);
  private readonly recurring: Recurring;
  private last: SignedCheckpoint | null = null;
  private revision = -1;

  constructor(
    @Inject(CLOCK) clock: Clock,
    @Inject(RAW_EVENT_STORE) private readonly store: EventStore,
    @Inject(MERKLE_LOG) private readonly merkle: MerkleLog,
    @Inject(AUDIT_SIGNER) private readonly signer: NoteSigner,
    private readonly reference: ReferenceData,
  ) {
    this.recurring = new Recurring(clock, (now) => this.look(now), {
      onFailure: (error) => {
        const message = error instanceof Error ? error.message : String(error);
        if (error instanceof LogAltered) this.log.fatal(message);
        else this.log.warn(`will be tried again: ${message}`);
      },
    });
  }

  start(): void {
    this.recurring.start();
  }

  stop(): Promise<void> {
    return this.recurring.stop();
  }

  private async look(now: Instant): Promise<void> {
    const frontier = await this.merkle.frontier();
    const { size } = frontier;
    const last = await this.lastSigned();
    if (!isDue(size, last, { now, windowEnds: await this.windowEnds() })) return;
    if (last !== null) await this.checkUnaltered(last, size);
    const note = signCheckpoint(
      { size, root: rootOf(this.signer.key.suite, frontier) },
      this.signer,
    );
    const signed: SignedCheckpoint = { size, at: now, note };
    const event = {
      id: randomUUID(),
      type: 'CheckpointSigned',
      data: signed,
      metadata: {
        at: now,
        actor: { kind: 'system', process: 'notary' },
        address: null,
        command: null,
        policyVersion: null,
        person: null,
        jurisdiction: [],
      },
    } as const;
    try {
      await this.store.append(checkpointStream, [event], this.expected());
    } catch (error) {
      // Another instance has just signed: that is as good.
      if (!(error instanceof WrongExpectedRevision)) throw error;
    }
  }

  private async lastSigned(): Promise<SignedCheckpoint | null> {
    for (const event of await this.store.read(checkpointStream, this.revision + 1)) {
      this.last = checkpointAggregate.read(event).data;
      this.revision = event.revision;
    }
    return this.last;
  }

  private expected(): ExpectedRevision {
    return this.revision < 0 ? 'no-stream' : this.revision;
  }

  /** By what the note says, whoever signed it: the key may have been changed since. */
  private async checkUnaltered({ note }: SignedCheckpoint, size: number): Promise<void> {
    const { suite } = this.signer.key;
    const checkpoint = parseCheckpoint(suite, parseNote(note).text);
    const tree = new StoredTree(suite, this.merkle.hashes);
    const intact =
      checkpoint.size <= size && sameHash(await tree.root(checkpoint.size), checkpoint.root);
    if (!intact) throw new LogAltered(checkpoint.size);
  }

  private async windowEnds(): Promise<Instant[]> {
    const rounds = [...(await this.reference.rounds()).values()];
    return rounds.flatMap((versions) => {
      const policy = versions.at(-1)?.policy;
      return policy === undefined ? [] : [filingWindow(policy).closes, reviewWindow(policy).closes];
    });
  }
}

class LogAltered extends Error {
  override readonly name = 'LogAltered';
  constructor(size: number) {
    super(`the first ${size} events are not what was signed: no checkpoint is signed any more`);
  }
}
