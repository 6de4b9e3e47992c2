import type { Attachment } from '../dossier/events';
import { seenBeyondUnit } from '../rules/masking';
import type { DossierView } from './dossier-view';

/**
 * M-27 (四(一)17): what reviewers beyond the unit see in an attachment's place: what was answered for, in its
 * masked version where it shows the name. The unit's own papers need no answer. Undefined for nothing.
 */
export function shownBeyondUnit(
  { content: { attachments, masking }, unitPapers }: Pick<DossierView, 'content' | 'unitPapers'>,
  sha256: string,
): Attachment | undefined {
  const ownPaper =
    masking[sha256] === undefined && unitPapers.some((paper) => paper.sha256 === sha256);
  const shown = ownPaper ? sha256 : seenBeyondUnit(sha256, masking);
  return [...attachments, ...unitPapers].find((attachment) => attachment.sha256 === shown);
}
