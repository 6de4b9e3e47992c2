import { block, type Finding } from '../finding';
import type { Materials } from './materials';
import { isEvidenced, placed } from './reading';

/**
 * M-5 (四(一)2): each education stated has the CHSI query result, or, where CHSI has none, the scanned
 * papers. There is at least one.
 */
export function educationProven(materials: Materials): readonly Finding[] {
  const { sections, policy } = materials;
  const pointer = '/sections/education/entries';
  const missing = (where: string, zh: string, en: string): Finding =>
    block(policy, 'M-5', { code: 'education-proof-missing', pointer: where, zh, en });
  const entries = placed(sections.education?.entries, pointer);
  if (entries.length === 0) {
    return [
      missing(
        pointer,
        '请至少填写一项学历学位，并上传学信网查询结果。',
        'State at least one education, with its CHSI query result.',
      ),
    ];
  }
  return entries
    .filter(({ entry }) => !isEvidenced(materials, entry))
    .map(({ entry, pointer: where, number }) =>
      entry.foundInChsi === true
        ? missing(
            `${where}/evidence`,
            `第${number}项学历：请上传学信网的查询结果；查询不到的，请改填并上传学历材料扫描件。`,
            `Education ${number}: upload the CHSI query result, or, where CHSI has none, say so and upload the papers.`,
          )
        : missing(
            `${where}/evidence`,
            `第${number}项学历：学信网查询不到的，请上传学历材料扫描件。`,
            `Education ${number}: where CHSI has none, upload scans of the papers.`,
          ),
    );
}
