import { createHmac, type KeyObject } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';

import type { Content, Dossier } from '../dossier/dossier';
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

  /** Streams that tell of the person behind an account, who goes by the ID numbers these contents state. */
  streamsOf(subject: string, contents: readonly Content[]): readonly string[] {
    const numbers = new Set(contents.flatMap(idNumberOf));
    return [
      this.stream(`account:${subject}`),
      ...[...numbers].map((number) => this.stream(`id-number:${number}`)),
    ];
  }

  /** Of a person with this dossier, as it is to be filed. */
  async bars(subject: string, state: Dossier): Promise<readonly Bar[]> {
    const inHand = state.status === 'unopened' ? [] : [state.file.content];
    const histories = await Promise.all(
      this.streamsOf(subject, inHand).map((stream) => this.store.read(stream)),
    );
    return histories.flatMap((history) => fold(standingAggregate, history));
  }

  private stream(identity: string): string {
    return standingStreams + createHmac('sha256', this.key).update(identity).digest('hex');
  }
}

/** As stated, in the one form the check digit may take: `x` is written `X`. */
function idNumberOf({ sections }: Content): readonly string[] {
  const identity = sections.basicInformation as { readonly idNumber?: unknown } | undefined;
  const number = identity?.idNumber;
  return typeof number === 'string' && number !== '' ? [number.trim().toUpperCase()] : [];
}
