import { setTimeout as sleep } from 'node:timers/promises';

import type { EventStore } from '../../src/engine/event-store';
import { SimulatedClock } from '../../src/engine/clock';
import type { Caller } from '../../src/cli/season/act';
import { castOf, type Part as CastPart } from '../../src/cli/season/cast';
import { Client, ServiceClock, type Answer, type HttpRequest } from '../../src/cli/season/client';
import { compareAll } from '../../src/cli/season/final-comparison';
import type { Random } from '../../src/cli/season/people/random';
import { stepsAt } from '../../src/cli/season/play';
import { Referee } from '../../src/cli/season/referee';
import { freePort } from '../../src/cli/season/service';
import type { Step } from '../../src/cli/season/steps';
import { seasonStart, timeline } from '../../src/cli/season/timeline';
import { Progress } from '../../src/cli/progress';
import { claimsOf, startService, tokenOf, until, type ServiceInProcess } from '../support/service';
import { newFolder, remove } from './folder';
import { FaultyLog, type LogFault } from './faulty-log';
import type { Part, Tally } from './part';

/** Of so many with every kind of fate, how many play. */
const castSize = 60;
const players = 3;
/** Milliseconds between the service's looks at what must be closed. */
const betweenLooks = 1_000;
/** How often a dossier is looked at after a step, whose own answer is compared always. */
const looks = 0.25;
/** Of a hundred requests, how many meet each. */
const storeFaults = 0.1;
const duplicates = 0.05;
const crashes = 0.008;

/**
 * A season with its reviewers, its closings and its falsifications, its steps in a random order, with faults
 * between them. After every step the answer is compared with the season's model, and at the end everything.
 */
export const simulation: Part = {
  name: 'simulation',
  what: 'whole seasons in a random order with faults, each step compared with the model',
  rounds: 1,
  missing: () => null,
  run: async ({ random, goesOn, tally }) => {
    for (let round = 0; goesOn(round); round += 1) {
      const seed = random.between(0, 2 ** 31);
      const world = await World.begin(random, tally);
      try {
        await world.play(seed);
        tally.try('seasons');
      } catch (error) {
        tally.lose('seasons broken off', [`seed ${seed}: ${String(error)}`]);
      } finally {
        await world.end();
      }
    }
  },
};

class World {
  private readonly log = new FaultyLog();
  private readonly clock = new SimulatedClock(seasonStart);
  private readonly dataDir = newFolder();
  private service: ServiceInProcess | undefined;

  private constructor(
    private readonly port: number,
    private readonly random: Random,
    private readonly tally: Tally,
  ) {}

  static async begin(random: Random, tally: Tally): Promise<World> {
    const world = new World(await freePort(), random, tally);
    world.service = await startService(world.options, world.dataDir);
    return world;
  }

  async play(seed: number): Promise<void> {
    const { random, tally } = this;
    const referee = new Referee();
    const clock = new ServiceClock(Date.parse(seasonStart));
    const client = new FaultyClient(this, `http://127.0.0.1:${this.port}`, clock);
    const parts = this.#drawn(await castOf({ applicants: castSize, seed }, client, referee));
    const cast = parts.map(({ applicant }) => applicant);
    for (const moment of timeline) {
      await client.moveClock(moment.at);
      const waiting = parts
        .map((part) => ({ part, steps: [...stepsAt(part, moment.name)] }))
        .filter(({ steps }) => steps.length > 0);
      const strikesAfter = random.between(
        0,
        waiting.reduce((sum, one) => sum + one.steps.length, 0),
      );
      let taken = 0;
      while (waiting.length > 0) {
        if (moment.strikes !== undefined && taken >= strikesAfter) {
          await this.#pastTheEnd(client, moment.strikes);
        }
        // Up to three at once, in an order that is anybody's guess.
        const together = this.#some(waiting);
        await Promise.all(together.map(({ part, step }) => this.#take(part, step)));
        taken += together.length;
        tally.try('steps', together.length);
      }
      if (moment.strikes !== undefined) await this.#pastTheEnd(client, moment.strikes);
    }
    const silent = new Progress(0, {
      isTTY: false,
      write: () => true,
    } as unknown as NodeJS.WriteStream);
    await compareAll({ cast, client, clock, referee }, silent);
    tally.try('comparisons', referee.checks);
    tally.lose(
      'answers and states unlike the model',
      referee.differences.map((one) => `seed ${seed}: ${one.of}: ${one.expected} / ${one.actual}`),
    );
  }

  /** Does the step, and has the dossier looked at. */
  async #take({ applicant }: CastPart, step: Step): Promise<void> {
    const before = applicant.standing.closedBy;
    await step(applicant);
    const { closedBy } = applicant.standing;
    if (closedBy === 'falsification' && before !== closedBy) await this.#closed(applicant);
    if (applicant.dossier !== '' && this.random.chance(looks)) {
      await applicant.does({ kind: 'look' });
    }
  }

  /** What a decided case brings about follows from the log: a moment later, and later still where stores fail. */
  async #closed({ self, dossier }: CastPart['applicant']): Promise<void> {
    const look = async () => this.service?.as(self).get(`/v1/dossiers/${dossier}`);
    await until(async () => {
      const answer = await look().catch(() => undefined);
      return (answer?.body as { readonly status?: string } | undefined)?.status === 'closed';
    });
  }

