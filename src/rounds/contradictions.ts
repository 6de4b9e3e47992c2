import { dayOf, type Instant } from '../engine/instant';
import type { Finding } from '../rules/finding';
import { contradiction } from './contradiction';
import { filingWindow, levels, reviewWindow, type Policy, type Term } from './policy';
import { unknownCodes } from './unknown-codes';

/**
 * Where a policy that has the right shape contradicts itself, or asks for what nobody can have: a window
 * that ends before it begins, a code used twice, more conditions than there are. Pointers begin at the
 * policy. Instants are compared as texts: they are in the form of {@link Instant} already.
 */
export function contradictionsIn(policy: Policy): readonly Finding[] {
  return [
    ...impossibleWindows(policy),
    ...yearsToCome(policy),
    ...reversedRanges(policy),
    ...impossibleHours(policy),
    ...repeatedCodes(policy),
    ...unknownCodes(policy),
    ...impossibleCounts(policy),
  ];
}

const yearOf = (instant: Instant): number => Number(instant.slice(0, 4));

/** 一: each window ends after it begins, and the review no sooner than the filing. */
function impossibleWindows(policy: Policy): readonly Finding[] {
  const findings: Finding[] = [];
  const filing = filingWindow(policy);
  const review = reviewWindow(policy);
  for (const [name, { opens, closes }] of Object.entries({ filing, review })) {
    if (closes > opens) continue;
    findings.push(
      contradiction(
        `/windows/${name}`,
        `截止（${closes}）须晚于开始（${opens}）。`,
        `It must close (${closes}) after it opens (${opens}).`,
      ),
    );
  }
  if (review.closes < filing.closes) {
    findings.push(
      contradiction(
        '/windows/review',
        `集中审核须在申报截止（${filing.closes}）当时或之后结束，现为${review.closes}。`,
        `The review must not end (${review.closes}) before filing closes (${filing.closes}).`,
      ),
    );
  }
  if (yearOf(filing.opens) > policy.year || yearOf(filing.closes) < policy.year) {
    findings.push(
      contradiction(
        '/windows/filing',
        `申报时间不在申报年度（${policy.year}）内，请核对年度或起止时间。`,
        `Filing is not in the application year (${policy.year}): correct the year or the window.`,
      ),
    );
  }
  const { day } = policy.afterAcceptance.dueBy;
  if (day < dayOf(review.opens)) {
    findings.push(
      contradiction(
        '/afterAcceptance/dueBy/day',
        `评审表和评审费的截止日（${day}）早于集中审核开始（${dayOf(review.opens)}）。`,
        `Forms and fee are due (${day}) before the review begins (${dayOf(review.opens)}).`,
      ),
    );
  }
  return findings;
}

/** 四(一)11, 13: nobody has an assessment or a certificate of a year after the application's. */
function yearsToCome({ year: last, materials }: Policy): readonly Finding[] {
  const asked = levels.flatMap((level) => [
    { at: `/materials/assessments/years/${level}`, years: materials.assessments.years[level] },
    ...Object.entries(materials.continuingEducation.years[level]).map(([subject, years]) => ({
      at: `/materials/continuingEducation/years/${level}/${subject}`,
      years,
    })),
  ]);
  return asked.flatMap(({ at, years }) =>
    years.flatMap((year, index) =>
      year <= last
        ? []
        : contradiction(
            `${at}/${index}`,
            `${year}年在申报年度（${last}）之后，申报人无法提供。`,
            `Nobody can have one of ${year}, after the application year (${last}).`,
          ),
    ),
  );
}

function reversedRanges({ materials, afterAcceptance }: Policy): readonly Finding[] {
  const { ages } = materials.identity;
  const { length } = materials.workSummary;
  const { minutes } = afterAcceptance.defence;
  const ranges = [
    ['/materials/identity/ages', ages.youngest, ages.oldest],
    ['/materials/workSummary/length', length.shortest, length.longest],
    ['/afterAcceptance/defence/minutes', minutes.least, minutes.most],
  ] as const;
  return ranges
    .filter(([, least, most]) => least > most)
    .map(([at, least, most]) =>
      contradiction(
        at,
        `下限（${least}）大于上限（${most}）。`,
        `The least (${least}) is more than the most (${most}).`,
      ),
    );
}

