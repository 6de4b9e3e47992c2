import { sectionNames } from '../dossier/sections';
import { organisationKinds, ownerships, tiers } from '../organisations/organisation';
import {
  code,
  byCode,
  day,
  eitherBy,
  flag,
  from,
  instant,
  list,
  matching,
  object,
  oneOf,
  optional,
  orNull,
  text,
  whole,
  year,
  type Schema,
} from './data-schema';
import { furthest, type InvestigationPolicy } from './investigation-policy';
import { levels } from './level';
import { materialsSchema, perLevel } from './materials-policy.schema';
import type { Choices, ConditionCatalogue, FormLists, Policy, Scope, Term } from './policy';
import { ruleIds } from './rule-ids';

/*
 * The JSON Schema of a round's policy: what `POST /v1/rounds` takes, and what the bundled rounds are held
 * against. The compiler holds it against the interfaces: a parameter added there is asked for here.
 */

const clause = text(60);
const sentence = text(500);
const named = { code, zh: text(300), en: text(300) };
const term = object<Term>(named);
const terms = list(term, 1);

const window = eitherBy(
  'opens',
  object<{ opens: string; closes: string }>({ opens: instant, closes: instant }),
  object<{ firstDay: string; lastDay: string }>({ firstDay: day, lastDay: day }),
);

const ruleClauses: Schema<Readonly<Record<string, string>>> = {
  json: {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(ruleIds.map((id) => [id, clause.json])),
    required: ruleIds,
  },
};

function choices<T extends Term>(of: Schema<T>): Schema<Choices<T>> {
  return object<Choices<T>>({ clause: orNull(clause), terms: list(of, 1) });
}
const listed = choices(term);

const form = object<FormLists>({
  unitTiers: object<Choices>({
    clause: orNull(clause),
    // Everybody's unit has one of them, so that all are asked for.
    terms: list(object<Term>({ ...named, code: oneOf(tiers) }), tiers.length),
  }),
  educationLevels: listed,
  degrees: listed,
  studyModes: listed,
  qualificationRoutes: choices(
    object<FormLists['qualificationRoutes']['terms'][number]>({
      ...named,
      levels: list(oneOf(levels)),
    }),
  ),
  titleLevels: listed,
  titlePlaces: listed,
  titleProofs: listed,
  researchKinds: listed,
  participationRoles: listed,
  awardKinds: choices(object<FormLists['awardKinds']['terms'][number]>({ ...named, counts: flag })),
  grantors: listed,
  intellectualPropertyKinds: listed,
  publicationKinds: listed,
  assessmentResults: choices(
    object<FormLists['assessmentResults']['terms'][number]>({
      ...named,
      standing: oneOf(['meets', 'bars', 'open']),
    }),
  ),
  continuingEducationSubjects: listed,
  continuingEducationExemptions: listed,
});

const conditions = object<ConditionCatalogue>({
  clause,
  source: text(),
  remark: text(),
  general: list(term),
  bySubSpecialty: byCode(
    object<ConditionCatalogue['bySubSpecialty'][string]>({
      practice: list(term),
      achievements: list(term),
    }),
  ),
});

const prefectures = list(code, 1);
const scopeMembers = {
  kinds: optional(list(oneOf(organisationKinds), 1)),
  tiers: optional(list(oneOf(tiers), 1)),
  ownerships: optional(list(oneOf(ownerships), 1)),
  prefectures: optional(prefectures),
  waterSystem: optional(flag),
};
const outside = { zh: sentence, en: sentence };

const scope = object<Policy['scope']>({
  levels: perLevel(
    object<Policy['scope']['levels']['senior']>({
      rule: oneOf(['S-1', 'S-4']),
      units: list(object<Scope>(scopeMembers), 1),
      ...outside,
    }),
  ),
  excluded: list(object<Policy['scope']['excluded'][number]>({ ...scopeMembers, ...outside })),
  ownReview: from(
    '三(二)1',
    '实行“定向评价、定向使用”的地州',
    object<Policy['scope']['ownReview']>({
      clause,
      levels: list(oneOf(levels)),
      prefectures: list(code),
    }),
  ),
});

const yuan = whole(0, 100_000);

const afterAcceptance = object<Policy['afterAcceptance']>({
  dueBy: from('四(一)19', '评审表和评审费报送的最后一天', object({ clause, day })),
  fee: from(
    '四(一)19',
    '评审费，元',
    object<Policy['afterAcceptance']['fee']>({
      clause,
      senior: yuan,
      intermediate: yuan,
      junior: yuan,
    }),
  ),
  forms: from('四(一)19', '评审表份数', object({ clause, copies: whole(1, 20) })),
  defence: from(
    '四(一)18',
    '参加答辩的单位归属，每人答辩分钟数',
    object<Policy['afterAcceptance']['defence']>({
      clause,
      tiers: list(oneOf(tiers)),
      minutes: object({ least: whole(1, 240), most: whole(1, 240) }),
    }),
  ),
});

