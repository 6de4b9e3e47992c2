import { block, warn, type Finding } from '../finding';
import { titleOf } from './blanks';
import type { FormField } from './fields';
import type { Materials } from './materials';
import { isEvidenced, saysNothing } from './reading';

/**
 * F-2 (三(三)): whatever is stated carries its evidence, and what is named as evidence is attached. Where
 * the policy makes an item mandatory that refuses; any other item counts as not stated.
 */
export function everythingEvidenced(materials: Materials): readonly Finding[] {
  const { fields } = materials;
  return [
    ...fields
      .filter(isItem)
      .filter((item) => !hasEvidence(item))
      .map((item) => unproven(materials, item)),
    ...fields
      .filter((field) => isUnattached(materials, field))
      .map((scan) => unattached(materials, scan)),
  ];
}

/** A group of fields with evidence of its own, in which something else is stated. */
function isItem({ shape, value }: FormField): boolean {
  const properties = shape['properties'];
  if (!(properties instanceof Object) || !Object.hasOwn(properties, 'evidence')) return false;
  if (!(value instanceof Object)) return false;
  const { evidence: _, ...stated } = value as Readonly<Record<string, unknown>>;
  return Object.values(stated).some((part) => part !== false && !saysNothing(part));
}