/** Office hours follow one another, each stretch ending after it begins. */
function impossibleHours({ investigation: { officeHours } }: Policy): readonly Finding[] {
  return officeHours.flatMap(({ from, to }, index) => {
    const earlier = officeHours[index - 1]?.to ?? '';
    if (from < to && earlier <= from) return [];
    return contradiction(
      `/investigation/officeHours/${index}`,
      `办公时间须依次排列，且结束（${to}）晚于开始（${from}）。`,
      `Office hours are in order and end (${to}) after they begin (${from}).`,
    );
  });
}

/** A list names each code once; what the form offers in one field, across its groups as well. */
function repeatedCodes(policy: Policy): readonly Finding[] {
  const { general, bySubSpecialty } = policy.conditions;
  const groups = Object.entries(bySubSpecialty);
  const at = '/conditions/bySubSpecialty';
  const practice = groups.flatMap(([code, own]) => placed(own.practice, `${at}/${code}/practice`));
  const achievements = groups.flatMap(([code, own]) =>
    placed(own.achievements, `${at}/${code}/achievements`),
  );
  const { conditions: _, ...rest } = policy;
  return [
    ...listsOfTerms(rest, '').flatMap(repeated),
    ...repeated(practice),
    ...repeated([...placed(general, '/conditions/general'), ...achievements]),
  ];
}

interface PlacedCode {
  readonly code: string;
  readonly pointer: string;
}

function placed(terms: readonly Pick<Term, 'code'>[], at: string): readonly PlacedCode[] {
  return terms.map(({ code }, index) => ({ code, pointer: `${at}/${index}/code` }));
}

function repeated(codes: readonly PlacedCode[]): readonly Finding[] {
  const seen = new Set<string>();
  return codes.flatMap(({ code, pointer }) => {
    if (!seen.has(code)) {
      seen.add(code);
      return [];
    }
    return contradiction(
      pointer,
      `代码“${code}”重复，每个代码只能出现一次。`,
      `The code "${code}" is there already: each may be used once.`,
    );
  });
}

/** Every list of things with a code, wherever it is. */
function listsOfTerms(value: unknown, at: string): readonly (readonly PlacedCode[])[] {
  if (typeof value !== 'object' || value === null) return [];
  const deeper = Object.entries(value).flatMap(([name, member]) =>
    listsOfTerms(member, `${at}/${name}`),
  );
  return Array.isArray(value) && value.every(isTerm) ? [placed(value, at), ...deeper] : deeper;
}

function isTerm(value: unknown): value is Pick<Term, 'code'> {
  return (
    typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'
  );
}

/** 四(一)6, 7, 11: nobody can meet more conditions than there are, or be assessed as nothing offered. */
function impossibleCounts(policy: Policy): readonly Finding[] {
  const { conditions, materials, subSpecialties, form } = policy;
  const perSubSpecialty = (list: 'practice' | 'achievements') =>
    Math.min(
      ...subSpecialties.map(({ code }) => conditions.bySubSpecialty[code]?.[list].length ?? 0),
    );
  const counts = [
    ['/materials/practice/conditions', materials.practice.conditions, perSubSpecialty('practice')],
    ['/materials/achievements/general', materials.achievements.general, conditions.general.length],
    [
      '/materials/achievements/subSpecialty',
      materials.achievements.subSpecialty,
      perSubSpecialty('achievements'),
    ],
  ] as const;
  const findings = counts.flatMap(([at, asked, there]) =>
    levels
      .filter((level) => asked[level] > there)
      .map((level) =>
        contradiction(
          `${at}/${level}`,
          `须具备${asked[level]}项条件，而目录中（至少有一个二级专业）只有${there}项。`,
          `Asks for ${asked[level]} conditions where the catalogue has ${there} (for one sub-specialty at least).`,
        ),
      ),
  );
  if (form.assessmentResults.terms.some(({ standing }) => standing === 'meets')) return findings;
  return [
    ...findings,
    contradiction(
      '/form/assessmentResults/terms',
      '考核等次中没有一个算作合格，无人能够申报。',
      'No assessment result meets the condition: nobody could apply.',
    ),
  ];
}
