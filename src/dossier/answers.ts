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

/**
 * An attachment is changed when what referred to it no longer does, as a section or as the masked version of
 * another, or when something else is said of its own masking (四(一)17).
 */
function partChanged(part: ReturnReason['part'], filed: Content, now: Content): boolean {
  if ('section' in part) {
    return !sameJson(filed.sections[part.section], now.sections[part.section]);
  }
  const { attachment } = part;
  const gone = (texts: (content: Content) => ReadonlySet<string>): boolean =>
    texts(filed).has(attachment) && !texts(now).has(attachment);
  return (
    gone(textsIn) ||
    gone(maskedVersionsIn) ||
    !sameJson(filed.masking[attachment] ?? null, now.masking[attachment] ?? null)
  );
}

function maskedVersionsIn({ masking }: Content): ReadonlySet<string> {
  return new Set(Object.values(masking).flatMap(({ maskedVersion }) => maskedVersion ?? []));
}

/** The attachments whose masking is asked for: every one a section refers to (四(一)17). */
export function attachmentsToMask(content: Content): readonly string[] {
  const texts = textsIn(content);
  return content.attachments.map(({ sha256 }) => sha256).filter((sha256) => texts.has(sha256));
}

/** Every text the sections hold; a SHA-256 among them refers to an attachment. */
function textsIn({ sections }: Content): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const name of sectionNames) collect(sections[name], texts);
  return texts;
}

function collect(value: Json | undefined, texts: Set<string>): void {
  if (typeof value === 'string') texts.add(value);
  else if (value !== null && typeof value === 'object') {
    for (const member of Object.values<Json>(value)) collect(member, texts);
  }
}
