import type { Act, Caller, Role } from './act';
import { field, type Client } from './client';
import { round, specialty } from './notice';
import type { FilledDossier } from './people/dossier-content';
import type { Person } from './people/person';
import type { Referee } from './referee';
import { requestOf } from './requests';
import { choosesRoute, type Choice, type Unit } from './scope';
import { unopened, type Standing } from './standing';
import type { Trials } from './trials';

/** Who applies from where, and with what. */
export interface Profile {
  readonly person: Person;
  readonly choice: Choice;
  readonly unit: Unit;
  /** The unit and everything above it, up to the title office. */
  readonly chain: readonly string[];
  /** A reviewer of another unit, with no business here. */
  readonly stranger: Caller;
  readonly filled: FilledDossier;
  readonly trials: Trials;
}

/** Somebody who files in the season, with what the model knows of the dossier. */
export class Applicant {
  /** The dossier's id; empty before it is opened. */
  dossier = '';
  /** The falsification case about it; empty before one is opened. */
  falsificationCase = '';
  standing: Standing;
  readonly self: Caller;
  readonly choice: Choice;
  readonly chain: readonly string[];
  readonly stranger: Caller;
  readonly filled: FilledDossier;
  readonly trials: Trials;

  constructor(
    { person, choice, unit, chain, stranger, filled, trials }: Profile,
    private readonly client: Client,
    private readonly referee: Referee,
  ) {
    this.chain = chain;
    this.stranger = stranger;
    this.filled = filled;
    this.trials = trials;
    const subject = `applicant-${String(person.number + 1).padStart(5, '0')}`;
    this.self = { subject, roles: ['applicant'], organisation: person.unit.id };
    this.standing = unopened(subject, chain, unit);
    this.choice = choice;
  }

  /** Whoever reviews at a step of the chain, counted from the unit; -1 is the title office. */
  reviewer(step: number): Caller {
    return reviewerOf(this.chain, step < 0 ? this.chain.length + step : step);
  }

  async does(act: Act, by: Caller = this.self): Promise<void> {
    const request = requestOf(act, this.dossier);
    const answer = await this.client.send(request, by);
    this.standing = this.referee.settle(this.standing, act, by, request, answer);
    const id = field(answer.body, 'id');
    if (typeof id !== 'string') return;
    if (act.kind === 'open') this.dossier = id;
    if (act.kind === 'open-case') this.falsificationCase = id;
  }

  /** The same act twice at once. With one key it is one act; without, whichever comes second is late. */
  async doesTwiceAtOnce(act: Act): Promise<void> {
    const request = requestOf(act, this.dossier);
    const [one, other] = await Promise.all([
      this.client.send(request, this.self),
      this.client.send(request, this.self),
    ]);
    const [first, second] = one.status <= other.status ? [one, other] : [other, one];
    this.standing = this.referee.settle(this.standing, act, this.self, request, first);
    if (request.headers?.['idempotency-key'] === undefined) {
      this.standing = this.referee.settle(this.standing, act, this.self, request, second);
    } else {
      this.referee.check(`${request.path}: one key, one answer`, first.body, second.body);
    }
  }
}

/** What a person chooses when the dossier is opened. */
export function choiceOf({ level, subSpecialty, unit: { id } }: Person, unit: Unit): Choice {
  const reviewRoute = choosesRoute(level, unit) ? 'region' : null;
  return { level, specialty, subSpecialty, organisation: id, reviewRoute };
}

/** Account of whoever reviews for the organisation at a step of a chain. */
export function reviewerOf(chain: readonly string[], step: number): Caller {
  const organisation = chain[step] ?? '';
  const last = chain.length - 1;
  const role: Role = step === 0 ? 'unit-reviewer' : step === last ? 'title-office' : 'supervisor';
  return { subject: `reviewer-${organisation}`, roles: [role], organisation };
}

/** Whether an id is one of a dossier of the season's round. */
export function ofTheRound(dossier: unknown): boolean {
  return typeof dossier === 'string' && dossier.startsWith(`${round}-`);
}
