import type { Applicant } from './applicant';
import { scanOf, type Broken, type Fault, type Sound } from './faults';
import { canonical, type Standing } from './standing';
import type { Step } from './steps';

/** Checks before submitting, and finds what the model finds. */
export const precheck: Step = (applicant) => applicant.does({ kind: 'precheck' });

/** Is refused, with the same findings as the pre-check. */
export const failToSubmit: Step = async (applicant) => {
  await applicant.does({ kind: 'precheck' });
  await applicant.does({ kind: 'submit', confirmed: true });
};

/** Nothing is wrong any more, and no refusal has used up a try. */
export const checkMended: Step = async (applicant) => {
  await precheck(applicant);
  await applicant.does({ kind: 'receipts' });
};

/** Makes the mistakes all at once, has them judged, and mends them. */
export function breakAndMend(faults: readonly Fault[]): Step {
  return async (applicant) => {
    const before = applicant.standing;
    const broken = await make(faults, applicant);
    await (broken.some(({ refused }) => refused) ? failToSubmit : precheck)(applicant);
    await mend(before, applicant);
  };
}

/** Makes a mistake and leaves it. */
export function leaveBroken(fault: Fault): Step {
  return async (applicant) => {
    await make([fault], applicant);
    await precheck(applicant);
  };
}

/** Makes the first of the applicant's mistakes once more, on a dossier that was returned. */
export const breakAndMendAgain: Step = async (applicant) => {
  await breakAndMend(applicant.trials.mended[0] ?? [])(applicant);
  await checkMended(applicant);
};

async function make(faults: readonly Fault[], applicant: Applicant): Promise<readonly Broken[]> {
  const sound = soundOf(applicant);
  const broken = faults.map((fault) => fault.break(sound));
  for (const act of broken.flatMap(({ acts }) => acts)) await applicant.does(act);
  return broken;
}

/** Everything as it was before. */
async function mend({ work, flaws }: Standing, applicant: Applicant): Promise<void> {
  for (const [section, content] of Object.entries(work.sections)) {
    if (canonical(applicant.standing.work.sections[section]) === canonical(content)) continue;
    await applicant.does({ kind: 'save', section, content, flaws: flaws[section] ?? [] });
  }
  for (const [sha256, answer] of Object.entries(work.masking)) {
    if (canonical(applicant.standing.work.masking[sha256]) === canonical(answer)) continue;
    await applicant.does({ kind: 'mask', sha256, ...answer });
  }
}

function soundOf({ choice, filled, standing: { unit, work, filings } }: Applicant): Sound {
  const scan = scanOf(filled);
  return { choice, unit, sections: work.sections, filings: filings.length, scan };
}
