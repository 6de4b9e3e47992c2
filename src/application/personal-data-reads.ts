import { Inject, Injectable } from '@nestjs/common';

import type { EventStore } from '../engine/event-store';
import { execute } from '../engine/execute';
import type { ReviewChain } from '../organisations/organisation';
import { noteRead, readsAggregate, readStreams } from '../privacy/reads';
import { originOf } from './origin';
import { EVENT_STORE } from './ports';
import type { RequestContext } from './request';

/** The dossier as the reader has it before them. */
export interface DossierRead {
  readonly id: string;
  readonly applicant: string;
  readonly chain: ReviewChain;
  readonly revision: number;
}

/** Keeps a record of who was shown personal data unmasked (ASVS 16.3.2); the applicant's own reading is none. */
@Injectable()
export class PersonalDataReads {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  /** Resolves once it is recorded: whoever cannot be recorded is shown nothing. */
  async record(
    { id: dossier, applicant, chain, revision }: DossierRead,
    part: string,
    by: RequestContext,
  ): Promise<void> {
    const reader = by.caller.subject;
    if (reader === applicant) return;
    await execute(this.store, readsAggregate, {
      stream: readStreams + dossier,
      identity: null,
      ifRevision: null,
      mayKnow: () => true,
      decide: (reads) =>
        Promise.resolve({ accepted: noteRead(reads, { dossier, reader, revision, part }) }),
      metadata: () => ({
        ...originOf(by),
        command: null,
        policyVersion: null,
        person: applicant,
        jurisdiction: chain,
      }),
    });
  }
}
