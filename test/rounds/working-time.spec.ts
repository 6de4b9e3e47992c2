import { policy2022 } from '../../src/rounds/policy-2022';
import { attendedTime, workingTime } from '../../src/rounds/working-time';

const { officeHours } = policy2022.investigation;
const at = (text: string) => `2022-${text}.000+08:00`;
const hour = 3_600_000;

describe('Office hours between two instants', () => {
  it.each([
    ['inside a morning', '09-07T11:00:00', '09-07T12:30:00', 1.5],
    ['over lunch', '09-07T13:00:00', '09-07T16:30:00', 2],
    ['over night', '09-07T18:30:00', '09-08T11:00:00', 2],
    ['a whole day', '09-07T00:00:00', '09-08T00:00:00', 8],
    ['from an opening to a closing', '09-07T10:00:00', '09-07T19:30:00', 8],
    ['outside them', '09-07T20:00:00', '09-08T09:59:59', 0],
    // 10 to 12 September is the Mid-Autumn holiday.
    ['over a holiday', '09-09T19:00:00', '09-13T10:30:00', 1],
    // Saturday 8 October is worked, for a day of the National Day holiday.
    ['on a Saturday that is worked', '10-08T09:00:00', '10-08T12:00:00', 2],
    ['on a Sunday', '09-18T09:00:00', '09-18T12:00:00', 0],
    ['backwards', '09-07T12:00:00', '09-07T11:00:00', 0],
    ['at one instant', '09-07T12:00:00', '09-07T12:00:00', 0],
  ])('%s', (_, from, to, hours) => {
    expect(workingTime(at(from), at(to), officeHours)).toBe(hours * hour);
  });

  it('are none where no hours are given', () => {
    expect(workingTime(at('09-07T00:00:00'), at('09-08T00:00:00'), [])).toBe(0);
  });
});

describe('The time somebody may have looked at it', () => {
  it('is office hours where they acted in office hours, both ends included', () => {
    const night = at('09-07T03:00:00');
    expect(attendedTime(night, at('09-07T10:00:00'), officeHours)).toBe(0);
    expect(attendedTime(night, at('09-07T11:00:00'), officeHours)).toBe(hour);
    expect(attendedTime(night, at('09-07T14:00:00'), officeHours)).toBe(4 * hour);
  });

  it('is all of it where they did not', () => {
    const night = at('09-07T03:00:00');
    expect(attendedTime(night, at('09-07T09:00:00'), officeHours)).toBe(6 * hour);
    expect(attendedTime(night, at('09-07T15:00:00'), officeHours)).toBe(12 * hour);
    expect(attendedTime(at('09-18T10:00:00'), at('09-18T11:00:00'), officeHours)).toBe(hour);
  });

  it('is never less than none', () => {
    expect(attendedTime(at('09-07T23:00:00'), at('09-07T22:00:00'), officeHours)).toBe(0);
  });
});
