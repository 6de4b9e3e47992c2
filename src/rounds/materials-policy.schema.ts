import { organisationKinds, tiers } from '../organisations/organisation';
import {
  byCode,
  code,
  from,
  list,
  matching,
  object,
  oneOf,
  optional,
  share,
  tagged,
  text,
  whole,
  year,
  type Schema,
} from './data-schema';
import type { MaterialsPolicy, PerLevel, ProofsAsked, RouteRequirement } from './materials-policy';

const clause = text(60);
const word = text(40);
/** Conditions asked for; the catalogue says how many there are. */
const count = whole(0, 100);

export function perLevel<T>(schema: Schema<T>): Schema<PerLevel<T>> {
  return object<PerLevel<unknown>>({
    senior: schema,
    intermediate: schema,
    junior: schema,
  }) as Schema<PerLevel<T>>;
}

type Requirement<Needs extends RouteRequirement['needs']> = Extract<
  RouteRequirement,
  { needs: Needs }
>;

const route = tagged<RouteRequirement>('needs', [
  object<Requirement<'title'>>({
    needs: oneOf(['title']),
    specialties: optional(list(word, 1)),
  }),
  object<Requirement<'civil-service'>>({
    needs: oneOf(['civil-service']),
    years: whole(0, 60),
    kinds: list(oneOf(organisationKinds), 1),
  }),
  object<Requirement<'nothing'>>({ needs: oneOf(['nothing']) }),
]);

export const materialsSchema = object<MaterialsPolicy>({
  evidence: from(
    '三(三)',
    '须有印证材料的列表，写作“/栏目/字段”',
    object<MaterialsPolicy['evidence']>({
      clause,
      mandatory: list(matching('^(/[a-zA-Z0-9]+){2,5}$')),
    }),
  ),
  vagueWords: from(
    '三(三)',
    '含糊的词语，及含有它但不算含糊的术语',
    object<MaterialsPolicy['vagueWords']>({
      clause,
      words: list(object({ word, except: list(word) })),
    }),
  ),
  identity: from(
    '四(一)1',
    '可以申报的周岁，两端均含',
    object<MaterialsPolicy['identity']>({
      clause,
      ages: object({ youngest: whole(16, 120), oldest: whole(16, 120) }),
    }),
  ),
  qualification: from(
    '四(一)3',
    '申报途径、所凭职称级别和资格证明',
    object<MaterialsPolicy['qualification']>({
      clause,
      titleLevels: perLevel(list(code)),
      routes: byCode(route),
      proofs: byCode(object<ProofsAsked>({ all: list(code), any: list(code) })),
    }),
  ),
  workHistory: from(
    '四(一)4',
    '简历允许的间隔（整月）与借调、驻村的写法',
    object<MaterialsPolicy['workHistory']>({
      clause,
      gapMonths: whole(0, 600),
      secondment: list(word),
    }),
  ),
  research: from(
    '四(一)5',
    '建议填写科研能力的二级专业',
    object<MaterialsPolicy['research']>({ clause, suggestedTo: list(code) }),
  ),
  practice: from(
    '四(一)6',
    '须具备的实践能力条件数',
    object<MaterialsPolicy['practice']>({ clause, conditions: perLevel(count) }),
  ),
  achievements: from(
    '四(一)7',
    '须符合的通用条件数与二级专业业绩条件数',
    object<MaterialsPolicy['achievements']>({
      clause,
      general: perLevel(count),
      subSpecialty: perLevel(count),
    }),
  ),
  representativeWorks: from(
    '四(一)7',
    '可以代表作计作论文的单位归属、认可人数与职称',
    object<MaterialsPolicy['representativeWorks']>({
      clause,
      tiers: list(oneOf(tiers)),
      // The form has room for ten.
      endorsers: whole(1, 10),
      endorserTitles: list(word, 1),
    }),
  ),
  assessments: from(
    '四(一)11',
    '须提供考核的年度',
    object<MaterialsPolicy['assessments']>({ clause, years: perLevel(list(year)) }),
  ),
  workSummary: from(
    '四(一)12',
    '个人工作总结的字数，以及怎样算“列干条”',
    object<MaterialsPolicy['workSummary']>({
      clause,
      // The form takes ten thousand characters.
      length: object({ shortest: whole(1, 10_000), longest: whole(1, 10_000) }),
      bullets: object({ marks: list(text(10)), longest: whole(1, 10_000), share }),
    }),
  ),
  continuingEducation: from(
    '四(一)13',
    '各科目须提供培训合格证书的年度',
    object<MaterialsPolicy['continuingEducation']>({
      clause,
      years: perLevel(byCode(list(year, 1))),
    }),
  ),
});
