import type { Day } from '../../../engine/instant';
import type { Person } from './person';
import type { Random } from './random';

/** The dates of a working life that the sections of a dossier must agree about. */
export interface Career {
  /** Year of the round. */
  readonly year: number;
  /** Months, `2008-07`. */
  readonly studied: { readonly from: string; readonly to: string };
  readonly firstPost: { readonly from: string; readonly to: string };
  readonly presentPost: { readonly from: string };
  /** When the present title was obtained; null for a first application. */
  readonly titleObtained: Day | null;
  /** Since when the work counts: from the title on, else from the first post. */
  readonly serviceFrom: Day;
}

export function careerOf(person: Person, year: number, random: Random): Career {
  const born = Number(person.birthDate.slice(0, 4));
  const graduated = born + 22;
  const movedIn = Math.min(graduated + random.between(1, 4), year - 2);
  const firstApplication = person.level === 'junior';
  const titleObtained = firstApplication ? null : `${year - random.between(5, 6)}-12-20`;
  return {
    year,
    studied: { from: `${graduated - 4}-09`, to: `${graduated}-06` },
    firstPost: { from: `${graduated}-07`, to: `${movedIn}-06` },
    presentPost: { from: `${movedIn}-07` },
    titleObtained,
    serviceFrom: titleObtained ?? `${graduated}-07-01`,
  };
}
