import { checkPolicy } from '../../src/application/policy-validator';
import { contradictionsIn } from '../../src/rounds/contradictions';
import { furthest } from '../../src/rounds/investigation-policy';
import type { Policy } from '../../src/rounds/policy';
import { edited, type Edit } from './edit';

const malformed = (...edits: readonly Edit[]): readonly string[] => {
  const checked = checkPolicy(edited(...edits));
  return 'findings' in checked ? checked.findings.map(({ pointer }) => pointer) : [];
};
const contradicted = (...edits: readonly Edit[]) =>
  contradictionsIn(edited(...edits) as unknown as Policy).map(({ pointer }) => pointer);

describe('The parameters of leads', () => {
  it.each<Edit>([
    ['/investigation/officeHours/0/from', '9:00'],
    ['/investigation/officeHours/0/from', '24:00'],
    ['/investigation/officeHours', []],
    ['/investigation/fastApproval/seconds', 0],
    ['/investigation/burst/approvals', 1],
    ['/investigation/burst/minutes', furthest.minutes + 1],
    ['/investigation/sharedAddress/days', furthest.days + 1],
    ['/investigation/sharedAddress/mostAccounts', 1],
    ['/investigation/filingsTogether/units', 1],
    ['/investigation/filingsTogether/hours', furthest.hours + 1],
  ])('%s cannot be %j', (pointer, value) => {
    expect(malformed([pointer, value])).toEqual([pointer]);
  });

  it.each<Edit>([
    ['/investigation/officeHours/0/from', '09:30'],
    ['/investigation/burst/minutes', furthest.minutes],
    ['/investigation/sharedAddress/days', furthest.days],
    ['/investigation/filingsTogether/hours', furthest.hours],
  ])('%s can be %j', (pointer, value) => {
    expect(malformed([pointer, value])).toEqual([]);
  });

  it('have office hours in order, each ending after it begins', () => {
    const hours = '/investigation/officeHours';
    expect(contradicted([`${hours}/0/to`, '10:00'])).toEqual([`${hours}/0`]);
    expect(contradicted([`${hours}/0/to`, '10:01'])).toEqual([]);
    expect(contradicted([`${hours}/1/from`, '13:59'])).toEqual([`${hours}/1`]);
    expect(contradicted([`${hours}/1/from`, '14:00'])).toEqual([]);
  });
});
