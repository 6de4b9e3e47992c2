import type { SectionDrafts } from '../../dossier/form/contents';
import { dayOf, type Day, type Instant } from '../../engine/instant';
import type { Organisation } from '../../organisations/organisation';
import type { Level, Policy } from '../../rounds/policy';
import { warn, type Finding, type Said } from '../finding';
import { fieldsOf, type FormField } from './fields';

/** What was filled in, a draft as well as what is submitted, and the scans it may refer to. */
export interface FiledMaterials {
  /** Each as the form takes it in a draft. */
  readonly sections: SectionDrafts;
  readonly attachments: readonly { readonly sha256: string; readonly mediaType: string }[];
}

export interface MaterialsContext {
  readonly policy: Policy;
  readonly level: Level;
  readonly subSpecialty: string;
  /** The applicant's unit; undefined where it is not registered. */
  readonly unit: Organisation | undefined;
  readonly now: Instant;
}

/** What a rule about the materials looks at. */
export interface Materials extends Omit<MaterialsContext, 'now'> {
  readonly sections: SectionDrafts;
  /** SHA-256 of every attachment. */
  readonly attached: ReadonlySet<string>;
  /** Every field of the form that was reached, in its order. */
  readonly fields: readonly FormField[];
  readonly today: Day;
}

export type MaterialsRule = (materials: Materials) => readonly Finding[];

export function materialsOf(filed: FiledMaterials, context: MaterialsContext): Materials {
  const { now, ...others } = context;
  return {
    ...others,
    sections: filed.sections,
    attached: new Set(filed.attachments.map(({ sha256 }) => sha256)),
    fields: fieldsOf(filed.sections, context.level, context.policy),
    today: dayOf(now),
  };
}

/** What a human is asked to judge. */
export function review(policy: Policy, rule: string, said: Said): Finding {
  return { ...warn(policy, rule, said), severity: 'review' };
}
