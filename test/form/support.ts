import { applicant, type Season } from '../../src/cli/season/people/person';
import { levels } from '../../src/rounds/policy';
import { policy2022 as policy } from '../../src/rounds/policy-2022';

export { policy };

const [firstSubSpecialty = '', ...otherSubSpecialties] = policy.subSpecialties.map(
  ({ code }) => code,
);

export const season: Season = {
  seed: 2022,
  year: 2022,
  units: [
    { id: 'institute', name: '新疆示例水利设计院', tier: 'region' },
    { id: 'bureau', name: '示例地区水利工程管理处', tier: 'prefecture' },
    { id: 'station', name: '示例县水利管理站', tier: 'county' },
  ],
  subSpecialties: [firstSubSpecialty, ...otherSubSpecialties],
  levels,
};

/** Enough of them to meet every level, ethnicity, tier and sub-specialty. */
export const people = Array.from({ length: 120 }, (_, nth) => applicant(season, nth));

/** A deep copy without types, to spoil. */
export function copyOf(value: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}

/** Every object and every array in a value, with its JSON pointer. */
export function* nodes(value: unknown, pointer = ''): Generator<[string, object]> {
  if (typeof value !== 'object' || value === null) return;
  yield [pointer, value];
  for (const [name, member] of Object.entries(value) as [string, unknown][]) {
    yield* nodes(member, `${pointer}/${name}`);
  }
}
