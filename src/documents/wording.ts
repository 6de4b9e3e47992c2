import type { Choice } from '../dossier/events';
import type { Level, Policy } from '../rounds/policy';

/** How the annexes leave a place blank; it stays where the dossier says nothing. */
export const blank = '×××';

/** The date of a signature, to be written by hand. */
export const dateByHand = '　　　年　　月　　日';

const levelWords: Readonly<Record<Level, string>> = {
  senior: '高',
  intermediate: '中',
  junior: '初',
};

/** ××系列××专业×级, as the annexes name what somebody applies for. */
export function appliedFor({ level, specialty }: Choice, policy: Policy): string {
  const named = policy.specialty.code === specialty ? policy.specialty.zh : specialty;
  return `${named}${levelWords[level]}级`;
}

/** `2022-09-07` as 2022年9月7日 and `2022-09` as 2022年9月; anything else stays as it is. */
export function chineseDate(text: string): string {
  const [, year, month = '', day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text) ?? [];
  if (year === undefined) return text;
  const dayPart = day === undefined ? '' : `${Number(day)}日`;
  return `${year}年${Number(month)}月${dayPart}`;
}

/** All but the first three and the last four characters hidden; a text too short for that, wholly. */
export function maskedIdNumber(idNumber: string): string {
  const shown = { first: 3, last: 4 };
  const hidden = idNumber.length - shown.first - shown.last;
  if (hidden <= 0) return '*'.repeat(idNumber.length);
  return idNumber.slice(0, shown.first) + '*'.repeat(hidden) + idNumber.slice(-shown.last);
}

/** 一 to 九十九. */
export function chineseNumeral(number: number): string {
  const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : (digits[tens] ?? '')}十`;
  return `${ten}${digits[ones] ?? ''}`;
}

/** Width in print, in Chinese characters: others are taken as half as wide. */
export function displayWidth(text: string): number {
  return [...text].reduce((width, character) => width + (character > '\u2e7f' ? 1 : 0.55), 0);
}
