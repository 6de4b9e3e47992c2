import { createHmac, type KeyObject } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

import type { Dossier } from '../dossier/dossier';
import { dossierAggregate, streamOf } from '../dossier/stream';
import type { EventStore, RecordedEvent } from '../engine/event-store';
import type { EvidenceStore } from '../engine/evidence-store';
import { execute, fold, type Outcome } from '../engine/execute';
import type { PersonKeys } from '../engine/person-keys';
import type { Reaction } from '../engine/reaction';
import type { ReadModels } from '../engine/read-models';
import { decideErasure, type ErasureFacts } from '../privacy/erasure';
import {
  personAggregate,
  personStreams,
  type ErasureGround,
  type Person,
  type PersonEvent,
} from '../privacy/person';
import { falsificationCases, type CaseSummary } from '../projections/falsification-cases';
import type { Policy } from '../rounds/policy';
import { inForce } from '../rounds/rounds';
import type { Finding } from '../rules/finding';
import type { Caller } from './access';
import { DossierIds } from './dossier-ids';
import { caughtUp, everyOne } from './notification-lists';
import { originOf } from './origin';
import { EVENT_STORE, EVIDENCE_STORE, LOOKUP_KEY, PERSON_KEYS, READ_MODELS } from './ports';
import { ReferenceData } from './reference-data';
import type { RequestContext } from './request';
import { Standings } from './standings';

export type ErasureOutcome = Outcome<Person, PersonEvent, readonly Finding[]>;

/** An administrator of the title office erases a person (依法删除个人信息), by account. */
export class ErasePerson extends Command<ErasureOutcome> {
  constructor(
    readonly account: string,
    readonly ground: ErasureGround,
    readonly by: RequestContext,
  ) {
    super();
  }
}

interface Opened {
  readonly id: string;
  readonly policy: Policy;
  readonly state: Dossier;
}

@CommandHandler(ErasePerson)
export class ErasePersonHandler implements ICommandHandler<ErasePerson> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
    @Inject(LOOKUP_KEY) private readonly key: KeyObject,
    private readonly ids: DossierIds,
    private readonly reference: ReferenceData,
    private readonly standings: Standings,
  ) {}

  async execute({ account, ground, by }: ErasePerson): Promise<ErasureOutcome> {
    const isAllowed = await this.isOfTitleOffice(by.caller);
    const dossiers = isAllowed ? await this.dossiersOf(account) : [];
    if (dossiers.length === 0) return { kind: 'unknown' };
    const origin = originOf(by);
    const { organisation } = by.caller;
    return execute(this.store, personAggregate, {
      stream: this.streamOf(account),
      identity: origin.command,
      ifRevision: null,
      mayKnow: () => true,
      decide: async (person) =>
        decideErasure(ground, person, await this.facts(account, dossiers, by)),
      metadata: () => ({
        ...origin,
        policyVersion: null,
        person: account,
        jurisdiction: organisation === null ? [] : [organisation],
      }),
    });
  }

  private async isOfTitleOffice({ organisation }: Caller): Promise<boolean> {
    const tree = await this.reference.organisations();
    return tree.get(organisation ?? '')?.kind === 'title-office';
  }

  /** By their ids and not by a list: a list may be behind. */
  private async dossiersOf(account: string): Promise<readonly Opened[]> {
    const rounds = await this.reference.rounds();
    const found = await Promise.all(
      [...rounds.keys()].map(async (round) => {
        const id = this.ids.of(round, account);
        const state = fold(dossierAggregate, await this.store.read(streamOf(id)));
        const policy = inForce(rounds, round)?.policy;
        return policy === undefined || state.status === 'unopened' ? [] : [{ id, policy, state }];
      }),
    );
    return found.flat();
  }

  private async facts(
    account: string,
    dossiers: readonly Opened[],
    { arrivedAt: now }: RequestContext,
  ): Promise<ErasureFacts> {
    await caughtUp(this.readModels, falsificationCases, await this.store.head());
    const open = await Promise.all(dossiers.map(({ id }) => this.openCases(id)));
    const bars = await Promise.all(
      dossiers.map(({ state }) => this.standings.bars(account, state)),
    );
    return {
      now,
      rounds: dossiers.map(({ policy }) => policy),
      openCases: open.reduce((sum, count) => sum + count, 0),
      bars: bars.flat(),
    };
  }

  private async openCases(dossier: string): Promise<number> {
    const query = { index: 'by-dossier', equals: { dossier } };
    let open = 0;
    for await (const page of everyOne<CaseSummary>(this.readModels, falsificationCases, query)) {
      open += page.filter(({ status }) => status === 'open').length;
    }
    return open;
  }

  private streamOf(account: string): string {
    const hash = createHmac('sha256', this.key).update(`person:${account}`).digest('hex');
    return personStreams + hash;
  }
}

/** What follows when a person is erased; each step changes nothing when it is taken again. */
@Injectable()
export class PersonErasure implements Reaction {
  readonly name = 'person-erasure';
  readonly prefixes = [personStreams];

  constructor(
    @Inject(PERSON_KEYS) private readonly keys: PersonKeys,
    @Inject(EVIDENCE_STORE) private readonly evidence: EvidenceStore,
  ) {}

  async react({ type, metadata: { person } }: RecordedEvent): Promise<void> {
    if (type !== 'PersonErased' || person === null) return;
    // First the key: from here on whatever is left of the files is of no use to anybody.
    await this.keys.destroy(person);
    await this.evidence.erase(person);
  }
}
