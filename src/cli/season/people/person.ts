import type { Day } from '../../../engine/instant';
import type { Tier } from '../../../organisations/organisation';
import type { Level } from '../../../rounds/policy';
import { distinctNumbers, idNumber } from './id-number';
import { anyEthnicity, anyName, type Ethnicity, type Gender } from './names';
import { Random } from './random';

/** Where a person works. */
export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly tier: Tier;
}

/** Somebody who applies; invented throughout. */
export interface Person {
  /** Place in the season, from 0; tells people of one season apart. */
  readonly number: number;
  readonly name: string;
  readonly gender: Gender;
  readonly ethnicity: Ethnicity;
  readonly birthDate: Day;
  readonly idNumber: string;
  readonly phone: string;
  readonly politicalStatus: 'member-of-the-cpc' | 'citizen';
  readonly unit: Unit;
  readonly level: Level;
  readonly subSpecialty: string;
  /** Stationed in a village this year (“访惠聚”). */
  readonly stationed: boolean;
}

export interface Season {
  readonly seed: number;
  /** Year of the round. */
  readonly year: number;
  readonly units: readonly [Unit, ...Unit[]];
  readonly subSpecialties: readonly [string, ...string[]];
  readonly levels: readonly [Level, ...Level[]];
}

/**
 * The nth applicant of a season, from 0; the same for the same season, whoever came before.
 *
 * @throws RangeError beyond the ID numbers that can be told apart
 */
export function applicant(season: Season, nth: number): Person {
  if (!Number.isInteger(nth) || nth < 0 || nth >= distinctNumbers) {
    throw new RangeError(`a season has applicants 0 to ${distinctNumbers - 1}`);
  }
  const random = new Random(Math.imul(season.seed, 0x9e3779b1) ^ Math.imul(nth + 1, 0x85ebca6b));
  const gender = random.chance(0.62) ? 'male' : 'female';
  const ethnicity = anyEthnicity(random);
  const level = random.pick(season.levels);
  const birthDate = bornFor(random, level, season.year);
  return {
    number: nth,
    name: anyName(random, ethnicity, gender),
    gender,
    ethnicity,
    birthDate,
    idNumber: idNumber(nth, birthDate, gender),
    phone: phoneOf(nth),
    politicalStatus: random.chance(0.4) ? 'member-of-the-cpc' : 'citizen',
    unit: random.pick(season.units),
    level,
    subSpecialty: random.pick(season.subSpecialties),
    stationed: random.chance(0.08),
  };
}

const ages: Readonly<Record<Level, readonly [number, number]>> = {
  senior: [34, 52],
  intermediate: [28, 40],
  junior: [26, 30],
};

function bornFor(random: Random, level: Level, year: number): Day {
  const [youngest, oldest] = ages[level];
  const two = (number: number): string => String(number).padStart(2, '0');
  const born = year - random.between(youngest, oldest);
  return `${born}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`;
}

/** Mobile numbers begin with 13 to 19: nobody is called by one that begins with 100. */
function phoneOf(nth: number): string {
  return `100${String(nth).padStart(8, '0')}`;
}
