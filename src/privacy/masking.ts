import type { Content } from '../dossier/dossier';
import { maskedIdNumber } from '../documents/wording';
import type { Json } from '../engine/event-store';
import { pointerTo } from '../engine/text';

/** Numbers that name somebody: the applicant's own, and those of who endorses a representative work (代表作). */
const identifiers =
  /^\/sections\/(basicInformation\/(idNumber|phone)|achievements\/representativeWorks\/\d+\/endorsers\/\d+\/identification)$/;

/** What stands at the pointer of a content, with the identifiers in it masked: all but the first three and last four characters. */
export function masked(value: Json, pointer = ''): Json {
  if (typeof value === 'string') return identifiers.test(pointer) ? maskedIdNumber(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value))
    return value.map((item, index) => masked(item, pointerTo(pointer, `${index}`)));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, masked(member, pointerTo(pointer, name))]),
  );
}

/** A content as it is shown to everybody but the applicant. */
export function maskedContent(content: Content): Content {
  return { ...content, sections: masked(content.sections, '/sections') as Content['sections'] };
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
