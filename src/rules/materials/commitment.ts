import { block, type Finding } from '../finding';
import type { Materials } from './materials';
import { saysNothing } from './reading';

const at = '/sections/commitment';

/** M-25 (四(一)16): the notice's exact sentence, written by hand and scanned. */
export function commitmentGiven({ sections, policy, attached }: Materials): readonly Finding[] {
  const { text = '', scan = '' } = sections.commitment ?? {};
  const { sentence } = policy.commitment;
  const findings: Finding[] = [];
  if (saysNothing(text)) {
    findings.push(
      block(policy, 'M-25', {
        code: 'commitment-missing',
        pointer: `${at}/text`,
        zh: `请填写承诺：“${sentence}”`,
        en: `Write the commitment: "${sentence}"`,
      }),
    );
  } else if (text.trim() !== sentence) {
    findings.push(
      block(policy, 'M-25', {
        code: 'commitment-text-mismatch',
        pointer: `${at}/text`,
        zh: `承诺内容须与规定字样完全一致：“${sentence}”`,
        en: `The commitment must be exactly this sentence: "${sentence}"`,
      }),
    );
  }
  if (!attached.has(scan)) {
    findings.push(
      block(policy, 'M-25', {
        code: 'commitment-missing',
        pointer: `${at}/scan`,
        zh: '请上传手写并签字的承诺书扫描件。',
        en: 'Upload a scan of the commitment, written by hand and signed.',
      }),
    );
  }
  return findings;
}
