import { setTimeout as sleep } from 'node:timers/promises';

import type { Response, Test } from 'supertest';

import type { CommandAnswer } from '../../src/http/answers';
import { completeDossier } from '../e2e/complete-dossier';
import { choiceOf } from '../e2e/dossier-file';
import { applicant } from '../e2e/people';
import type { Client, Person, Service } from '../support/service';

/** A command as a portal keeps it until it has been answered. */
export interface Command {
  readonly by: Person;
  readonly send: (client: Client) => Test;
}

/** Milliseconds before a command that was not answered is sent again, and over which it is. */
const pause = 100;
const patience = 60_000;

/** A portal whose applicants file, and which remembers what was acknowledged and what was not. */
export class Portal {
  readonly acknowledged = new Map<Command, CommandAnswer>();
  /** Sent, and the connection broke or the answer was 503: whether it counts is not known. */
  readonly unanswered = new Set<Command>();
  /** Answers that were neither done nor told to come back. */
  readonly wrong: string[] = [];
  #people = 0;

  constructor(private readonly name: string) {}

  get sent(): number {
    return this.acknowledged.size + this.unanswered.size;
  }

  /** Applicants file one after the other, every other one withdraws, until it is enough. */
  async file(service: Service, isEnough: () => boolean): Promise<void> {
    while (!isEnough()) {
      const number = (this.#people += 1);
      const by = applicant(`${this.name}-${number}`);
      const open = (client: Client) => client.post('/v1/dossiers', choiceOf(by));
      const opened = await this.attempt(service, { by, send: open });
      if (opened === undefined) await sleep(pause / 10);
      else await this.#fileOn(service, { by, dossier: opened.dossier, number }, isEnough);
    }
  }

  async #fileOn(
    service: Service,
    { by, dossier, number }: { by: Person; dossier: string; number: number },
    isEnough: () => boolean,
  ): Promise<void> {
    for (const send of steps(by, dossier, number % 2 === 1)) {
      if (isEnough() || (await this.attempt(service, { by, send })) === undefined) return;
    }
  }

  /** Answered, or undefined where it was not. */
  async attempt(service: Service, command: Command): Promise<CommandAnswer | undefined> {
    const { by, send } = command;
    // A key for each would do: it is bound to the person and the address.
    const answer = await send(service.as(by))
      .set('Idempotency-Key', 'once')
      .timeout(patience)
      .then(
        (response) => response,
        () => null,
      );
    if (answer?.ok === true) {
      this.unanswered.delete(command);
      this.acknowledged.set(command, answer.body as CommandAnswer);
      return answer.body as CommandAnswer;
    }
    this.unanswered.add(command);
    if (answer !== null && !isComeBack(answer)) this.wrong.push(`${answer.status} ${answer.text}`);
    return undefined;
  }

  /** Sends again whatever was not answered, until it is; answers what never was. */
  async repeat(service: Service): Promise<readonly string[]> {
    const deadline = performance.now() + patience;
    for (const command of [...this.unanswered]) {
      while ((await this.attempt(service, command)) === undefined) {
        if (performance.now() > deadline) return [...this.unanswered].map(({ by }) => by.subject);
        await sleep(pause);
      }
    }
    return [];
  }
}

function isComeBack({ status, headers, body }: Response): boolean {
  const { code } = body as { readonly code?: string };
  return status === 503 && 'retry-after' in headers && code !== undefined;
}

/** What an applicant sends once the dossier is open: a scan, its masking, every section, the filing. */
export function steps(by: Person, dossier: string, withdraws: boolean): Command['send'][] {
  const { sections, scan } = completeDossier(by, choiceOf(by));
  const path = `/v1/dossiers/${dossier}`;
  const masking = `/v1/evidence/${dossier}.${scan.sha256}/masking`;
  return [
    (client) => client.upload(dossier, scan.bytes, scan.name),
    (client) => client.put(masking, { nameShown: false }),
    ...Object.entries(sections).map(
      ([section, content]): Command['send'] =>
        (client) =>
          client.put(`${path}/sections/${section}`, content),
    ),
    (client) => client.post(`${path}/submissions`, { confirmed: true }),
    ...(withdraws ? [(client: Client) => client.post(`${path}/withdrawal`, {})] : []),
  ];
}
