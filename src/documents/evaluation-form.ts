import { sectionSchema } from '../dossier/form';
import { sectionNames, sections } from '../dossier/sections';
import type { Filing } from '../dossier/events';
import { heading, type Block, type PrintedDocument, type Statement } from './document';
import { EvidenceIndex } from './evidence-index';
import { applicantOf, termOf, type DocumentFacts } from './facts';
import { tablesOf } from './form-tables';
import { appliedFor, chineseDate, chineseNumeral, dateByHand } from './wording';

export interface FormFacts extends DocumentFacts {
  /** The filing that was accepted. */
  readonly filing: Pick<Filing, 'number' | 'at' | 'contentHash'>;
  /** Names of the supervising bodies between the unit and the title office, nearest first. */
  readonly supervisors: readonly string[];
  readonly titleOffice: string;
}

/** M-30 (四(一)19): 专业技术职务任职资格评审表, every section of the accepted dossier in order. */
export function evaluationForm(facts: FormFacts): PrintedDocument {
  const { content, filing } = facts;
  const evidence = new EvidenceIndex();
  const filled = sectionBlocks(facts, evidence);
  return {
    name,
    at: filing.at,
    footnote: `第${filing.number}次申报　内容校验码（SHA-256）${filing.contentHash}`,
    blocks: [
      cover(facts),
      ...filled,
      heading(2, '附件清单'),
      evidence.table(content.attachments),
      heading(2, '审核意见'),
      ...statements(facts),
    ],
  };
}

const name = '专业技术职务任职资格评审表';

function cover(facts: FormFacts): Block {
  const { policy, content, unit, filing } = facts;
  const applicant = applicantOf(facts);
  return {
    kind: 'cover',
    over: policy.title,
    title: name,
    lines: [
      ['姓　　名', applicant.name],
      ['工作单位', unit],
      ['申报资格', appliedFor(content.choice, policy)],
      ['二级专业', termOf({ terms: policy.subSpecialties }, content.choice.subSpecialty)],
      ['现任资格', applicant.presentTitle],
    ],
    place: '贴照片处（近期一寸免冠）',
    under: `申报日期：${chineseDate(filing.at.slice(0, 10))}`,
  };
}

function sectionBlocks({ policy, content }: FormFacts, evidence: EvidenceIndex): Block[] {
  return sectionNames.flatMap((section, index) => {
    const { title } = sections[section];
    const schema = sectionSchema(section, content.choice.level, policy);
    return [
      heading(2, `${chineseNumeral(index + 1)}、${title}`),
      ...tablesOf(title, schema, content.sections[section], evidence),
    ];
  });
}

function statements({ policy, unit, supervisors, titleOffice }: FormFacts): Statement[] {
  return [
    {
      kind: 'statement',
      label: '申报人\n承诺',
      text: policy.commitment.sentence,
      signature: ['申报人签字：　　　　　　　　', dateByHand],
    },
    {
      kind: 'statement',
      label: '单位推荐\n意见',
      text: policy.recommendation.sentence,
      signature: sealed(unit),
    },
    ...supervisors.map((supervisor): Statement => ({
      kind: 'statement',
      label: '主管单位\n审核意见',
      text: '',
      signature: sealed(supervisor),
    })),
    {
      kind: 'statement',
      label: '职称办公室\n审核意见',
      text: '形式审核通过。',
      signature: sealed(titleOffice),
    },
  ];
}

function sealed(organisation: string): readonly string[] {
  return ['负责人签字：　　　　　　　　', `${organisation}（公章）`, dateByHand];
}
