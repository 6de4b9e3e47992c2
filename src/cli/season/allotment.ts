import { faults, type Fault, type Sound } from './faults';
import type { Random } from './people/random';
import type { Trials } from './trials';

/** How many mistakes are made at once, one after the other. */
const series = [1, 1, 1, 2, 3] as const;

/**
 * Areas in which nobody asks for a correction later: what is filed with a warning stays as it is, and so
 * does the warning.
 */
const leftAlone: readonly string[] = [
  'workHistory',
  'researchAbility',
  'qualification',
  'awards',
  'publications',
  'otherAttachments',
];

/** Allots the catalogue's faults among the applicants, so that a small season, too, meets most of them. */
export class Allotment {
  readonly #allotted = new Map<Fault, number>();
  #applicants = 0;

  constructor(private readonly random: Random) {}

  trialsFor(dossier: Sound): Trials {
    const nth = this.#applicants;
    this.#applicants += 1;
    const fitting = faults.filter((fault) => fault.fits(dossier));
    const sections = Object.keys(dossier.sections);
    const mended = series.map((size) => this.#atOnce(size, fitting));
    // The first mistake is made again after a return, beside the one that was kept.
    const first = mended[0]?.map(({ area }) => area) ?? [];
    const beside = fitting.filter(
      (fault) => !first.includes(fault.area) && mayBeKept(fault, dossier),
    );
    return {
      savedLast: sections[nth % sections.length] ?? '',
      mended,
      kept: nth % 2 === 0 ? this.#one(beside) : null,
    };
  }

  /** Faults of different areas: what is found of one does not depend on the others. */
  #atOnce(size: number, fitting: readonly Fault[]): readonly Fault[] {
    const chosen: Fault[] = [];
    while (chosen.length < size) {
      const areas = chosen.map(({ area }) => area);
      const next = this.#one(fitting.filter(({ area }) => !areas.includes(area)));
      if (next === null) break;
      chosen.push(next);
    }
    return chosen;
  }

  /** One of those allotted least so far. */
  #one(from: readonly Fault[]): Fault | null {
    const times = (fault: Fault): number => this.#allotted.get(fault) ?? 0;
    const fewest = Math.min(...from.map(times));
    const [first, ...others] = from.filter((fault) => times(fault) === fewest);
    if (first === undefined) return null;
    const chosen = this.random.pick([first, ...others]);
    this.#allotted.set(chosen, fewest + 1);
    return chosen;
  }
}

/** It is saved and filed, with something to be said of it. */
function mayBeKept(fault: Fault, dossier: Sound): boolean {
  if (!leftAlone.includes(fault.area)) return false;
  const { acts, refused } = fault.break(dossier);
  return !refused && acts.some((act) => act.kind === 'save' && (act.flaws ?? []).length > 0);
}
