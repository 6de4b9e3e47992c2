import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

import { hashOf } from '../dossier/canonical';
import { draftSchema, sectionSchema, type JsonSchema } from '../dossier/form';
import { annotations } from '../dossier/form/schema';
import type { SectionName } from '../dossier/sections';
import type { Json } from '../engine/event-store';
import type { Level, Policy } from '../rounds/policy';
import { explain, type FormError } from './form-errors';

export type { FormError } from './form-errors';

/**
 * What the form has against a section of a draft; empty where it fits. Blanks are let pass, unknown
 * fields, wrong types and values outside the lists are not. Pointers begin at the section's content.
 */
export function validateDraft(
  section: SectionName,
  level: Level,
  policy: Policy,
  value: unknown,
): readonly FormError[] {
  return validate('draft', section, level, policy, value);
}

/** The same for a section that is to be submitted: nothing stays blank (三(三)). */
export function validateComplete(
  section: SectionName,
  level: Level,
  policy: Policy,
  value: unknown,
): readonly FormError[] {
  return validate('complete', section, level, policy, value);
}

type Stage = 'draft' | 'complete';

function validate(
  stage: Stage,
  section: SectionName,
  level: Level,
  policy: Policy,
  value: unknown,
): readonly FormError[] {
  const check = compiled(stage, section, level, policy);
  return check(value) ? [] : explain(check.errors ?? []);
}

interface Compiled {
  readonly schema: JsonSchema;
  readonly check: ValidateFunction;
}

/** Two policies in full: 16 sections, 3 levels, draft and complete. */
const mostCompiled = 192;
/** By digest of the policy, level, section and stage; the longest unused is first. */
const cache = new Map<string, Compiled>();

const ajv = createAjv();

/** An Ajv that takes nothing in a schema for granted: unknown keywords and formats throw. */
export function createAjv(): Ajv2020 {
  // `verbose` hands the schema to the messages. Ajv's own texts are not used, since they may quote values.
  const strict = { strict: true, strictTypes: true, strictTuples: true, strictRequired: true };
  const created = new Ajv2020({ ...strict, allErrors: true, verbose: true, messages: false });
  addFormats(created, ['date']);
  created.addVocabulary([...annotations]);
  return created;
}

function compiled(
  stage: Stage,
  section: SectionName,
  level: Level,
  policy: Policy,
): ValidateFunction {
  const key = [digestOf(policy), level, section, stage].join(' ');
  const known = cache.get(key);
  cache.delete(key);
  const entry = known ?? compile(stage, section, level, policy);
  cache.set(key, entry);
  const [oldest] = cache;
  if (cache.size > mostCompiled && oldest !== undefined) {
    const [oldestKey, { schema }] = oldest;
    cache.delete(oldestKey);
    ajv.removeSchema(schema);
  }
  return entry.check;
}

function compile(stage: Stage, section: SectionName, level: Level, policy: Policy): Compiled {
  const complete = sectionSchema(section, level, policy);
  const schema = stage === 'draft' ? draftSchema(complete) : complete;
  return { schema, check: ajv.compile(schema) };
}

const digests = new WeakMap<Policy, string>();

/** A policy has no version of its own: its content tells it, whichever object it was read into. */
function digestOf(policy: Policy): string {
  const known = digests.get(policy);
  if (known !== undefined) return known;
  const digest = hashOf(policy as unknown as Json);
  digests.set(policy, digest);
  return digest;
}
