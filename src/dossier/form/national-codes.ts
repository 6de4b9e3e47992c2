import type { Choices, Term } from '../../rounds/policy';

/*
 * Lists that national standards fix, and no round changes. Codes are the English names in kebab
 * case, as everywhere in the policy.
 */

type Pair = readonly [zh: string, en: string];

const termOf = ([zh, en]: Pair): Term => ({
  code: en.toLowerCase().replaceAll(/[^a-z]+/g, '-'),
  zh,
  en,
});

const listed = (pairs: readonly Pair[]): Choices => ({ clause: null, terms: pairs.map(termOf) });

/** GB/T 2261.1, without 未知 and 未说明: an ID number tells one of the two. */
export const genders = listed([
  ['男', 'male'],
  ['女', 'female'],
]);

/** GB/T 4762. */
export const politicalStatuses = listed([
  ['中共党员', 'member of the CPC'],
  ['中共预备党员', 'probationary member of the CPC'],
  ['共青团员', 'member of the Communist Youth League'],
  ['民革党员', 'member of the RCCK'],
  ['民盟盟员', 'member of the CDL'],
  ['民建会员', 'member of the CNDCA'],
  ['民进会员', 'member of the CAPD'],
  ['农工党党员', 'member of the CPWDP'],
  ['致公党党员', 'member of the CZGP'],
  ['九三学社社员', 'member of the Jiusan Society'],
  ['台盟盟员', 'member of the TSL'],
  ['无党派人士', 'without party affiliation'],
  ['群众', 'citizen'],
]);

/** GB/T 3304, in its order and its spelling. */
export const ethnicities = listed([
  ['汉族', 'Han'],
  ['蒙古族', 'Mongol'],
  ['回族', 'Hui'],
  ['藏族', 'Zang'],
  ['维吾尔族', 'Uygur'],
  ['苗族', 'Miao'],
  ['彝族', 'Yi'],
  ['壮族', 'Zhuang'],
  ['布依族', 'Buyei'],
  ['朝鲜族', 'Chosen'],
  ['满族', 'Man'],
  ['侗族', 'Dong'],
  ['瑶族', 'Yao'],
  ['白族', 'Bai'],
  ['土家族', 'Tujia'],
  ['哈尼族', 'Hani'],
  ['哈萨克族', 'Kazak'],
  ['傣族', 'Dai'],
  ['黎族', 'Li'],
  ['傈僳族', 'Lisu'],
  ['佤族', 'Va'],
  ['畲族', 'She'],
  ['高山族', 'Gaoshan'],
  ['拉祜族', 'Lahu'],
  ['水族', 'Sui'],
  ['东乡族', 'Dongxiang'],
  ['纳西族', 'Naxi'],
  ['景颇族', 'Jingpo'],
  ['柯尔克孜族', 'Kirgiz'],
  ['土族', 'Tu'],
  ['达斡尔族', 'Daur'],
  ['仫佬族', 'Mulao'],
  ['羌族', 'Qiang'],
  ['布朗族', 'Blang'],
  ['撒拉族', 'Salar'],
  ['毛南族', 'Maonan'],
  ['仡佬族', 'Gelao'],
  ['锡伯族', 'Xibe'],
  ['阿昌族', 'Achang'],
  ['普米族', 'Pumi'],
  ['塔吉克族', 'Tajik'],
  ['怒族', 'Nu'],
  ['乌孜别克族', 'Uzbek'],
  ['俄罗斯族', 'Russ'],
  ['鄂温克族', 'Ewenki'],
  ['德昂族', 'Deang'],
  ['保安族', 'Bonan'],
  ['裕固族', 'Yugur'],
  ['京族', 'Gin'],
  ['塔塔尔族', 'Tatar'],
  ['独龙族', 'Derung'],
  ['鄂伦春族', 'Oroqen'],
  ['赫哲族', 'Hezhen'],
  ['门巴族', 'Monba'],
  ['珞巴族', 'Lhoba'],
  ['基诺族', 'Jino'],
]);
