import { blocks, type Found } from './findings';
import { whileInHand } from './in-hand';
import { missingSections } from './missing-sections';
import { refusal, submissionLimit, windows } from './notice';
import { canonical, type Content, type Reason, type Standing } from './standing';

/** Everything the notice has to say of a submission at that instant. */
export function filingFindings(
  standing: Standing,
  confirmed: boolean,
  at: number,
): readonly Found[] {
  const { state, filings, work, flaws } = standing;
  const usedUp = filings.length >= submissionLimit && state !== 'accepted';
  const early = state === 'draft' && at < windows.filingOpens;
  const refusals = usedUp ? [refusal.triesUsedUp] : whileInHand(standing, at, [refusal.outOfTurn]);
  return [
    ...refusals.map((reason) => blocks(reason)),
    ...(confirmed ? [] : [blocks(refusal.unconfirmed, '/confirmed')]),
    ...(early ? [blocks(refusal.tooEarlyToFile)] : []),
    ...unansweredReasons(standing).map(({ number }) =>
      blocks(refusal.unanswered, `/returns/latest/reasons/${number}`),
    ),
    ...maskingFindings(work),
    ...missingSections(work),
    ...Object.values(flaws).flat(),
  ];
}

/** Every scan that a section names is answered, and one that shows the name has its masked version. */
function maskingFindings({ attachments, sections, masking }: Content): readonly Found[] {
  const text = canonical(sections);
  const masked = Object.values(masking).map(({ maskedVersion }) => maskedVersion);
  return attachments
    .filter(({ sha256 }) => text.includes(sha256) && !masked.includes(sha256))
    .flatMap(({ sha256 }) => {
      const answer = masking[sha256];
      const pointer = `/attachments/${sha256}/masking`;
      if (answer === undefined) return [blocks(refusal.maskingUnanswered, pointer)];
      const missing = answer.nameShown && answer.maskedVersion === null;
      return missing ? [blocks(refusal.maskedVersionMissing, pointer)] : [];
    });
}

/** A reason is answered by an explanation, or by a change to the part it names; numbers count from 1. */
export function unansweredReasons({
  state,
  pending,
  explained,
  filings,
  work,
}: Standing): readonly (Reason & { readonly number: number })[] {
  const filed = filings.at(-1);
  if (state !== 'returned' || pending === null || filed === undefined) return [];
  return pending
    .map((reason, index) => ({ ...reason, number: index + 1 }))
    .filter(({ number, section, attachment }) => {
      if (explained[number] !== undefined) return false;
      if (section !== undefined) {
        return canonical(filed.sections[section]) === canonical(work.sections[section]);
      }
      return canonical(work.sections).includes(attachment ?? '');
    });
}
