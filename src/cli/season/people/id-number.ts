import type { Day } from '../../../engine/instant';

/** Weights of GB 11643 for the first seventeen digits, and the check digit by the sum modulo 11. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkDigits = '10X98765432';

/** The eighteenth character for seventeen digits. */
export function checkDigit(digits: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return checkDigits.charAt(sum % 11);
}

/**
 * Nobody holds these numbers: GB/T 2260 numbers Xinjiang's places 6501 to 6543 and 6590 and has never
 * given out 6599. The first six digits of an ID number name the place that issued it.
 */
const unassignedPrefix = '6599';

const personsPerArea = 500;
const areas = 99;

/** How many different numbers there are for one birth date and gender. */
export const distinctNumbers = personsPerArea * areas;

/** The ID number of the nth person, from 0; no two below `distinctNumbers` get the same one. */
export function idNumber(nth: number, birthDate: Day, gender: 'male' | 'female'): string {
  const area = String(Math.floor(nth / personsPerArea) + 1).padStart(2, '0');
  // The last digit of the sequence is odd for men, even for women.
  const sequence = (nth % personsPerArea) * 2 + (gender === 'male' ? 1 : 0);
  const digits = [
    unassignedPrefix,
    area,
    birthDate.replaceAll('-', ''),
    String(sequence).padStart(3, '0'),
  ].join('');
  return digits + checkDigit(digits);
}
