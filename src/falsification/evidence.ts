import { contentHash, type OpenedDossier } from '../dossier/dossier';
import type { FrozenEvidence } from './case';

/** What there is to freeze in a dossier at a revision. */
export function evidenceOf({ file }: OpenedDossier, revision: number): FrozenEvidence {
  const hashes = (attachments: readonly { readonly sha256: string }[]) =>
    attachments.map(({ sha256 }) => sha256);
  return {
    revision,
    submissions: file.submissions.map(({ number, contentHash }) => ({ number, contentHash })),
    evidence: hashes(file.content.attachments),
    unitPapers: hashes(file.unitPapers),
  };
}

/** Whether everything that was frozen is still there as it was: the contents by their hashes, the files by name. */
export function isIntact(frozen: FrozenEvidence, { file }: OpenedDossier): boolean {
  const attached = [...file.content.attachments, ...file.unitPapers].map(({ sha256 }) => sha256);
  return (
    frozen.submissions.every((frozenOne) => {
      const submission = file.submissions[frozenOne.number - 1];
      return submission !== undefined && contentHash(submission.content) === frozenOne.contentHash;
    }) && [...frozen.evidence, ...frozen.unitPapers].every((sha256) => attached.includes(sha256))
  );
}
