import type { Json } from '../../../engine/event-store';
import type { Act } from '../act';
import { isBlocking, type Found } from '../findings';
import type { Edit } from './edit';
import type { Sound } from './sound';

/** A deliberate mistake: a small edit of a sound dossier, and what the notice must find then. */
export interface Fault {
  readonly name: string;
  /** What it touches: faults of different areas can be made at once. */
  readonly area: string;
  /** Whether such a dossier can be broken like this. */
  readonly fits: (dossier: Sound) => boolean;
  readonly break: (dossier: Sound) => Broken;
}

export interface Broken {
  readonly acts: readonly Act[];
  /** Whether a submission must be refused. */
  readonly refused: boolean;
}

type Findings = readonly Found[] | ((content: Json, dossier: Sound) => readonly Found[]);

interface Exceptions {
  readonly fits?: (dossier: Sound) => boolean;
  /** The service does not even save it. */
  readonly unsaved?: true;
}

/** Faults of one section. Pointers of what is found begin at the section. */
export function faultsIn(section: string) {
  return (
    name: string,
    edits: readonly Edit[],
    finds: Findings,
    { fits = () => true, unsaved }: Exceptions = {},
  ): Fault => ({
    name,
    area: section,
    fits,
    break: (dossier) => {
      const sound = dossier.sections[section] ?? {};
      const content = edits.reduce<Json>((edited, edit) => edit(edited, dossier), sound);
      const found = typeof finds === 'function' ? finds(content, dossier) : finds;
      const flaws = found.map((one) => ({
        ...one,
        pointer: `/sections/${section}${one.pointer}`,
      }));
      return {
        acts: [{ kind: 'save', section, content, flaws }],
        refused: unsaved !== true && flaws.some(isBlocking),
      };
    },
  });
}
