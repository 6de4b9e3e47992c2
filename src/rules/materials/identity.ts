import type { Day } from '../../engine/instant';
import { block, type Finding } from '../finding';
import { readIdNumber } from './id-number';
import type { Materials } from './materials';
import { isBlank } from './reading';

const at = '/sections/basicInformation';

/** M-1 (四(一)1): the ID number is a real one, and birth date and gender agree with it. */
export function idNumberAgrees({ sections, policy, today }: Materials): readonly Finding[] {
  const { idNumber, birthDate, gender } = sections.basicInformation ?? {};
  if (idNumber === undefined || isBlank(idNumber)) return [];
  const invalid = (field: string, zh: string, en: string): Finding =>
    block(policy, 'M-1', { code: 'id-number-invalid', pointer: `${at}/${field}`, zh, en });
  const said = readIdNumber(idNumber);
  if (said === undefined) {
    return [
      invalid(
        'idNumber',
        '身份证号不正确：须为18位，末位校验码相符（X须大写），请对照身份证核对。',
        'Not a valid ID number: 18 characters with the right check digit (a capital X); compare it with the card.',
      ),
    ];
  }
  const findings: Finding[] = [];
  if (!isBlank(birthDate) && birthDate !== said.birthDate) {
    findings.push(
      invalid(
        'birthDate',
        '出生日期与身份证号不一致，请核对。',
        'The date of birth does not agree with the ID number.',
      ),
    );
  }
  if (!isBlank(gender) && gender !== said.gender) {
    findings.push(
      invalid(
        'gender',
        '性别与身份证号不一致，请核对。',
        'The gender does not agree with the ID number.',
      ),
    );
  }
  const { youngest, oldest } = policy.materials.identity.ages;
  const age = ageOn(today, said.birthDate);
  if (age < youngest || age > oldest) {
    findings.push(
      invalid(
        'idNumber',
        `按身份证号计算的年龄不在${youngest}至${oldest}周岁之间，请核对身份证号。`,
        `By the ID number the age is not between ${youngest} and ${oldest}: check the number.`,
      ),
    );
  }
  return findings;
}

/** Full years. */
function ageOn(today: Day, birthDate: Day): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

const scans = [
  { field: 'idCardScan', zh: '身份证扫描件', en: 'a scan of the ID card' },
  { field: 'photo', zh: '近期一寸免冠照片', en: 'a recent one-inch photo' },
] as const;

/** M-1 (四(一)1): ID card and photo are attached. */
export function idCardAndPhoto({ sections, policy, attached }: Materials): readonly Finding[] {
  return scans
    .filter(({ field }) => !attached.has(sections.basicInformation?.[field] ?? ''))
    .map(({ field, zh, en }) =>
      block(policy, 'M-1', {
        code: 'evidence-missing',
        pointer: `${at}/${field}`,
        zh: `缺少${zh}，请上传。`,
        en: `Upload ${en}.`,
      }),
    );
}

/** M-3 (四(一)1): the tier stated is that of the unit. */
export function tierOfTheUnit({ sections, policy, unit }: Materials): readonly Finding[] {
  const stated = sections.basicInformation?.unitTier;
  if (unit === undefined || isBlank(stated) || stated === unit.tier) return [];
  const tier = policy.form.unitTiers.terms.find(({ code }) => code === unit.tier);
  return [
    block(policy, 'M-3', {
      code: 'unit-tier-mismatch',
      pointer: `${at}/unitTier`,
      zh: `单位归属应为“${tier?.zh ?? unit.tier}”：自治区单位和地州单位工作人员不得选择为县级及以下单位。`,
      en: `The tier of your unit is "${tier?.en ?? unit.tier}": staff of region and prefecture units cannot choose county or below.`,
    }),
  ];
}
