import type { Policy } from '../rounds/policy';
import { block, type Finding } from './finding';

/** The applicant's answer for one attachment: does it show their name, and what is shown instead. */
export type Masking = {
  readonly nameShown: boolean;
  /** SHA-256 of the masked version; null where none is needed or none is there yet. */
  readonly maskedVersion: string | null;
};

/** The answers of a dossier, by the SHA-256 of the attachment. */
export type MaskingAnswers = Readonly<Record<string, Masking | undefined>>;

/**
 * M-27 (四(一)17): every attachment is answered, and one that shows the name has its masked version. The
 * answer is bound to the bytes: a replaced attachment is another one and asks again.
 */
export function maskingAnswered(
  policy: Policy,
  used: readonly string[],
  answers: MaskingAnswers,
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
    if (seenBeyondUnit(sha256, answers) !== undefined) return [];
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

/** M-27: a masked version that itself shows the name masks nothing, whichever is answered first. */
export function maskedVersionMasks(
  policy: Policy,
  sha256: string,
  { nameShown, maskedVersion }: Masking,
  answers: MaskingAnswers,
): Finding[] {
  const showsName = (pointer: string, zh: string, en: string): Finding =>
    block(policy, 'M-27', { code: 'masked-version-shows-name', pointer, zh, en });
  if (maskedVersion !== null && answers[maskedVersion]?.nameShown === true) {
    return [
      showsName(
        '/maskedVersion',
        '所选遮盖版本已被标明出现本人姓名，请上传遮盖姓名后的另一文件。',
        'The version chosen is itself said to show your name: upload one that masks it.',
      ),
    ];
  }
  if (!nameShown || !isMaskedVersion(sha256, answers)) return [];
  return [
    showsName(
      '/nameShown',
      '该附件是另一附件的遮盖版本，不能出现本人姓名；请先为那一附件更换遮盖版本。',
      'This attachment is the masked version of another one: replace it there first.',
    ),
  ];
}

/**
 * The attachment that reviewers beyond the unit see in its place (四(一)17): itself where it shows no name,
 * else its masked version; undefined where there is none, or nobody has answered for it yet.
 */
export function seenBeyondUnit(sha256: string, answers: MaskingAnswers): string | undefined {
  const answer = answers[sha256];
  if (answer === undefined) return isMaskedVersion(sha256, answers) ? sha256 : undefined;
  if (!answer.nameShown) return sha256;
  const { maskedVersion } = answer;
  if (maskedVersion === null || answers[maskedVersion]?.nameShown === true) return undefined;
  return maskedVersion;
}

function isMaskedVersion(sha256: string, answers: MaskingAnswers): boolean {
  return Object.values(answers).some(
    (answer) => answer?.nameShown === true && answer.maskedVersion === sha256,
  );
}
