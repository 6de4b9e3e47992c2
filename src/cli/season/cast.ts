import type { Organisation } from '../../organisations/organisation';
import { levels, type Policy } from '../../rounds/policy';
import type { Caller } from './act';
import { Applicant, reviewerOf } from './applicant';
import { field, type Client } from './client';
import { round, subSpecialties } from './notice';
import { dossierContent } from './people/dossier-content';
import { applicant } from './people/person';
import { Random } from './people/random';
import { notReviewedHere, plans, type Plan } from './plans';
import type { Referee } from './referee';
import { whoReviews } from './scope';

const year = 2022;
const pageSize = 10;

/** Reads what everybody may read. */
const reader: Caller = { subject: 'season', roles: ['auditor'], organisation: null };

/** An applicant, and what will happen to them. */
export interface Part {
  readonly applicant: Applicant;
  readonly plan: Plan;
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
  const waiting = plans.values();
  return Array.from({ length: options.applicants }, (_, nth) => {
    const unit = units[nth % units.length];
    const neighbour = units[(nth + 1) % units.length];
    if (unit === undefined || neighbour === undefined) throw new Error('no unit to apply from');
    const person = applicant(
      { seed: options.seed, year, units: [unit], subSpecialties, levels: levelsIn(unit) },
      nth,
    );
    const here = whoReviews(person.level, unit).length === 0;
    const plan = here ? (waiting.next().value ?? anyPlan(random)) : notReviewedHere;
    const someone = new Applicant(
      person,
      unit,
      chainOf(unit, organisations),
      reviewerOf([neighbour.id, ''], 0),
      dossierContent(person, policy),
      client,
      referee,
    );
    return { applicant: someone, plan };
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

/** A plan by chance, the common ones more often. */
function anyPlan(random: Random): Plan {
  let rest = random.next() * plans.reduce((sum, { share }) => sum + share, 0);
  for (const plan of plans) {
    rest -= plan.share;
    if (rest < 0) return plan;
  }
  return plans[0];
}
