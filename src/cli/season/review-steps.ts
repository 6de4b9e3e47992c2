import type { Applicant } from './applicant';
import { grassrootsChecks, recommendation } from './notice';
import { evidenceFile } from './people/evidence-files';
import { missingConductPapers, type ConductPaper } from './review';
import type { Reason } from './standing';
import { attaching, type Step } from './steps';

export const publish: Step = (applicant) =>
  applicant.does({ kind: 'publish' }, applicant.reviewer(0));

/** The unit recommends, with the sealed papers of the publicity; what is missing is brought then. */
export const recommend: Step = async (applicant) => {
  const publicity = ['publicity-notice', 'publicity-result'] as const;
  await recommendWith(applicant, publicity);
  const missing = missingConductPapers(applicant.standing);
  if (missing.length > 0) await recommendWith(applicant, [...publicity, ...missing]);
};

async function recommendWith(
  applicant: Applicant,
  names: readonly ('publicity-notice' | 'publicity-result' | ConductPaper)[],
): Promise<void> {
  const papers: Record<string, string> = {};
  for (const paper of names) {
    const note = `SPECIMEN ${paper} of ${applicant.self.subject}`;
    const file = evidenceFile(`${paper}.pdf`, note);
    papers[paper] = file.sha256;
    await applicant.does(attaching(file), applicant.reviewer(0));
  }
  const act = { kind: 'recommend', checked: grassrootsChecks, statement: recommendation } as const;
  await applicant.does({ ...act, papers }, applicant.reviewer(0));
}

/** Somebody objects to what is published. */
export const object: Step = (applicant) =>
  applicant.does({ kind: 'object' }, applicant.reviewer(0));

export const settleObjection: Step = (applicant) =>
  applicant.does({ kind: 'settle-objection', number: 1 }, applicant.reviewer(0));

/** Every supervising body of the chain passes it on, one after the other. */
export const endorse: Step = async (applicant) => {
  for (let step = 1; step < applicant.chain.length - 1; step += 1) {
    await applicant.does({ kind: 'endorse' }, applicant.reviewer(step));
  }
};

export const accept: Step = (applicant) =>
  applicant.does({ kind: 'accept' }, applicant.reviewer(-1));

type Part = 'summary' | 'conduct' | 'scan';

/** A return with a reason for each part; `scan` names an attachment, the others a section. */
export function sendBack(
  by: 'unit' | 'supervision' | 'title-office',
  ...parts: readonly Part[]
): Step {
  const step = { unit: 0, supervision: 1, 'title-office': -1 }[by];
  return (applicant) => {
    const reasons = parts.map((part) => reasonFor(part, applicant));
    return applicant.does({ kind: 'return', reasons }, applicant.reviewer(step));
  };
}

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
        attachment: filled.evidence[1]?.sha256 ?? '',
        correction: '扫描件模糊，请重新扫描正面上传。',
      };
  }
}
