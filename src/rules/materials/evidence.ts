import type { JsonSchema } from '../../dossier/form';
import { block, warn, type Finding, type Text } from '../finding';
import { titleOf } from './blanks';
import { alternativesOf, partsOf, type FormField } from './fields';
import type { Materials } from './materials';
import { saysNothing } from './reading';

/**
 * F-2 (三(三)): what is stated carries its evidence, and what is named as evidence is attached. Where the
 * policy makes an item mandatory this refuses; any other item counts as not stated.
 */
export function everythingEvidenced(materials: Materials): readonly Finding[] {
  const { fields, attached } = materials;
  return fields.flatMap((field) => {
    if (isItem(field)) return hasEvidence(field.value) ? [] : [unproven(materials, field)];
    const { schema, value } = field;
    const isMissing = isScan(schema) && !attached.has(String(value));
    return isMissing && !saysNothing(value) ? [unattached(materials, field)] : [];
  });
}

type Item = Readonly<Record<string, unknown>>;

/** A group of fields with evidence of its own, in which something else is stated. */
function isItem(field: FormField): field is FormField & { readonly value: Item } {
  const { shape, value } = field;
  if (typeof value !== 'object' || value === null) return false;
  if (!partsOf(shape).some(({ name }) => name === 'evidence')) return false;
  return Object.entries(value).some(
    ([name, part]) => name !== 'evidence' && part !== false && !saysNothing(part),
  );
}

function hasEvidence({ evidence, unitCertificate }: Item): boolean {
  return !saysNothing(evidence) || !saysNothing(unitCertificate);
}

/** A file, also one that may be 「无」. */
function isScan(schema: JsonSchema): boolean {
  return marked(schema) || alternativesOf(schema).some(marked);
}

function marked({ 'x-evidence': evidence }: JsonSchema): boolean {
  return evidence === true;
}

function unproven(materials: Materials, { pointer, shape }: FormField): Finding {
  const title = titleOf(shape);
  const [which, whichOne] = numberOf(pointer);
  return evidenceMissing(materials, `${pointer}/evidence`, {
    zh: `“${title.zh}”${which}缺少印证材料，请上传`,
    en: `"${title.en}"${whichOne} has no evidence: upload it`,
  });
}

function unattached(materials: Materials, { pointer }: FormField): Finding {
  return evidenceMissing(materials, pointer, {
    zh: '所填印证材料不在本申报材料的附件中，请上传该文件',
    en: 'This evidence is not among the attachments: upload the file',
  });
}

function evidenceMissing({ policy }: Materials, pointer: string, { zh, en }: Text): Finding {
  const isMandatory = policy.materials.evidence.mandatory.some((list) =>
    pointer.startsWith(`/sections${list}/`),
  );
  const code = 'evidence-missing';
  return isMandatory
    ? block(policy, 'F-2', { code, pointer, zh: `${zh}。`, en: `${en}.` })
    : warn(policy, 'F-2', {
        code,
        pointer,
        zh: `${zh}；否则该项视为没有，不计入。`,
        en: `${en}; otherwise the item counts as not stated.`,
      });
}

/** The number of an entry, from 1, as people say it; '' for a group that is in no list. */
function numberOf(pointer: string): readonly [zh: string, en: string] {
  const index = /\/(\d+)$/.exec(pointer)?.[1];
  if (index === undefined) return ['', ''];
  const number = Number(index) + 1;
  return [`第${number}条`, `, entry ${number},`];
}
