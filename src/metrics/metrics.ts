import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const prefix = 'title_review_';

/**
 * Everything that is measured of one instance. Labels are names out of the program or its configuration
 * (commands, routes, stores), never of anybody or of anything filed, so that their number has a bound.
 */
export class Metrics {
  readonly registry = new Registry();

  readonly commands = this.counter('commands_total', 'Commands, by how they ended', [
    'type',
    'outcome',
  ]);
  readonly appends = this.histogram('append_seconds', 'Time until the log had taken the events', [
    'outcome',
  ]);
  readonly requests = this.histogram(
    'http_request_seconds',
    'Time to answer a request; streams of events are not counted',
    ['method', 'route', 'status'],
  );
  readonly reconnects = this.counter(
    'reconnects_total',
    'Connections to a server that were lost and made anew',
    ['server'],
  );

  readonly shed = this.counter('shed_total', 'Requests turned away under overload', ['lane']);
  readonly waiting = this.gauge('requests_waiting', 'Requests that wait for their turn', ['lane']);

  readonly accepting = this.gauge('accepting_commands', '1 where commands are accepted', []);
  readonly storeUp = this.gauge('store_up', '1 where the store answers', ['store']);
  readonly backgroundWork = this.gauge(
    'background_work',
    '1 where this instance does the background work',
    [],
  );
  readonly logPosition = this.gauge('log_position', 'Newest position of the log', []);
  readonly position = this.gauge('follower_position', 'Last position taken in', ['kind', 'name']);
  readonly lagEvents = this.gauge(
    'follower_lag_events',
    'Events not taken in yet, counted up to 1000',
    ['kind', 'name'],
  );
  readonly lagSeconds = this.gauge('follower_lag_seconds', 'Age of the oldest event not taken in', [
    'kind',
    'name',
  ]);
  readonly stopped = this.gauge('follower_stopped', '1 where an event it cannot take stopped it', [
    'kind',
    'name',
  ]);
  readonly deliveries = this.gauge(
    'deliveries',
    'Notifications of a channel, by where they stand',
    ['channel', 'state'],
  );

  /** Also measures the process itself: memory, event loop, garbage collection. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  private counter<L extends string>(name: string, help: string, labelNames: readonly L[]) {
    return new Counter({ name: prefix + name, help, labelNames, registers: [this.registry] });
  }

  private gauge<L extends string>(name: string, help: string, labelNames: readonly L[]) {
    return new Gauge({ name: prefix + name, help, labelNames, registers: [this.registry] });
  }

  private histogram<L extends string>(name: string, help: string, labelNames: readonly L[]) {
    return new Histogram({
      ...{ name: prefix + name, help, labelNames, registers: [this.registry] },
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    });
  }
}
