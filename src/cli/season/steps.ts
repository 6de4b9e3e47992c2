import type { Act } from './act';
import type { Applicant } from './applicant';
import { unansweredReasons } from './filing';
import { evidenceFile, type EvidenceFile } from './people/evidence-files';
import type { Reason } from './standing';
import type { Json } from '../../engine/event-store';

/** One thing that happens to an applicant's dossier; what the service answers is compared at once. */
export type Step = (applicant: Applicant) => Promise<void>;

export const open: Step = (applicant) => applicant.does({ kind: 'open', choice: applicant.choice });

export const openWithoutRoute: Step = (applicant) => openWith(applicant, { reviewRoute: null });

export const openForOwnPrefecture: Step = (applicant) =>
  openWith(applicant, { reviewRoute: 'prefecture' });

export const openUnknownSubSpecialty: Step = (applicant) =>
  openWith(applicant, { subSpecialty: 'navigation' });

export const openForLowerLevel: Step = (applicant) => openWith(applicant, { level: 'junior' });

function openWith(applicant: Applicant, other: Partial<Applicant['choice']>): Promise<void> {
  return applicant.does({ kind: 'open', choice: { ...applicant.choice, ...other } });
}

export const submit: Step = (applicant) => applicant.does({ kind: 'submit', confirmed: true });

export const submitUnconfirmed: Step = (applicant) =>
  applicant.does({ kind: 'submit', confirmed: false });

export const submitTwiceAtOnce: Step = (applicant) =>
  applicant.doesTwiceAtOnce({ kind: 'submit', confirmed: true });

export const submitTwiceWithOneKey: Step = (applicant) =>
  applicant.doesTwiceAtOnce({
    kind: 'submit',
    confirmed: true,
    key: `${applicant.self.subject}-${applicant.standing.filings.length + 1}`,
  });

export const withdraw: Step = (applicant) => applicant.does({ kind: 'withdraw' });

export function upload(file: EvidenceFile, genuine = true): Step {
  return (applicant) => applicant.does(attaching(file, genuine));
}

/** The act of uploading a file. */
export function attaching(file: EvidenceFile, genuine = true): Extract<Act, { kind: 'attach' }> {
  const { bytes, sha256, mediaType, name } = file;
  const attachment = { sha256, mediaType, bytes: bytes.length, name };
  return { kind: 'attach', file: attachment, bytes, genuine };
}

/** A text that calls itself a scan. */
export const uploadFakeScan: Step = (applicant) => {
  const bytes = Buffer.from('this is no scan\n');
  const file = { name: '证书.pdf', mediaType: 'application/pdf', bytes, sha256: '' } as const;
  return upload(file, false)(applicant);
};

/** The first scan shows the applicant's name, and is covered for reviewers beyond the unit. */
export const maskFirstScan: Step = async (applicant) => {
  const [first] = applicant.filled.evidence;
  if (first === undefined) return;
  const masked = maskedVersion(applicant);
  await applicant.does({
    kind: 'mask',
    sha256: first.sha256,
    nameShown: true,
    maskedVersion: null,
  });
  await upload(masked)(applicant);
  const answer = { nameShown: true, maskedVersion: masked.sha256 };
  await applicant.does({ kind: 'mask', sha256: first.sha256, ...answer });
};

export function maskedVersion({ self }: Applicant): EvidenceFile {
  return evidenceFile('masked.png', `SPECIMEN masked, ${self.subject}`);
}

export function answerNameless(sha256: string): Step {
  return (applicant) =>
    applicant.does({ kind: 'mask', sha256, nameShown: false, maskedVersion: null });
}

/** Says that a scan shows the name, and leaves it uncovered. */
export const leaveNameUncovered: Step = async (applicant) => {
  const sha256 = applicant.filled.evidence[1]?.sha256 ?? '';
  await applicant.does({ kind: 'mask', sha256, nameShown: true, maskedVersion: null });
};

/** Looks again: the name is not on it. */
export const correctMasking: Step = (applicant) =>
  answerNameless(applicant.filled.evidence[1]?.sha256 ?? '')(applicant);

/** Answers for every scan that was not answered for. */
export const answerForEveryScan: Step = async (applicant) => {
  const { attachments, masking } = applicant.standing.work;
  for (const { sha256 } of attachments) {
    if (masking[sha256] === undefined) await answerNameless(sha256)(applicant);
  }
};

/** Saves from a window that does not show the newest revision. */
export const saveFromStaleWindow: Step = (applicant) =>
  applicant.does({ ...rewordedSummary(applicant), ifRevision: 0 });

export const saveSummaryAnew: Step = (applicant) => applicant.does(rewordedSummary(applicant));

function rewordedSummary({ standing }: Applicant): Extract<Act, { kind: 'save' }> {
  const content = reworded(standing.work.sections['workSummary'] ?? null);
  return { kind: 'save', section: 'workSummary', content };
}

/** Answers every reason by a change: the section is reworded, the scan taken anew. */
export const correct: Step = async (applicant) => {
  for (const { section, attachment } of unansweredReasons(applicant.standing)) {
    if (section !== undefined) {
      const content = reworded(applicant.standing.work.sections[section] ?? null);
      await applicant.does({ kind: 'save', section, content });
    }
    if (attachment !== undefined) await scanAnew(applicant, attachment);
  }
};

/** Replaces a scan wherever a section names it. The new one asks for its own masking answer. */
async function scanAnew(applicant: Applicant, sha256: string): Promise<void> {
  const { filings, work } = applicant.standing;
  const note = `SPECIMEN ${applicant.self.subject}, scanned again after filing ${filings.length}`;
  const file = evidenceFile('rescanned.png', note);
  await upload(file)(applicant);
  for (const [section, content] of Object.entries(work.sections)) {
    const text = JSON.stringify(content);
    if (!text.includes(sha256)) continue;
    const changed = JSON.parse(text.replaceAll(sha256, file.sha256)) as Json;
    await applicant.does({ kind: 'save', section, content: changed });
  }
}

/** Answers every reason by an explanation. */
export const explain: Step = async (applicant) => {
  const reasons: readonly Reason[] = applicant.standing.pending ?? [];
  for (const reason of reasons.keys()) {
    const explanation = '原件已遗失，已上传发证机关出具的证明。';
    await applicant.does({ kind: 'explain', reason: reason + 1, explanation });
  }
};

/** The same content with one more sentence in its first long text. */
function reworded(content: Json): Json {
  const text = JSON.stringify(content);
  return JSON.parse(text.replace(/("(?:text|description)":")/, '$1补充说明：已核对。')) as Json;
}
