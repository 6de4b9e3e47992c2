import { isBlankText } from '../engine/text';
import { awardKindsOnSave } from '../rules/materials';
import { maskedVersionMasks } from '../rules/masking';
import { refilingInTime, stillFiling } from '../rules/time';
import { sameJson } from './canonical';
import {
  applicantOnly,
  blankExplanation,
  inApplicantsHands,
  unknownAttachment,
  unknownReason,
} from './conflicts';
import { unlessBlocked, type Command, type Decision, type Facts } from './decision';
import { neverHappens, pendingReturn, type OpenedDossier } from './dossier';

type Awards = Parameters<typeof awardKindsOnSave>[1];

/** Work on a draft or a returned dossier. What changes nothing adds no event. */
export function edit(
  command: Command<'SaveSection' | 'AttachEvidence' | 'AnswerMasking' | 'ExplainReason'>,
  state: OpenedDossier,
  { policy, now, actor }: Facts,
): Decision {
  const { file } = state;
  const findings = [
    ...applicantOnly(file, actor),
    ...inApplicantsHands(state, policy, now),
    ...(state.status === 'draft' ? stillFiling(policy, now) : []),
    ...(state.status === 'returned' ? refilingInTime(policy, now) : []),
  ];
  switch (command.type) {
    case 'SaveSection': {
      const { section, content } = command;
      const type = state.status === 'returned' ? 'SectionRevised' : 'SectionSaved';
      const unchanged = sameJson(file.content.sections[section], content);
      if (section === 'awards') findings.push(...awardKindsOnSave(policy, content as Awards));
      return unlessBlocked(findings, () =>
        unchanged ? [] : [{ type, data: { section, content } }],
      );
    }
    case 'AttachEvidence': {
      const { attachment } = command;
      const known = file.content.attachments.some(({ sha256 }) => sha256 === attachment.sha256);
      return unlessBlocked(findings, () =>
        known ? [] : [{ type: 'EvidenceAttached', data: { attachment } }],
      );
    }
    case 'AnswerMasking': {
      const { sha256, masking } = command;
      const attached = file.content.attachments.map((attachment) => attachment.sha256);
      const { maskedVersion } = masking;
      const known =
        attached.includes(sha256) &&
        (maskedVersion === null || (maskedVersion !== sha256 && attached.includes(maskedVersion)));
      if (!known) findings.push(unknownAttachment);
      findings.push(...maskedVersionMasks(policy, sha256, masking, file.content.masking));
      const unchanged = sameJson(file.content.masking[sha256], masking);
      return unlessBlocked(findings, () =>
        unchanged ? [] : [{ type: 'MaskingAnswered', data: { sha256, masking } }],
      );
    }
    case 'ExplainReason': {
      const { reason, explanation } = command;
      const asked = pendingReturn(file)?.reasons[reason - 1] !== undefined;
      if (!asked) findings.push(unknownReason);
      if (isBlankText(explanation)) findings.push(blankExplanation);
      return unlessBlocked(findings, () =>
        file.explanations[reason] === explanation
          ? []
          : [{ type: 'ReasonExplained', data: { reason, explanation } }],
      );
    }
    default:
      return neverHappens(command);
  }
}
