import { entriesOf } from '../dossier/form/contents';
import { now } from '../dossier/form/schema';
import type { ObjectionRecord, Publicity } from '../dossier/dossier';
import type { Day } from '../engine/instant';
import { workingDays } from '../rounds/calendar';
import { cell, heading, label, paragraph, type Block, type PrintedDocument } from './document';
import { applicantOf, sectionsOf, termOf, type DocumentFacts } from './facts';
import { appliedFor, blank, chineseDate, dateByHand, maskedIdNumber } from './wording';

export interface PublicityFacts extends DocumentFacts {
  readonly publicity: Pick<Publicity, 'at' | 'firstDay' | 'place' | 'telephone'>;
  /** The last day it is up, a working day. */
  readonly lastDay: Day;
}

/** What is put up for everybody masks the ID number; the copy for the files prints it. */
export type Audience = 'public' | 'archive';

export interface NoticeFacts extends PublicityFacts {
  readonly audience: Audience;
}

/** Without what was objected: the paper is not the place to spread it. */
type Received = Omit<ObjectionRecord, 'text'>;

export interface ResultFacts extends PublicityFacts {
  /** Those recorded while it was up, each with its outcome. */
  readonly objections: readonly Received[];
}

/** R-10, annex 1: 公示, in the annex's own words. */
export function publicityNotice(facts: NoticeFacts): PrintedDocument {
  const { policy, content, publicity, lastDay, unit, audience } = facts;
  const applicant = applicantOf(facts);
  const { name, gender, ethnicity, politicalStatus, presentTitle } = applicant;
  const idNumber = audience === 'public' ? maskedIdNumber(applicant.idNumber) : applicant.idNumber;
  const applied = appliedFor(content.choice, policy);
  const conduct = sectionsOf(facts).otherAttachments?.politicalConduct?.description;
  const { firstDay, place, telephone } = publicity;
  return {
    name: '公示',
    at: publicity.at,
    footnote: null,
    blocks: [
      heading(1, `关于${name}同志申报${applied}职称的公示`),
      paragraph(
        `根据自治区职称评审的工作要求，现对${name}同志申报${applied}专业技术任职资格进行公示。`,
      ),
      paragraph(
        `基本信息：性别：${gender}；族别：${ethnicity}；政治面貌：${politicalStatus}；` +
          `身份证号：${idNumber}；现任专业技术职务任职资格：${presentTitle}。`,
      ),
      paragraph(`思想政治条件：${conduct ?? blank}`),
      ...achievementsOf(facts),
      paragraph(
        `公示时间从${chineseDate(firstDay)}起至${chineseDate(lastDay)}止` +
          `（公示期不少于${workingDays(firstDay, lastDay)}个工作日）。` +
          `如对${name}同志的相关信息有疑异，请电话或书面形式反映至${unit}办公室，监督电话：${telephone}`,
      ),
      paragraph(`公示地点：${place}`),
      {
        kind: 'signature',
        lines: [
          '签字：　　　　　　　　（单位负责人签字）',
          `${unit}（公章）`,
          chineseDate(firstDay),
        ],
      },
    ],
  };
}

/** R-10, annex 2: 公示结果. Its sentence says that nobody objected: where somebody did, it says what came of it. */
export function publicityResult(facts: ResultFacts): PrintedDocument {
  const { policy, content, publicity, lastDay, unit, objections } = facts;
  const { name } = applicantOf(facts);
  const applied = appliedFor(content.choice, policy);
  const { firstDay, place } = publicity;
  const recommended = `申报材料真实、完整、有效，同意推荐${name}同志申报${applied}专业技术任职资格。`;
  return {
    name: '公示结果',
    at: publicity.at,
    footnote: null,
    blocks: [
      heading(1, `关于${name}同志申报${applied}职称的公示结果`),
      paragraph(
        `${name}同志申报材料已在本单位公示${daysFrom(firstDay, lastDay)}天，` +
          outcomeOf(objections, recommended),
      ),
      paragraph(
        `公示时间：${chineseDate(firstDay)}至${chineseDate(lastDay)}` +
          `（${workingDays(firstDay, lastDay)}个工作日）`,
      ),
      paragraph(`公示地点：${place}`),
      ...(objections.length === 0 ? [] : [heading(3, '异议处理'), objectionTable(objections)]),
      { kind: 'signature', lines: [`${unit}（公章）`, dateByHand] },
    ],
  };
}

