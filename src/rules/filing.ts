import type { Policy } from '../rounds/policy';
import { block, type Finding } from './finding';

/** F-5 (三(三), 四(一)): the applicant confirms and is liable. */
export function confirmed(policy: Policy, isConfirmed: boolean): Finding[] {
  if (isConfirmed) return [];
  return [
    block(policy, 'F-5', {
      code: 'confirmation-missing',
      pointer: '/confirmed',
      zh: '请确认所填内容无误并对其真实性负责后再提交。',
      en: 'Confirm that everything is right, and that you answer for it, before you submit.',
    }),
  ];
}

/** S-5 (三(一)): one dossier per applicant and round. */
export function oneDossier(policy: Policy): Finding {
  return block(policy, 'S-5', {
    code: 'dossier-already-open',
    zh: '每人每年度只能申报一份，您本年度的申报材料已建立。',
    en: 'One dossier per applicant and round: yours is already open.',
  });
}

/** M-2 (四(一)1): the sub-specialty is one the notice lists. */
export function knownSubSpecialty(policy: Policy, code: string): Finding[] {
  if (policy.subSpecialties.some((term) => term.code === code)) return [];
  return [
    block(policy, 'M-2', {
      code: 'unknown-sub-specialty',
      pointer: '/subSpecialty',
      zh: `二级专业须为：${policy.subSpecialties.map(({ zh, code: known }) => `${zh}（${known}）`).join('、')}。`,
      en: `The sub-specialty is one of: ${policy.subSpecialties.map((term) => term.code).join(', ')}.`,
    }),
  ];
}
