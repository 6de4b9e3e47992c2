import { isSectionName, sections } from '../../../dossier/sections';
import type { DossierEvent, ReturnReason } from '../../../dossier/events';
import type { Policy } from '../../../rounds/policy';
import type { Text } from '../../../rules/finding';

/** Why it was done, in the words of whoever did it. */
export function reasonsOf(event: DossierEvent, policy: Policy | undefined): readonly Text[] {
  switch (event.type) {
    case 'DossierReturned':
      return event.data.reasons.map((reason) => returnReason(reason, policy));
    case 'ReasonExplained':
      return said(event.data.explanation);
    case 'DossierEndorsed':
      return said(event.data.opinion);
    case 'DossierRecommended':
      return said(event.data.statement);
    case 'DossierWithdrawn':
      return said(event.data.reason);
    case 'ObjectionRecorded':
      return said(event.data.text);
    case 'ObjectionSettled':
      return said(event.data.statement);
    case 'DefenceConcluded':
      return event.data.cause === null ? [] : said(event.data.cause);
    case 'DossierSubmitted':
    case 'DossierResubmitted':
      return event.data.filing.answers.flatMap(({ explanation }) =>
        explanation === null ? [] : said(explanation),
      );
    default:
      return [];
  }
}

/** As it was written, whatever language that is. */
export function said(text: string): readonly Text[] {
  return [{ zh: text, en: text }];
}

function returnReason({ code, part, correction }: ReturnReason, policy: Policy | undefined): Text {
  const kind = policy?.review.returnReasons.find((term) => term.code === code);
  const where = partOf(part);
  return {
    zh: `〔${where.zh}〕${kind?.zh ?? code}：${correction}`,
    en: `[${where.en}] ${kind?.en ?? code}: ${correction}`,
  };
}

function partOf(part: ReturnReason['part']): Text {
  if ('attachment' in part) {
    const short = part.attachment.slice(0, 8);
    return { zh: `附件${short}`, en: `attachment ${short}` };
  }
  const { section } = part;
  if (!isSectionName(section)) return { zh: section, en: section };
  return { zh: sections[section].title, en: sections[section].english };
}
