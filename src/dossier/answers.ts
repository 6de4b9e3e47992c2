import type { Json } from '../engine/event-store';
import { sameJson } from './canonical';
import type { Content, File, Return } from './dossier';
import type { Answer, ReturnReason } from './events';
import { sectionNames } from './sections';

/** Every reason of the return, with what the applicant has done about it so far. */
export function answersTo(file: File, pending: Return): readonly Answer[] {
  const filed = file.submissions[pending.submission - 1]?.content;
  return pending.reasons.map(({ part }, index) => ({
    reason: index + 1,
    changed: filed !== undefined && partChanged(part, filed, file.content),
    explanation: file.explanations[index + 1] ?? null,
  }));
}

export function isAnswered(answer: Answer): boolean {
  return answer.changed || answer.explanation !== null;
}

/** An attachment is changed when what referred to it no longer does. */
function partChanged(part: ReturnReason['part'], filed: Content, now: Content): boolean {
  if ('section' in part) {
    return !sameJson(filed.sections[part.section], now.sections[part.section]);
  }
  return refersTo(filed, part.attachment) && !refersTo(now, part.attachment);
}

/** The attachments whose masking is asked for: those filed, but no masked versions of others (四(一)17). */
export function attachmentsToMask(content: Content): readonly string[] {
  const masked = Object.values(content.masking).map(({ maskedVersion }) => maskedVersion);
  return content.attachments
    .map(({ sha256 }) => sha256)
    .filter((sha256) => refersTo(content, sha256) && !masked.includes(sha256));
}

function refersTo(content: Content, sha256: string): boolean {
  return sectionNames.some((name) => mentions(content.sections[name], sha256));
}

function mentions(value: Json | undefined, text: string): boolean {
  if (value === undefined || value === null || typeof value !== 'object') return value === text;
  return Object.values(value).some((member: Json) => mentions(member, text));
}
