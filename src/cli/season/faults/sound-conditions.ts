import { subSpecialties } from '../notice';
import type { Sound } from './sound';

export const isSenior = ({ choice }: Sound): boolean => choice.level === 'senior';

/** Another sub-specialty than the one chosen. */
export function others(subSpecialty: string): string {
  return subSpecialties.find((other) => other !== subSpecialty) ?? '';
}
