import { Inject, Injectable } from '@nestjs/common';

import { HealthCheck, type FollowerHealth, type Health } from '../application/health';
import type { Position } from '../engine/event-store';
import { Admission } from '../http/admission';
import { Metrics } from './metrics';

/** Metrics of how things stand, looked up when they are asked for. */
@Injectable()
export class StateMetrics {
  constructor(
    @Inject(HealthCheck) private readonly check: Pick<HealthCheck, 'report'>,
    private readonly metrics: Metrics,
    @Inject(Admission) private readonly admission: Pick<Admission, 'waiting'>,
  ) {}

  async refresh(): Promise<void> {
    const health = await this.check.report();
    this.showStores(health);
    this.showFollowers(health);
    for (const [lane, waiting] of Object.entries(this.admission.waiting())) {
      this.metrics.waiting.set({ lane }, waiting);
    }
    this.metrics.deliveries.reset();
    for (const { channel, pending, delivered, dead } of health.deliveries ?? []) {
      for (const [state, count] of Object.entries({ pending, delivered, dead })) {
        this.metrics.deliveries.set({ channel, state }, count);
      }
    }
  }

  private showStores(health: Health): void {
    const { status, eventStore, backgroundWork } = health;
    const { metrics } = this;
    metrics.accepting.set(Number(status !== 'not-ready'));
    metrics.backgroundWork.set(Number(backgroundWork === 'here'));
    metrics.storeUp.set({ store: 'event-store' }, Number(eventStore.status === 'up'));
    const others = {
      'read-models': health.readModels,
      evidence: health.evidence,
      'person-keys': health.personKeys,
    };
    for (const [store, { status: up }] of Object.entries(others)) {
      metrics.storeUp.set({ store }, Number(up === 'up'));
    }
    metrics.logPosition.remove({});
    if (eventStore.status !== 'down') metrics.logPosition.set(numberOf(eventStore.head));
  }

  private showFollowers({ projections, reactions }: Health): void {
    const { position, lagEvents, lagSeconds, stopped } = this.metrics;
    for (const gauge of [position, lagEvents, lagSeconds, stopped]) gauge.reset();
    const show = (kind: string, follower: FollowerHealth): void => {
      const labels = { kind, name: follower.name };
      position.set(labels, numberOf(follower.position));
      stopped.set(labels, Number(follower.failure !== undefined));
      // What is not known is left out: a 0 would say that all is well.
      if (follower.lag === null) return;
      lagEvents.set(labels, follower.lag.events);
      lagSeconds.set(labels, follower.lag.seconds);
    };
    for (const projection of projections) show('projection', projection);
    for (const reaction of reactions) show('reaction', reaction);
  }
}

/** Both kinds of log begin their positions with a number that grows. */
function numberOf(position: Position | null): number {
  return position === null ? 0 : Number.parseInt(position, 10);
}
