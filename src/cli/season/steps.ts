import type { Json } from '../../engine/event-store';
import type { Act } from './act';
import type { Applicant } from './applicant';
import { unansweredReasons } from './model';
import { grassrootsChecks } from './notice';
import { evidenceFile, type EvidenceFile } from './people/evidence-files';
import type { Reason } from './standing';

/** One thing that happens to an applicant's dossier; what the service answers is compared at once. */
export type Step = (applicant: Applicant) => Promise<void>;

/** Opens the dossier, uploads every scan, saves every section. */
export function fillingIn({ filled }: Applicant): readonly Step[] {
  return [
    open,
    ...filled.evidence.map((file): Step => upload(file)),
    ...Object.entries(filled.sections).map(
      ([section, content]): Step =>
        (applicant) =>
          applicant.does({ kind: 'save', section, content: content as Json }),
    ),
  ];
}

export const open: Step = (applicant) => applicant.does({ kind: 'open', choice: applicant.choice });

export const openUnknownSubSpecialty: Step = (applicant) =>
  applicant.does({ kind: 'open', choice: { ...applicant.choice, subSpecialty: 'navigation' } });

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

function upload(file: EvidenceFile, genuine = true): Step {
  const { bytes, sha256, mediaType, name } = file;
  const attachment = { sha256, mediaType, bytes: bytes.length, name };
  return (applicant) => applicant.does({ kind: 'attach', file: attachment, bytes, genuine });
}

/** A text that calls itself a scan. */
export const uploadFakeScan: Step = (applicant) => {
  const bytes = Buffer.from('this is no scan\n');
  const file = { name: '证书.pdf', mediaType: 'application/pdf', bytes, sha256: '' } as const;
  return upload(file, false)(applicant);
};

/** Saves from a window that does not show the newest revision. */
export const saveFromStaleWindow: Step = (applicant) =>
  applicant.does({ ...rewordedSummary(applicant), ifRevision: 0 });

export const saveSummaryAnew: Step = (applicant) => applicant.does(rewordedSummary(applicant));

function rewordedSummary({ standing }: Applicant): Extract<Act, { kind: 'save' }> {
  const content = reworded(standing.work.sections['workSummary'] ?? null);
  return { kind: 'save', section: 'workSummary', content };
}

export const publish: Step = (applicant) =>
  applicant.does({ kind: 'publish' }, applicant.reviewer(0));

export const recommend: Step = (applicant) =>
  applicant.does({ kind: 'recommend', checked: grassrootsChecks }, applicant.reviewer(0));

/** Every supervising body of the chain passes it on, one after the other. */
export const endorse: Step = async (applicant) => {
  for (let step = 1; step < applicant.chain.length - 1; step += 1) {
    await applicant.does({ kind: 'endorse' }, applicant.reviewer(step));
  }
};

export const accept: Step = (applicant) =>
  applicant.does({ kind: 'accept' }, applicant.reviewer(-1));

/** A return that names a section, and another that names a scan. */
export function sendBack(by: 'unit' | 'supervision' | 'title-office', ...parts: Part[]): Step {
  const step = { unit: 0, supervision: 1, 'title-office': -1 }[by];
  return (applicant) => {
    const reasons = parts.map((part) => reasonFor(part, applicant));
    return applicant.does({ kind: 'return', reasons }, applicant.reviewer(step));
  };
}

type Part = 'summary' | 'conduct' | 'scan';

function reasonFor(part: Part, { filled }: Applicant): Reason {
  switch (part) {
    case 'summary':
      return { code: 'inaccurate', section: 'workSummary', correction: '请写明本人承担的工作。' };
    case 'conduct':
      return {
        code: 'authenticity-doubt',
        section: 'otherAttachments',
        correction: '请补充说明思想政治表现材料的出具单位。',
      };
    case 'scan':
      return {
        code: 'evidence-illegible',
        attachment: filled.evidence[0]?.sha256 ?? '',
        correction: '扫描件模糊，请重新扫描正面上传。',
      };
  }
}

/** Answers every reason by a change: the section is reworded, the scan taken anew. */
export const correct: Step = async (applicant) => {
  for (const { section, attachment } of unansweredReasons(applicant.standing)) {
    const { sections } = applicant.standing.work;
    if (section !== undefined) {
      const content = reworded(sections[section] ?? null);
      await applicant.does({ kind: 'save', section, content });
    }
    if (attachment !== undefined) await scanAnew(applicant, attachment);
  }
};

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
  const reasons = applicant.standing.pending ?? [];
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
