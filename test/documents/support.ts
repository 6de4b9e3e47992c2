import { dossierContent } from '../../src/cli/season/people/dossier-content';
import type { Person } from '../../src/cli/season/people/person';
import type { Block, PrintedDocument } from '../../src/documents/document';
import type { FormFacts } from '../../src/documents/evaluation-form';
import type { NoticeFacts, ResultFacts } from '../../src/documents/publicity';
import type { Content, ObjectionRecord, Sections } from '../../src/dossier/dossier';
import { people, policy } from '../form/support';

export { people, policy };

export const unit = '示例地区水利工程管理处';

/** A person's dossier as filed; some sections may be others. */
export function contentOf(person: Person, changes: Sections = {}): Content {
  const { sections, evidence } = dossierContent(person, policy);
  return {
    choice: {
      level: person.level,
      specialty: policy.specialty.code,
      subSpecialty: person.subSpecialty,
      organisation: person.unit.id,
      reviewRoute: null,
    },
    sections: { ...sections, ...changes },
    attachments: evidence.map(({ name, mediaType, bytes, sha256 }) => ({
      ...{ name, mediaType, sha256 },
      bytes: bytes.length,
    })),
    masking: {},
  };
}

export function personWhere(holds: (person: Person) => boolean): Person {
  const found = people.find(holds);
  if (found === undefined) throw new Error('nobody like that applies');
  return found;
}

/** A senior applicant whose name, as Uyghur names do, has a dot in it. */
export const aynur = personWhere(
  ({ level, ethnicity, gender }) =>
    level === 'senior' && ethnicity === 'uygur' && gender === 'female',
);

export const published = {
  publicity: {
    at: '2022-09-07T10:00:00.000+08:00',
    firstDay: '2022-09-07',
    place: '单位办公楼一楼公示栏',
    telephone: '0998-0000000',
  },
  lastDay: '2022-09-14',
};

export function noticeFacts(content: Content, changes: Partial<NoticeFacts> = {}): NoticeFacts {
  return { policy, content, unit, ...published, audience: 'public', ...changes };
}

export function resultFacts(
  content: Content,
  objections: readonly ObjectionRecord[] = [],
): ResultFacts {
  return { policy, content, unit, ...published, objections };
}

export function formFacts(content: Content): FormFacts {
  return {
    ...{ policy, content, unit },
    filing: { number: 2, at: '2022-08-26T09:00:00.000+08:00', contentHash: 'ab'.repeat(32) },
    supervisors: ['示例地区水利局', '示例地区人社局职称科'],
    titleOffice: '水利专业技术人员职称办公室',
  };
}

export function objection(number: number, upheld: boolean | null): ObjectionRecord {
  const at = `2022-09-0${7 + number}T10:00:00.000+08:00`;
  const outcome = upheld === null ? null : { at, upheld, statement: `核查情况${number}。` };
  return { number, at, text: '反映其项目角色与实际不符', outcome };
}

export const textsOf = ({ blocks }: PrintedDocument): readonly string[] => blocks.flatMap(textIn);

function textIn(block: Block): readonly string[] {
  switch (block.kind) {
    case 'cover':
      return [block.over, block.title, ...block.lines.flat(), block.place, block.under];
    case 'heading':
    case 'paragraph':
      return [block.text];
    case 'table':
      return [...(block.header ?? []), ...block.rows.flat()].map(({ text }) => text);
    case 'statement':
      return [block.label, block.text, ...block.signature];
    case 'signature':
      return block.lines;
  }
}