  #past: string | null = null;

  /** A closing that met a store that failed is made up for at the next look, a second later; the model knows of no such delay. */
  async #pastTheEnd(client: Client, at: string): Promise<void> {
    if (this.#past === at) return;
    this.#past = at;
    await client.moveClock(at);
    this.log.heal();
    await sleep(2 * betweenLooks);
  }

  #drawn(cast: readonly CastPart[]): readonly CastPart[] {
    const left = [...cast];
    return Array.from({ length: players }, () =>
      left.splice(this.random.between(0, left.length - 1), 1),
    ).flat();
  }

  #some(waiting: { readonly part: CastPart; readonly steps: Step[] }[]) {
    const { random } = this;
    const together = [];
    for (let count = random.between(1, 3); count > 0 && waiting.length > 0; count -= 1) {
      const at = random.between(0, waiting.length - 1);
      const [one] = waiting.splice(at, 1);
      const step = one?.steps.shift();
      if (one !== undefined && step !== undefined) together.push({ ...one, step });
    }
    for (const { part, steps } of together) if (steps.length > 0) waiting.push({ part, steps });
    return together;
  }

  /** Before a request is sent: something may go wrong with it. */
  async strike(): Promise<void> {
    const { random, tally, log } = this;
    // A log that fails at the start ends it, with a sentence: that is not tried here.
    if (random.chance(storeFaults) && this.#restarting === null) {
      const fault = random.pick<LogFault>(['append refused', 'append unheard', 'read refused']);
      log.failOnce(fault);
      tally.try(fault);
    }
    if (random.chance(crashes)) {
      await this.restart();
      tally.try('restarts');
    }
  }

  /** Whether a request is delivered twice. */
  isDelivered(): 'once' | 'twice' {
    if (!this.random.chance(duplicates)) return 'once';
    this.tally.try('delivered twice');
    return 'twice';
  }

  private get options() {
    return {
      clock: this.clock,
      port: this.port,
      simulatedNow: seasonStart,
      evidenceLimit: 20 * 1024 * 1024,
      through: (log: EventStore) => this.log.before(log),
    };
  }

  #restarting: Promise<void> | null = null;

  /** Whatever comes meanwhile meets nobody. */
  private restart(): Promise<void> {
    this.#restarting ??= (async () => {
      this.log.heal();
      this.service = await this.service?.restart(this.options);
      this.#restarting = null;
    })();
    return this.#restarting;
  }

  async end(): Promise<void> {
    await this.service?.stop();
    remove(this.dataDir);
  }
}

/** Every command has a key, and is sent until it is answered. */
class FaultyClient extends Client {
  #keys = 0;

  constructor(
    private readonly world: World,
    base: string,
    private readonly serviceClock: ServiceClock,
  ) {
    const mint = ({ subject, roles, organisation }: Caller): Promise<string> =>
      Promise.resolve(tokenOf(claimsOf({ subject, roles, organisation })));
    super(base, mint, serviceClock, new AbortController().signal);
  }

  override async send(request: HttpRequest, by: Caller | null): Promise<Answer> {
    const earliest = this.serviceClock.earliest();
    const isAct = request.method !== 'GET' && by !== null;
    const keyed = isAct ? this.#keyed(request) : request;
    if (isAct) await this.world.strike();
    const answer = await this.#untilAnswered(keyed, by);
    if (isAct && this.world.isDelivered() === 'twice') await this.#untilAnswered(keyed, by);
    return { ...answer, earliest };
  }

  /** A file that shows a name is given once that is recorded: it, too, may have to be asked for again. */
  override download(path: string, by: Caller): Promise<string | number> {
    return answered(
      () => super.download(path, by),
      (answer) => answer !== 503,
    );
  }

  #keyed(request: HttpRequest): HttpRequest {
    this.#keys += 1;
    const key = { 'idempotency-key': `act-${this.#keys}` };
    return { ...request, headers: { ...key, ...request.headers } };
  }

  #untilAnswered(request: HttpRequest, by: Caller | null): Promise<Answer> {
    return answered(
      () => super.send(request, by),
      ({ status }) => status !== 503,
    );
  }
}

/** Asks again where the connection breaks, and where what comes is no answer yet; the 200th time that, too, is one. */
async function answered<T>(ask: () => Promise<T>, isAnswer: (come: T) => boolean): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const come = await ask().catch((error: unknown) => {
      if (tries > 200) throw error;
      return null;
    });
    if (come !== null && (isAnswer(come) || tries > 200)) return come;
    await sleep(25);
  }
}
