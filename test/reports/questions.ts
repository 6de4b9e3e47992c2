import fc from 'fast-check';

import type { ReportAnswer } from '../../src/application/report-queries';
import type { Asked } from '../../src/application/report-question';
import { reports } from '../../src/projections/reports';
import { partDimensions, type Dimension } from '../../src/projections/reports/report';
import { columnsOf } from '../../src/projections/reports/table';
import { policy2022 } from '../../src/rounds/policy-2022';
import type { Counted, Wanted } from './counting';
import { correctedAt, correctedFee, firstDay, lastDay } from './season';
import { rounds } from './world';

export const seasons = fc.record({
  seed: fc.nat(1_000_000),
  people: fc.integer({ min: 1, max: 250 }),
  steps: fc.integer({ min: 10, max: 6_000 }),
});

/** A report as somebody asks for it. */
export interface Question {
  readonly report: string;
  readonly jurisdiction: string;
  readonly asked: Asked;
}

const values: Readonly<Record<string, readonly string[]>> = {
  prefecture: ['none', 'ili', 'aksu'],
  tier: ['region', 'prefecture', 'county'],
  level: ['senior', 'intermediate', 'junior'],
  specialty: [policy2022.specialty.code],
  subSpecialty: policy2022.subSpecialties.map(({ code }) => code),
  actingOrganisation: ['ili-bureau', 'ili-hr', 'office', 'aksu-reservoir'],
  stage: ['unit', 'supervision', 'title-office'],
  tries: ['1', '2', '3'],
  reason: policy2022.review.returnReasons.map(({ code }) => code),
  section: ['basicInformation', 'education', 'attachment'],
  reviewer: ['office/reviewer.0', 'ili-hr/reviewer.1'],
};

const places: readonly (readonly [jurisdiction: string, organisation?: string])[] = [
  ['office'],
  ['office', 'ili-hr'],
  ['office', 'department'],
  ['ili-hr'],
  ['ili-hr', 'ili-bureau'],
  ['ili-hr', 'ili-station'],
  ['ili-bureau', 'ili-district'],
  ['department'],
  ['aksu-station'],
];

const days = Array.from({ length: 76 }, (_, n) =>
  new Date(Date.parse(firstDay) + n * 86_400_000).toISOString().slice(0, 10),
);

export const questions: fc.Arbitrary<Question> = fc
  .constantFrom(...reports)
  .chain(({ name, dimensions }) =>
    fc.record({
      report: fc.constant(name),
      place: fc.constantFrom(...places),
      round: fc.constantFrom(...rounds, rounds[0], rounds[0]),
      by: fc.shuffledSubarray([...dimensions], { maxLength: 3 }),
      filters: fc
        .subarray(
          dimensions.filter((dimension) => dimension in values),
          { maxLength: 2 },
        )
        .chain((names) =>
          fc.tuple(
            ...names.map((one) =>
              fc.tuple(fc.constant(one), fc.constantFrom(...(values[one] ?? []))),
            ),
          ),
        ),
      asOf: fc.option(fc.constantFrom(...days), { nil: undefined, freq: 2 }),
    }),
  )
  .map(({ report, place: [jurisdiction, organisation], round, by, filters, asOf }) => ({
    report,
    jurisdiction,
    asked: {
      round,
      ...(by.length === 0 ? {} : { by: by.join(',') }),
      ...(organisation === undefined ? {} : { organisation }),
      ...(asOf === undefined ? {} : { asOf }),
      ...Object.fromEntries(filters),
    },
  }))
  .filter(isCounted);

/** Not everything is counted by everything at once. */
function isCounted({ report, asked }: Question): boolean {
  const by = (asked.by?.split(',') ?? []) as Dimension[];
  const only = Object.fromEntries(
    partDimensions.flatMap((part) => (asked[part] === undefined ? [] : [[part, asked[part]]])),
  );
  const known = reports.find(({ name }) => name === report);
  return known !== undefined && columnsOf(known, { by, only }).length > 0;
}

/** The same for the recount. */
export function wantedIn({ report, jurisdiction, asked }: Question): Wanted {
  const { round, by, organisation = jurisdiction, asOf, ...filters } = asked;
  const evening = asOf ?? '9999';
  const { fee } = policy2022.afterAcceptance;
  return {
    report,
    round,
    jurisdiction,
    scope: organisation,
    by: by?.split(',') ?? [],
    filters,
    evening,
    today: lastDay,
    fee: (level) =>
      level === 'senior' && `${evening}T23` >= correctedAt
        ? correctedFee
        : (fee[level as keyof typeof fee] as number),
  };
}

export function asCounted({ table, question }: ReportAnswer): Counted {
  const rows = question.by.length === 0 ? [] : table.rows;
  return new Map([
    ['', { ...table.total }],
    ...rows.map(({ group, values: of }) => [JSON.stringify(group), { ...of }] as const),
  ]);
}

export function sorted(counted: Counted): readonly (readonly [string, unknown])[] {
  return [...counted].sort(([one], [other]) => (one < other ? -1 : 1));
}
