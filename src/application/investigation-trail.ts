import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import type { Instant } from '../engine/instant';
import type { PersonalDataCipher } from '../engine/personal-data-cipher';
import type { Found, ReadModels } from '../engine/read-models';
import { auditTrail, entryView, type AuditEntry } from '../projections/audit-trail';
import { boundedFind } from './bounded-find';
import type { PageRequest } from './list-queries';
import { PERSONAL_DATA_CIPHER, READ_MODELS } from './ports';

/** What the trail can be narrowed to; any of them together. */
export interface AuditFilter {
  readonly dossier?: string;
  /** The account it is about. */
  readonly person?: string;
  readonly actor?: string;
  /** The organisation acted for. */
  readonly organisation?: string;
  readonly type?: string;
  readonly evidence?: string;
}

/** The audit trail within an auditor's jurisdiction. */
export class GetAuditEvents extends Query<Found<ReturnType<typeof entryView>>> {
  constructor(
    readonly jurisdiction: string,
    readonly filter: AuditFilter,
    readonly period: Period,
    readonly newestFirst: boolean,
    readonly page: PageRequest,
  ) {
    super();
  }
}

/** Both ends included; null for an open one. */
export interface Period {
  readonly from: Instant | null;
  readonly to: Instant | null;
}

/** The narrowest first: a dossier has tens of events, a type may have millions. */
const indexed = ['dossier', 'evidence', 'person', 'actor', 'organisation', 'type'] as const;

@QueryHandler(GetAuditEvents)
export class GetAuditEventsHandler implements IQueryHandler<GetAuditEvents> {
  constructor(
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
    @Inject(PERSONAL_DATA_CIPHER) private readonly cipher: PersonalDataCipher,
  ) {}

  async execute({ jurisdiction, filter, period, newestFirst, page }: GetAuditEvents) {
    const wanted = indexed.flatMap((field) => {
      const value = filter[field];
      return value === undefined ? [] : [{ field, value }];
    });
    const [narrowest] = wanted;
    const query = {
      index: narrowest === undefined ? 'all' : `by-${narrowest.field}`,
      equals: narrowest === undefined ? {} : { [narrowest.field]: narrowest.value },
      ...boundsOf(period),
      descending: newestFirst,
    };
    const { items, next } = await boundedFind<AuditEntry>(
      this.readModels,
      auditTrail,
      {
        query,
        matches: (entry) =>
          entry.jurisdiction.includes(jurisdiction) &&
          wanted.every(({ field, value }) => entry[field] === value),
        placeOf: ({ at, position }) => ({ order: at, id: position }),
      },
      page,
    );
    const data = await this.cipher.decrypt(
      items.map(({ details, ...entry }) => ({ ...entry, data: details })),
    );
    return { items: items.map((entry, index) => entryView(entry, data[index] ?? null)), next };
  }
}

export function boundsOf({ from, to }: Period) {
  return { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
}
