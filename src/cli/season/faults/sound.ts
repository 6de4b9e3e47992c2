import type { FilledDossier } from '../people/dossier-content';
import type { Choice, Unit } from '../scope';
import type { Content } from '../standing';

/** A dossier that is to be broken. */
export interface Sound {
  readonly choice: Choice;
  readonly unit: Unit;
  readonly sections: Content['sections'];
  /** How often it was filed before. */
  readonly filings: number;
  /** SHA-256 of a scan that is attached and answered for: it proves whatever an edit makes up. */
  readonly scan: string;
}

/** Any scan will do that is attached, answered for, and asked for in no return. */
export function scanOf({ evidence }: FilledDossier): string {
  return evidence.at(-1)?.sha256 ?? '';
}
