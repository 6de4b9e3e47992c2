import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

import { formSchema, type JsonSchema } from '../dossier/form';
import { parseInstant } from '../engine/instant';
import { contradiction } from '../rounds/contradiction';
import { contradictionsIn } from '../rounds/contradictions';
import { instantFormat, mapData, yearKeyword } from '../rounds/data-schema';
import type { Level, Policy } from '../rounds/policy';
import { policySchema } from '../rounds/policy.schema';
import type { Finding } from '../rules/finding';
import { createAjv } from './form-validator';
import { explainPolicy } from './policy-messages';

const ajv = new Ajv2020({
  strict: true,
  allowUnionTypes: true,
  discriminator: true,
  allErrors: true,
  verbose: true,
  messages: false,
});
addFormats(ajv, ['date']);
ajv.addFormat(instantFormat, (text) => parseInstant(text) !== undefined);
ajv.addKeyword({ keyword: yearKeyword, schemaType: 'boolean' });
const forms = createAjv();
const fits = ajv.compile<Policy>(policySchema.json);

/**
 * A policy as it was sent, or read from a file: ready to be judged by, its instants in Beijing time; or
 * everything that is wrong with it. Findings are `malformed-request` where its shape is wrong, else
 * `policy-contradictory`; their pointers begin at the policy.
 */
export function checkPolicy(
  given: unknown,
): { readonly policy: Policy } | { readonly findings: readonly Finding[] } {
  if (!fits(given)) return { findings: explainPolicy(fits.errors ?? []) };
  const policy = mapData(policySchema, given, ({ format }, value) =>
    format === instantFormat && typeof value === 'string' ? (parseInstant(value) ?? value) : value,
  );
  const findings = [...contradictionsIn(policy), ...unusableForms(policy)];
  return findings.length > 0 ? { findings } : { policy };
}

/** Every level's form can be made, and has the lists whose entries need evidence (三(三)). */
function unusableForms(policy: Policy): readonly Finding[] {
  return policy.levels.flatMap((level) => {
    const form = formSchema(level, policy);
    // Compiling it would take a second; what data can do to a form shows in its being no schema.
    return forms.validateSchema(form) === true
      ? listsMissing(form, level, policy)
      : [unusable(level)];
  });
}

function unusable(level: Level): Finding {
  return contradiction(
    '/form',
    `按此政策生成的表单（${level}）无法使用：某个字段没有可选项。`,
    `The form made from this policy (${level}) cannot be used: a field has nothing to choose from.`,
  );
}

function listsMissing(form: JsonSchema, level: Level, policy: Policy): readonly Finding[] {
  return policy.materials.evidence.mandatory.flatMap((pointer, index) =>
    isList(form, pointer.split('/').slice(1))
      ? []
      : contradiction(
          `/materials/evidence/mandatory/${index}`,
          `表单（${level}）中没有列表“${pointer}”。`,
          `The form (${level}) has no list "${pointer}".`,
        ),
  );
}

function isList(schema: unknown, path: readonly string[]): boolean {
  const shapes = [schema, ...asList(memberOf(schema, 'oneOf'))];
  const [name, ...deeper] = path;
  if (name === undefined) return shapes.some((shape) => memberOf(shape, 'type') === 'array');
  return shapes.some((shape) => {
    const member = memberOf(memberOf(shape, 'properties'), name);
    return member !== undefined && isList(member, deeper);
  });
}

function memberOf(value: unknown, name: string): unknown {
  const known = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return known ? Reflect.get(value, name) : undefined;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
