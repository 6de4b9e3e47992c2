import { createHash } from 'node:crypto';

import { Random } from '../../src/cli/season/people/random';
import { evolve, unopened, type Dossier } from '../../src/dossier/dossier';
import type { DossierEvent } from '../../src/dossier/events';
import { dossierId, streamOf } from '../../src/dossier/stream';
import type { Actor, Json, RecordedEvent } from '../../src/engine/event-store';
import { fromEpoch } from '../../src/engine/instant';
import type { ReviewChain } from '../../src/organisations/organisation';
import type { Unit } from './organisations';

export interface SeasonSize {
  readonly seed: number;
  readonly people: number;
  readonly steps: number;
}

export const rounds = ['2022', 'second'] as const;

export interface Person {
  readonly stream: string;
  readonly round: string;
  readonly subject: string;
  state: Dossier;
  unit: Unit;
  files: Set<string>;
  /** Not before: nothing in a stream happens before what stands there. */
  latest: number;
  cases: number;
}

/** An upheld case, before its consequences. */
interface Pending {
  readonly person: Person;
  readonly falsificationCase: string;
  readonly at: number;
}

/** The people of a season, the clock, and the log that grows. */
export class World {
  readonly random: Random;
  readonly people: readonly Person[];
  private readonly revisions = new Map<string, number>();
  readonly openCases: { readonly id: string; readonly person: Person }[] = [];
  readonly upheld: Pending[] = [];
  private position = 0;

  constructor(
    size: SeasonSize,
    readonly units: readonly Unit[],
    public now: number,
  ) {
    this.random = new Random(size.seed);
    this.people = Array.from({ length: size.people }, (_, n) => {
      const round = n % 10 === 9 ? rounds[1] : rounds[0];
      const pseudonym = createHash('sha256').update(`person ${n}`).digest('hex').slice(0, 32);
      return {
        stream: streamOf(dossierId(round, pseudonym)),
        round,
        // A subject may hold what separates the names of amounts.
        subject: `person/${n}.$x`,
        state: unopened,
        unit: this.pick(units),
        files: new Set<string>(),
        latest: 0,
        cases: 0,
      };
    });
  }

  happens(person: Person, event: DossierEvent, by?: Actor, at = this.now): RecordedEvent {
    person.state = evolve(person.state, event);
    const { state } = person;
    const actor = by ?? {
      kind: 'person',
      subject: person.subject,
      roles: ['applicant'],
      organisation: person.unit.organisation.id,
    };
    // Late in the log, where nothing of the same stream speaks against it.
    const delayed = this.chance(0.05) ? at - Math.floor(this.random.next() * 2 * 86_400_000) : at;
    const happened = Math.max(delayed, person.latest);
    person.latest = happened;
    const jurisdiction = state.status === 'unopened' ? [] : state.file.chain;
    const { type, data } = event;
    return this.event(person.stream, type, data as unknown as Json, actor, happened, jurisdiction);
  }

  bySystem(person: Person, event: DossierEvent): RecordedEvent {
    return this.happens(person, event, { kind: 'system', process: 'window-closing' });
  }

  event(
    stream: string,
    type: string,
    data: Json,
    actor: Actor,
    at = this.now,
    jurisdiction: readonly string[] = [],
  ): RecordedEvent {
    const revision = (this.revisions.get(stream) ?? -1) + 1;
    this.revisions.set(stream, revision);
    const position = String(this.position).padStart(12, '0');
    this.position += 1;
    return {
      id: position,
      stream,
      revision,
      position,
      type,
      data,
      metadata: {
        at: fromEpoch(at),
        actor,
        address: null,
        command: null,
        policyVersion: 1,
        person: null,
        jurisdiction,
      },
    };
  }

  chainOf(unit: Unit): ReviewChain {
    return this.chance(0.9) ? unit.chain : unit.otherChain;
  }

  reviewerOf(organisation: string): Actor {
    const subject = `${organisation}/reviewer.${this.below(2)}`;
    return { kind: 'person', subject, roles: ['supervisor'], organisation };
  }

  auditor(subject: string): Actor {
    return { kind: 'person', subject, roles: ['auditor'], organisation: 'office' };
  }

  chance(share: number): boolean {
    return this.random.next() < share;
  }

  below(end: number): number {
    return Math.floor(this.random.next() * end);
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[this.below(from.length)];
    if (picked === undefined) throw new Error('nothing to pick');
    return picked;
  }
}
