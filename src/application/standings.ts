import { createHmac, type KeyObject } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';

import type { Dossier } from '../dossier/dossier';
import type { EventStore } from '../engine/event-store';
import { fold } from '../engine/execute';
import { standingAggregate, standingStreams } from '../falsification/standing';
import type { Bar } from '../rules/standing';
import { EVENT_STORE, LOOKUP_KEY } from './ports';

/** Looks up whether a person is barred, by account and by ID number, neither of which is stored. */
@Injectable()
export class Standings {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(LOOKUP_KEY) private readonly key: KeyObject,
  ) {}

  /** Streams that tell of the person behind an account and the dossier they have. */
  streamsOf(subject: string, state: Dossier): readonly string[] {
    const number = idNumberOf(state);
    return [
      this.stream(`account:${subject}`),
      ...(number === undefined ? [] : [this.stream(`id-number:${number}`)]),
    ];
  }

  async bars(subject: string, state: Dossier): Promise<readonly Bar[]> {
    const histories = await Promise.all(
      this.streamsOf(subject, state).map((stream) => this.store.read(stream)),
    );
    return histories.flatMap((history) => fold(standingAggregate, history));
  }

  private stream(identity: string): string {
    return standingStreams + createHmac('sha256', this.key).update(identity).digest('hex');
  }
}

/** As stated, in the one form the check digit may take: `x` is written `X`. */
function idNumberOf(state: Dossier): string | undefined {
  if (state.status === 'unopened') return undefined;
  const identity = state.file.content.sections.basicInformation as
    { readonly idNumber?: unknown } | undefined;
  const number = identity?.idNumber;
  return typeof number === 'string' && number !== '' ? number.trim().toUpperCase() : undefined;
}
