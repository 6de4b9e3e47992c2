import type { Json } from '../../engine/event-store';
import type { Applicant } from './applicant';
import { failToSubmit, precheck } from './fault-steps';
import {
  answerNameless,
  maskFirstScan,
  open,
  openForOwnPrefecture,
  openWithoutRoute,
  upload,
  type Step,
} from './steps';

/**
 * Opens the dossier, uploads every scan and answers for it, saves every section. An empty dossier is
 * pre-checked, and one that lacks a single section is submitted in vain.
 */
export function fillingIn({ choice, filled, trials }: Applicant): readonly Step[] {
  const { evidence, sections } = filled;
  const contents = Object.entries(sections) as readonly (readonly [string, Json])[];
  const last = contents.filter(([section]) => section === trials.savedLast);
  const others = contents.filter(([section]) => section !== trials.savedLast);
  return [
    ...(choice.reviewRoute === null ? [] : [openWithoutRoute, openForOwnPrefecture]),
    open,
    precheck,
    ...evidence.map((file) => upload(file)),
    maskFirstScan,
    ...evidence.slice(1).map(({ sha256 }) => answerNameless(sha256)),
    ...others.map(save),
    failToSubmit,
    ...last.map(save),
  ];
}

function save([section, content]: readonly [string, Json]): Step {
  return (applicant) => applicant.does({ kind: 'save', section, content });
}