function outcomeOf(objections: readonly Received[], recommended: string): string {
  if (objections.length === 0) return `公示期间无投诉、举报，公示无异议，${recommended}`;
  const received = `公示期间收到异议${objections.length}条，`;
  const upheld = objections.filter(({ outcome }) => outcome?.upheld === true).length;
  return upheld === 0
    ? `${received}经核查均不成立，${recommended}`
    : `${received}经核查其中${upheld}条成立，处理情况见下表。`;
}

function objectionTable(objections: readonly Received[]): Block {
  return {
    kind: 'table',
    columns: [1, 3, 2, 8],
    header: ['序号', '收到日期', '核查结论', '核查情况'].map((title) => label(title)),
    rows: objections.map(({ number, at, outcome }) => [
      cell(String(number)),
      cell(chineseDate(at.slice(0, 10))),
      cell(outcome === null ? '' : outcome.upheld ? '成立' : '不成立'),
      cell(outcome?.statement ?? ''),
    ]),
  };
}

/** 简要描述近五年的实践能力和业绩成果，并说明对业绩成果的实际贡献: each item in a line. */
function achievementsOf(facts: PublicityFacts): Block[] {
  const items = recentItems(facts);
  if (items.length === 0) return [paragraph('业绩成果：无')];
  return [
    paragraph('业绩成果：'),
    ...items.map((item, index) => paragraph(`${index + 1}．${item}。`)),
  ];
}

const recentYears = 5;

function recentItems(facts: PublicityFacts): readonly string[] {
  const { policy, publicity } = facts;
  const { practiceAbility, achievements = {} } = sectionsOf(facts);
  const since = `${Number(publicity.firstDay.slice(0, 4)) - recentYears}${publicity.firstDay.slice(4)}`;
  const isRecent = (day = '') => day === now || day >= since;
  const work = [...entriesOf(practiceAbility?.entries), ...entriesOf(achievements.entries)]
    .filter(({ to }) => isRecent(to))
    .map(({ name = blank, from = '', to = '', role, workload = blank }) => {
      const period = `${chineseDate(from)}至${to === now ? '今' : chineseDate(to)}`;
      const played = termOf(policy.form.participationRoles, role);
      return `${name}（${period}，${played}）：${ended(workload)}`;
    });
  const papers = entriesOf(achievements.papers)
    .filter(({ published, publishedOn }) => published === true && isRecent(publishedOn))
    .map(
      ({ title = blank, journal = blank, issue = '', authorRank = '' }) =>
        `论文《${title}》，刊于《${journal}》${issue}，本人排名第${authorRank}`,
    );
  const works = entriesOf(achievements.representativeWorks)
    .filter(({ completedOn }) => isRecent(completedOn))
    .map(
      ({ title = blank, completedOn = '' }) =>
        `代表作《${title}》，${chineseDate(completedOn)}完成`,
    );
  const honours = entriesOf(achievements.honours)
    .filter(({ grantedOn }) => isRecent(grantedOn))
    .map(
      ({ name = blank, grantedBy = blank, grantedOn = '', rank = '' }) =>
        `${name}（${grantedBy}，${chineseDate(grantedOn)}，${rank}）`,
    );
  return [...work, ...papers, ...works, ...honours];
}

/** Without the full stop it may end in: the line gets its own. */
function ended(text: string): string {
  return text.trim().replace(/[。．.；;]+$/, '');
}

function daysFrom(first: Day, last: Day): number {
  return (Date.parse(last) - Date.parse(first)) / (24 * 60 * 60 * 1000) + 1;
}
