import { createHmac, type KeyObject } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';

import { dossierId } from '../dossier/stream';
import { LOOKUP_KEY } from './ports';

/** Where a person's dossier of a round is found. */
@Injectable()
export class DossierIds {
  constructor(@Inject(LOOKUP_KEY) private readonly key: KeyObject) {}

  /** Keyed, so that an id in an address or a log line cannot be traced back to an account. */
  of(round: string, subject: string): string {
    const pseudonym = createHmac('sha256', this.key).update(`dossier:${subject}`).digest('hex');
    return dossierId(round, pseudonym.slice(0, 32));
  }
}
