import { Inject, Injectable } from '@nestjs/common';

import type { BlobStore } from '../engine/blob-store';
import type { Clock } from '../engine/clock';
import type { Position } from '../engine/event-store';
import { lagsOf, type Lag } from '../engine/lag';
import type { FollowerStatus, LogFollower } from '../engine/log-follower';
import type { PersonKeys } from '../engine/person-keys';
import type { ReadModels } from '../engine/read-models';
import type { WatchedEventStore } from '../engine/watched-event-store';
import { deliveryCounts, type DeliveryCounts } from '../projections/delivery-counts';
import { dossiers } from '../projections/dossiers';
import { BackgroundWork } from './background-work';
import { CLOCK, EVIDENCE_FILES, PERSON_KEYS, RAW_EVENT_STORE, READ_MODELS } from './ports';
import { ProjectionHost } from './projection-host';
import { ReactionHost } from './reaction-host';

export interface FollowerHealth extends Omit<FollowerStatus, 'state'> {
  /** `elsewhere`: another instance does the background work, and knows how it goes. */
  readonly state: FollowerStatus['state'] | 'elsewhere';
  /** Null where a store does not answer. */
  readonly lag: Lag | null;
}

export type EventStoreHealth =
  | { readonly status: 'up'; readonly head: Position | null }
  /** It answers, but could not take the last event. */
  | { readonly status: 'read-only'; readonly head: Position | null }
  | { readonly status: 'down' };

export interface StoreHealth {
  readonly status: 'up' | 'down';
}

export interface Health {
  /** `degraded`: commands are accepted, something else is not as it should be. */
  readonly status: 'ready' | 'degraded' | 'not-ready';
  readonly eventStore: EventStoreHealth;
  readonly readModels: StoreHealth;
  readonly evidence: StoreHealth;
  /** The keys personal data is read with; those of persons seen before are held in memory. */
  readonly personKeys: StoreHealth;
  readonly backgroundWork: 'here' | 'elsewhere';
  readonly projections: readonly FollowerHealth[];
  readonly reactions: readonly FollowerHealth[];
  /** A channel each; null where the read models do not answer. */
  readonly deliveries: readonly DeliveryCounts[] | null;
}

/** Milliseconds a store is given to answer: who asks for the health gives up soon after. */
const patience = 1_500;

/** Names of nothing and of nobody, to see whether a store answers at all. */
const noFile = `${'0'.repeat(64)}/${'0'.repeat(64)}`;
const nobody = '';

/** Says whether commands are accepted, and what lags or is down. */
@Injectable()
export class HealthCheck {
  constructor(
    @Inject(RAW_EVENT_STORE) private readonly log: WatchedEventStore,
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
    @Inject(EVIDENCE_FILES) private readonly files: BlobStore,
    @Inject(PERSON_KEYS) private readonly keys: PersonKeys,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly work: BackgroundWork,
    private readonly projections: ProjectionHost,
    private readonly reactions: ReactionHost,
  ) {}

  async report(): Promise<Health> {
    const [eventStore, readModels, evidence, personKeys, deliveries] = await Promise.all([
      this.eventStore(),
      statusOf(this.readModels.checkpoint(dossiers)),
      statusOf(this.files.get(noFile)),
      statusOf(this.keys.existing(nobody)),
      answerOf(this.deliveries()),
    ]);
    const reachable = readModels.status === 'up';
    const head = eventStore.status === 'down' ? undefined : eventStore.head;
    const [projections, reactions] = await Promise.all([
      this.followers(this.projections.runners, reachable, head),
      this.followers(this.reactions.runners, reachable, head),
    ]);
    const isWell =
      [readModels, evidence, personKeys].every((store) => store.status === 'up') &&
      [...projections, ...reactions].every(({ failure, reason }) => !failure && !reason);
    const ready = isWell ? 'ready' : 'degraded';
    return {
      status: eventStore.status === 'up' ? ready : 'not-ready',
      ...{ eventStore, readModels, evidence, personKeys },
      backgroundWork: this.work.isHere ? 'here' : 'elsewhere',
      ...{ projections, reactions, deliveries: deliveries ?? null },
    };
  }

  private async eventStore(): Promise<EventStoreHealth> {
    const head = await answerOf(this.log.head());
    if (head === undefined) return { status: 'down' };
    return { status: this.log.isFailing ? 'read-only' : 'up', head };
  }

  private async deliveries(): Promise<readonly DeliveryCounts[]> {
    const query = { index: 'by-channel', equals: {}, limit: 100 };
    return (await this.readModels.find<DeliveryCounts>(deliveryCounts, query)).items;
  }

  /** From their checkpoints and not from the runners, which stand still while another instance has the work. */
  private async followers(
    runners: readonly LogFollower[],
    reachable: boolean,
    head: Position | null | undefined,
  ): Promise<readonly FollowerHealth[]> {
    const known = reachable ? await answerOf(this.positionsOf(runners)) : undefined;
    const lags =
      known === undefined || head === undefined
        ? undefined
        : await answerOf(lagsOf(this.log, known, head, this.clock.now()));
    return runners.map((runner, n) => {
      const status = runner.status();
      const { isHere } = this.work;
      return {
        ...status,
        state: isHere || status.failure ? status.state : 'elsewhere',
        position: known?.[n] ?? status.position,
        lag: lags?.[n] ?? null,
      };
    });
  }

  private positionsOf(runners: readonly LogFollower[]): Promise<readonly (Position | null)[]> {
    return Promise.all(
      runners.map(async ({ collection }) => {
        const checkpoint = await this.readModels.checkpoint(collection);
        return checkpoint?.position ?? null;
      }),
    );
  }
}

async function statusOf(answer: Promise<unknown>): Promise<StoreHealth> {
  const answered = await answerOf(answer.then(() => true));
  return { status: answered === true ? 'up' : 'down' };
}

/** Undefined where it fails, or does not come in time. */
async function answerOf<T>(answer: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, patience);
  });
  try {
    return await Promise.race([answer, late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
