import type { Random } from './random';

export type Gender = 'male' | 'female';
type Names = readonly [string, ...string[]];
type ByGender = Readonly<Record<Gender, Names>>;

/*
 * Names as they are common in Xinjiang, put together by chance: they mean nobody.
 */

const hanSurnames: Names = ['王', '李', '张', '刘', '陈', '杨', '赵', '周', '吴', '徐', '孙', '郭'];
const huiSurnames: Names = ['马', '白', '哈', '海', '丁', '沙', '金', '杨', '王', '李'];
const syllables: ByGender = {
  male: ['建', '国', '志', '强', '海', '军', '文', '伟', '明', '永', '江', '宏', '涛', '新', '疆'],
  female: [
    '丽',
    '华',
    '秀',
    '英',
    '玉',
    '梅',
    '燕',
    '红',
    '雪',
    '莲',
    '晓',
    '婷',
    '静',
    '慧',
    '洁',
  ],
};
const uygur: ByGender = {
  male: [
    '艾力',
    '买买提',
    '吐尔逊',
    '阿卜杜拉',
    '库尔班',
    '玉素甫',
    '艾尔肯',
    '热合曼',
    '伊力哈木',
  ],
  female: [
    '阿依古丽',
    '热依汗',
    '古丽娜尔',
    '帕提古丽',
    '阿米娜',
    '茹仙古丽',
    '迪丽努尔',
    '祖力皮亚',
  ],
};
const kazak: ByGender = {
  male: ['叶尔兰', '巴合提', '努尔兰', '哈那提', '赛力克', '木拉提', '阿依波力', '加那尔'],
  female: ['阿依努尔', '古丽米热', '巴哈尔', '努尔古丽', '阿依登', '库丽夏西', '沙吾列'],
};

/** The codes of the form's list, and how common each is among the applicants, in percent. */
const ethnicities = [
  { code: 'han', share: 48 },
  { code: 'uygur', share: 32 },
  { code: 'kazak', share: 11 },
  { code: 'hui', share: 9 },
] as const;
export type Ethnicity = (typeof ethnicities)[number]['code'];

export function anyEthnicity(random: Random): Ethnicity {
  let rest = random.next() * 100;
  for (const { code, share } of ethnicities) {
    rest -= share;
    if (rest < 0) return code;
  }
  return 'han';
}

/** A name in Chinese script. Uyghur and Kazakh names put the father's behind a dot. */
export function anyName(random: Random, ethnicity: Ethnicity, gender: Gender): string {
  switch (ethnicity) {
    case 'han':
      return random.pick(hanSurnames) + given(random, gender);
    case 'hui':
      return random.pick(huiSurnames) + given(random, gender);
    case 'uygur':
      return `${random.pick(uygur[gender])}·${random.pick(uygur.male)}`;
    case 'kazak':
      return `${random.pick(kazak[gender])}·${random.pick(kazak.male)}`;
  }
}

function given(random: Random, gender: Gender): string {
  const first = random.pick(syllables[gender]);
  return random.chance(0.7) ? first + random.pick(syllables[gender]) : first;
}
