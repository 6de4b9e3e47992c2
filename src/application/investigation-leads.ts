import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import type { Found, ReadModels } from '../engine/read-models';
import { leads } from '../projections/investigation/leads';
import {
  seenFrom,
  type Lead,
  type LeadKind,
  type LeadPart,
} from '../projections/investigation/lead';
import { boundedFind } from './bounded-find';
import { boundsOf, type Period } from './investigation-trail';
import type { PageRequest } from './list-queries';
import { READ_MODELS } from './ports';

/** Leads for the auditors of an organisation, newest first. */
export class ListLeads extends Query<Found<Lead>> {
  constructor(
    readonly jurisdiction: string,
    readonly kind: LeadKind | null,
    /** Only about what happened in this organisation's jurisdiction; null for all. */
    readonly organisation: string | null,
    readonly period: Period,
    readonly page: PageRequest,
  ) {
    super();
  }
}

@QueryHandler(ListLeads)
export class ListLeadsHandler implements IQueryHandler<ListLeads> {
  constructor(@Inject(READ_MODELS) private readonly readModels: ReadModels) {}

  async execute({ jurisdiction, kind, organisation, period, page }: ListLeads) {
    const which =
      kind === null ? { index: 'all', equals: {} } : { index: 'by-kind', equals: { kind } };
    const query = {
      index: which.index,
      equals: { is: 'lead', ...which.equals },
      ...boundsOf(period),
      descending: true,
    };
    const { items, next } = await boundedFind<Lead>(
      this.readModels,
      leads,
      {
        query,
        matches: (lead) =>
          lead.jurisdiction.includes(jurisdiction) &&
          (organisation === null || seenFrom(jurisdiction, lead).parts.some(isOf(organisation))),
        placeOf: ({ at: order, id }) => ({ order, id }),
      },
      page,
    );
    return { items: items.map((lead) => seenFrom(jurisdiction, lead)), next };
  }
}

function isOf(organisation: string) {
  return ({ jurisdiction }: LeadPart): boolean => jurisdiction.includes(organisation);
}
