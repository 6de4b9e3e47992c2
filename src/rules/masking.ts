import type { Policy } from '../rounds/policy';
import { block, type Finding } from './finding';

/** The applicant's answer for one attachment: does it show their name, and what is shown instead. */
export type Masking = {
  readonly nameShown: boolean;
  /** SHA-256 of the masked version; null where none is needed or none is there yet. */
  readonly maskedVersion: string | null;
};

/**
 * M-27 (四(一)17): every attachment is answered, and one that shows the name has its masked version. The
 * answer is bound to the bytes: a replaced attachment is another one and asks again.
 */
export function maskingAnswered(
  policy: Policy,
  used: readonly string[],
  answers: Readonly<Record<string, Masking | undefined>>,
): Finding[] {
  return used.flatMap((sha256) => {
    const answer = answers[sha256];
    const pointer = `/attachments/${sha256}/masking`;
    if (answer === undefined) {
      return [
        block(policy, 'M-27', {
          code: 'masking-unanswered',
          pointer,
          zh: '请回答该附件是否出现本人姓名、是否需要遮盖。',
          en: 'Answer whether this attachment shows your name and needs masking.',
        }),
      ];
    }
    if (!answer.nameShown || answer.maskedVersion !== null) return [];
    return [
      block(policy, 'M-27', {
        code: 'masked-version-missing',
        pointer,
        zh: '该附件出现本人姓名，请上传遮盖后的版本。',
        en: 'This attachment shows your name: upload its masked version.',
      }),
    ];
  });
}
