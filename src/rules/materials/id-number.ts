import { parseDay, type Day } from '../../engine/instant';

/** What an ID number says of its holder. */
export interface IdNumber {
  readonly birthDate: Day;
  readonly gender: 'male' | 'female';
}

/** GB 11643: the weight of each digit, and the last character by the weighted sum modulo 11. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const lastCharacters = '10X98765432';

/** Undefined for what is no ID number of eighteen characters with a real day of birth (GB 11643). */
export function readIdNumber(text: string): IdNumber | undefined {
  const [, date, sequence] = /^[1-9]\d{5}(\d{8})(\d{3})[\dX]$/.exec(text) ?? [];
  if (date === undefined || sequence === undefined) return undefined;
  const birthDate = parseDay(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`);
  const sum = weights.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  if (birthDate === undefined || lastCharacters[sum % 11] !== text[17]) return undefined;
  // The sequence is odd for men, even for women.
  return { birthDate, gender: Number(sequence) % 2 === 1 ? 'male' : 'female' };
}
