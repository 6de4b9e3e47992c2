import type { Organisation } from '../../organisations/organisation';
import { levels, type Policy } from '../../rounds/policy';
import type { Caller } from './act';
import { Allotment } from './allotment';
import { Applicant, choiceOf, reviewerOf } from './applicant';
import { field, type Client } from './client';
import { conclusions, notAccepted, type Conclusion } from './conclusions';
import { scanOf, type Sound } from './faults';
import { round, subSpecialties } from './notice';
import { dossierContent } from './people/dossier-content';
import { applicant } from './people/person';
import { Random } from './people/random';
import { notReviewedHere, plans, type Plan } from './plans';
import type { Referee } from './referee';
import { accept } from './review-steps';
import { whoReviews } from './scope';
import { noTrials } from './trials';

const year = 2022;
const pageSize = 10;

/** Reads what everybody may read. */
const reader: Caller = { subject: 'season', roles: ['auditor'], organisation: null };

/** An applicant, and what will happen to them. */
export interface Part {
  readonly applicant: Applicant;
  readonly plan: Plan;
  readonly conclusion: Conclusion;
}

/** The season's applicants: the same for the same seed, over the units of every kind and tier. */
export async function castOf(
  options: { readonly applicants: number; readonly seed: number },
  client: Client,
  referee: Referee,
): Promise<readonly Part[]> {
  const { items } = await client.list('/v1/organisations', reader, pageSize);
  const organisations = new Map((items as Organisation[]).map((one) => [one.id, one]));
  const units = [...organisations.values()].filter(isUnit);
  const policy = await policyOf(client);
  const random = new Random(options.seed);
  const nextPlan = eachThenAny(plans, random);
  const nextConclusion = eachThenAny(conclusions, random);
  const allotment = new Allotment(random);
  return Array.from({ length: options.applicants }, (_, nth) => {
    const unit = units[nth % units.length];
    const neighbour = units[(nth + 1) % units.length];
    if (unit === undefined || neighbour === undefined) throw new Error('no unit to apply from');
    const person = applicant(
      { seed: options.seed, year, units: [unit], subSpecialties, levels: levelsIn(unit) },
      nth,
    );
    const here = whoReviews(person.level, unit).length === 0;
    const plan = here ? nextPlan() : notReviewedHere;
    const conclusion = endsAccepted(plan) ? nextConclusion() : notAccepted;
    const filled = dossierContent(person, policy);
    const choice = choiceOf(person, unit);
    const scan = scanOf(filled);
    const sections = filled.sections as unknown as Sound['sections'];
    const sound = { choice, unit, sections, filings: 0, scan };
    const trials = here ? allotment.trialsFor(sound) : noTrials;
    const chain = chainOf(unit, organisations);
    const stranger = reviewerOf([neighbour.id, ''], 0);
    const profile = { person, choice, unit, chain, stranger, filled, trials };
    return { applicant: new Applicant(profile, client, referee), plan, conclusion };
  });
}

async function policyOf(client: Client): Promise<Policy> {
  const request = { method: 'GET', path: `/v1/rounds/${round}/policy` } as const;
  const { status, body } = await client.send(request, reader);
  if (status !== 200) throw new Error(`the policy of ${round} answered ${status}`);
  return field(body, 'policy') as Policy;
}

function isUnit({ kind }: Organisation): boolean {
  return kind !== 'title-office' && kind !== 'authority';
}

/** Below the senior level only the water department's and the region's own units file here (三(二)2). */
function levelsIn({ waterSystem, ownership }: Organisation) {
  return waterSystem || ownership === 'region-state' ? levels : (['senior'] as const);
}

function chainOf(unit: Organisation, tree: ReadonlyMap<string, Organisation>): string[] {
  const above = unit.supervisedBy === null ? undefined : tree.get(unit.supervisedBy);
  return [unit.id, ...(above === undefined ? [] : chainOf(above, tree))];
}

/** Whether somebody at the title office accepts it at any time. */
function endsAccepted({ script }: Plan): boolean {
  return Object.values(script).some((steps) => steps.includes(accept));
}

/** Each once, in their order; then by chance, the common ones more often. */
function eachThenAny<T extends { readonly share: number }>(
  all: readonly [T, ...T[]],
  random: Random,
): () => T {
  const waiting = all.values();
  const total = all.reduce((sum, { share }) => sum + share, 0);
  const any = (): T => {
    let rest = random.next() * total;
    for (const one of all) {
      rest -= one.share;
      if (rest < 0) return one;
    }
    return all[0];
  };
  return () => waiting.next().value ?? any();
}