const recommendation = object<Policy['recommendation']>({
  clause,
  sentence,
  papers: list(
    object<Policy['recommendation']['papers'][number]>({ ...named, rule: oneOf(['F-3', 'M-24']) }),
  ),
});

const timeOfDay = matching('^([01][0-9]|2[0-3]):[0-5][0-9]$');

const investigation = object<InvestigationPolicy>({
  clause,
  officeHours: list(
    object<InvestigationPolicy['officeHours'][number]>({ from: timeOfDay, to: timeOfDay }),
    1,
  ),
  fastApproval: object<InvestigationPolicy['fastApproval']>({ seconds: whole(1, 3600) }),
  burst: object<InvestigationPolicy['burst']>({
    approvals: whole(2, furthest.approvals),
    minutes: whole(1, furthest.minutes),
  }),
  sharedAddress: object<InvestigationPolicy['sharedAddress']>({
    days: whole(1, furthest.days),
    mostAccounts: whole(2, furthest.accounts),
  }),
  filingsTogether: object<InvestigationPolicy['filingsTogether']>({
    units: whole(2, 100),
    hours: whole(1, furthest.hours),
  }),
});

export const policySchema = object<Policy>({
  round: from('一', '年度编号，小写字母和数字', matching('^[a-z0-9]{1,32}$')),
  year: from('一', '申报年度', year),
  title: from('一', '年度评审的名称', text(200)),
  notice: from('一', '所依据通知的名称', text(300)),
  specialty: from('一', '专业', term),
  levels: from('一', '开放申报的级别', list(oneOf(levels), 1)),
  subSpecialties: from('四(一)1', '二级专业', terms),
  windows: from(
    '一',
    '网上申报与集中审核反馈的起止，起止时刻均含',
    object<Policy['windows']>({ filing: window, review: window }),
  ),
  submissions: from(
    '三(四)',
    '上报次数（含初次）与计次方式',
    object<Policy['submissions']>({
      limit: whole(1, 100),
      counting: oneOf(['every-submission', 'title-office-returns']),
    }),
  ),
  review: from(
    '三(四)',
    '初审核查项与退回理由类型',
    object<Policy['review']>({ checklist: terms, returnReasons: terms }),
  ),
  scope: from('三(二)', '申报范围', scope),
  publicity: from(
    '四(二)',
    '单位公示：工作日数、公示的栏目、改动后是否重新公示',
    object<Policy['publicity']>({
      clause,
      workingDays: whole(1, 60),
      publishedSections: list(oneOf(sectionNames), 1),
      republishOnSummaryChange: flag,
    }),
  ),
  recommendation: from('四(二)', '单位推荐意见与加盖公章的材料', recommendation),
  afterAcceptance: from('四(一)18, 19', '形式审核通过之后：评审表、评审费、答辩', afterAcceptance),
  falsification: from(
    '四(一)16',
    '弄虚作假不得申报的年数，自申报年度下一年度起',
    object<Policy['falsification']>({ clause, barYears: whole(1, 50) }),
  ),
  retention: from(
    '通知未作规定',
    '申报材料的保存年数，自申报年度下一年度起；期满后方可依法删除个人信息',
    object<Policy['retention']>({ clause, years: whole(1, 100) }),
  ),
  reminders: from(
    '四(一)17, 18',
    '截止前多少小时提醒申报人',
    object<Policy['reminders']>({ clause, leadHours: list(whole(1, 2160)) }),
  ),
  investigation: from(
    '三(四), 四(一)16',
    '审计线索的起点：办公时间、通过过快、集中通过、共用网络地址、不同单位同址上报；线索不是结论',
    investigation,
  ),
  reports: from(
    '四(一)17',
    '报表不显示少于多少人的数字，以免认出个人',
    object<Policy['reports']>({ clause, smallGroup: whole(1, 1000) }),
  ),
  form: from('四(一)', '表单各栏目的可选项', form),
  conditions: from('二, 四(一)6, 7', '评审条件目录', conditions),
  materials: from('四(一)', '申报材料的各项要求', materialsSchema),
  commitment: from('四(一)16', '承诺书须手写的原文', object({ clause, sentence })),
  clauses: from('一至四', '每条规则所依据的条款', ruleClauses),
});
