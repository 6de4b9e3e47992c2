import { isBlankText, pointerTo } from '../engine/text';
import { stageAt, type ReviewChain, type Stage } from '../organisations/organisation';
import type { Policy } from '../rounds/policy';
import { block, type Finding } from './finding';

export interface Reviewer {
  readonly subject: string;
  readonly roles: readonly string[];
  readonly organisation: string | null;
}

/** The role that reviews at each stage. */
export const reviewerRole = {
  unit: 'unit-reviewer',
  supervision: 'supervisor',
  'title-office': 'title-office',
} as const satisfies Record<Stage['kind'], string>;

const names: Record<Stage['kind'], { zh: string; en: string }> = {
  unit: { zh: '基层单位', en: 'the grassroots unit' },
  supervision: { zh: '主管单位', en: 'a supervising body' },
  'title-office': { zh: '职称办公室', en: 'the title office' },
};

/** the act belongs to this stage of the chain, and the dossier is there now. */
export function inTurn(
  policy: Policy,
  at: Stage | null,
  actsAt: readonly Stage['kind'][],
): Finding[] {
  if (at !== null && actsAt.includes(at.kind)) return [];
  const now =
    at === null
      ? { zh: '材料现不在审核中', en: 'the dossier is not under review' }
      : { zh: `材料现由${names[at.kind].zh}审核`, en: `the dossier is with ${names[at.kind].en}` };
  return [
    block(policy, 'R-1', {
      code: 'not-at-this-stage',
      zh: `${now.zh}，须按“基层单位→主管单位→职称办公室”逐级审核。`,
      en: `Right now ${now.en}; review goes up level by level, none skipped.`,
    }),
  ];
}

/** the reviewer's own organisation has the dossier now, and it is not their own. */
export function mayReview(
  policy: Policy,
  stage: Stage,
  chain: ReviewChain,
  applicant: string,
  reviewer: Reviewer,
): Finding[] {
  const findings: Finding[] = [];
  const belongsHere = reviewer.organisation === stage.organisation;
  if (!belongsHere && chain.includes(reviewer.organisation ?? '')) {
    findings.push(...inTurn(policy, stage, []));
  } else if (!belongsHere || !reviewer.roles.includes(reviewerRole[stage.kind])) {
    findings.push(actsForAnother(policy, stage.kind));
  }
  if (reviewer.subject === applicant) {
    findings.push(ownDossier(policy));
  }
  return findings;
}

function ownDossier(policy: Policy): Finding {
  return block(policy, 'R-2', {
    code: 'own-dossier',
    zh: '不得审核本人的申报材料，请由本单位其他人员审核。',
    en: 'Nobody reviews their own dossier; another person of your organisation must.',
  });
}

/** after the acceptance, too, people act for an organisation of the chain, never on their own dossier. */
export function mayConclude(
  policy: Policy,
  chain: ReviewChain,
  applicant: string,
  reviewer: Reviewer,
  where: 'anywhere' | 'title-office',
): Finding[] {
  const entitled = chain
    .map((_, step) => stageAt(chain, step))
    .some(
      (stage) =>
        stage?.organisation === reviewer.organisation &&
        reviewer.roles.includes(reviewerRole[stage.kind]) &&
        (where === 'anywhere' || stage.kind === 'title-office'),
    );
  return [
    ...(entitled ? [] : [actsForAnother(policy, where === 'anywhere' ? 'unit' : where)]),
    ...(reviewer.subject === applicant ? [ownDossier(policy)] : []),
  ];
}

function actsForAnother(policy: Policy, kind: Stage['kind']): Finding {
  return block(policy, 'R-2', {
    code: 'not-your-organisation',
    zh: `此步须由承办的${names[kind].zh}办理，您不是该单位的审核人员。`,
    en: `This step belongs to ${names[kind].en} in charge, and you do not review for it.`,
  });
}

/** an applicant files through the unit they belong to, where the account says which. */
export function ownUnit(policy: Policy, unit: string, applicant: Reviewer): Finding[] {
  if (applicant.organisation === null || applicant.organisation === unit) return [];
  return [
    block(policy, 'R-2', {
      code: 'not-your-organisation',
      pointer: '/organisation',
      zh: '只能通过本人所在单位申报。',
      en: 'File through the unit you belong to.',
    }),
  ];
}

/** the three questions of the grassroots check, each answered yes. */
export function checklistComplete(
  policy: Policy,
  checklist: Readonly<Record<string, boolean>>,
): Finding[] {
  return policy.review.checklist
    .filter(({ code }) => !Object.hasOwn(checklist, code) || checklist[code] !== true)
    .map(({ code, zh, en }) =>
      block(policy, 'R-3', {
        code: 'checklist-incomplete',
        pointer: `/checklist/${code}`,
        zh: Object.hasOwn(checklist, code)
          ? `“${zh}”的核查结果为否，不能推荐，请退回修改。`
          : `请回答初审核查项：${zh}。`,
        en: Object.hasOwn(checklist, code)
          ? `The check "${en}" is answered no: return the dossier instead of recommending it.`
          : `Answer the grassroots check: ${en}.`,
      }),
    );
}

/** M-9 (四(一)3): what is left to a human is judged, one way or the other, before the unit recommends. */
export function judgementsGiven(
  policy: Policy,
  toJudge: readonly Finding[],
  judgements: Readonly<Record<string, boolean>>,
): Finding[] {
  return toJudge
    .filter(({ pointer }) => !Object.hasOwn(judgements, pointer))
    .map(({ pointer, message }) =>
      block(policy, 'M-9', {
        code: 'judgement-missing',
        pointer: pointerTo('/judgements', pointer),
        zh: `${message.zh}请在 judgements 中答复“${pointer}”：是（true）或否（false）。`,
        en: `${message.en} Answer "${pointer}" in judgements, true or false.`,
      }),
    );
}

/** What R-4 looks at in a reason. */
export interface ReasonToCheck {
  readonly code: string;
  readonly correction: string;
  /** Whether it names a section or an attachment. */
  readonly names: boolean;
  /** The attachment it names, if any. */
  readonly attachment: string | null;
}

/** at least one reason; each of a known type, naming a part that is there and what to correct. */
export function reasonsGiven(
  policy: Policy,
  reasons: readonly ReasonToCheck[],
  attached: readonly string[],
): Finding[] {
  const said = (pointer: string, zh: string, en: string): Finding =>
    block(policy, 'R-4', { code: 'return-reasons-missing', pointer, zh, en });
  if (reasons.length === 0) {
    return [
      said(
        '/reasons',
        '退回须写明理由：每条指明栏目（或附件）和需修改的内容。',
        'A return needs reasons, each naming the section (or attachment) and what to correct.',
      ),
    ];
  }
  const known = policy.review.returnReasons.map((term) => term.code);
  return reasons.flatMap((reason, index) => {
    const at = `/reasons/${index}`;
    const findings: Finding[] = [];
    if (!known.includes(reason.code)) {
      findings.push(
        said(
          `${at}/code`,
          `未知的退回理由类型，可用：${known.join('、')}。`,
          `Unknown type of reason; one of: ${known.join(', ')}.`,
        ),
      );
    }
    if (isBlankText(reason.correction)) {
      findings.push(
        said(`${at}/correction`, '请写明需要修改什么。', 'Say what is to be corrected.'),
      );
    }
    if (!reason.names) {
      findings.push(
        said(
          at,
          '请指明需修改的栏目（section）或附件（attachment），二者择一。',
          'Name the section or the attachment to be corrected, one of the two.',
        ),
      );
    }
    if (reason.attachment !== null && !attached.includes(reason.attachment)) {
      findings.push(
        said(
          `${at}/attachment`,
          '该附件不在本次提交的材料中。',
          'This attachment is not part of what was submitted.',
        ),
      );
    }
    return findings;
  });
}

/** every reason of the return is answered before refiling. `unanswered` are reason numbers from 1. */
export function reasonsAnswered(policy: Policy, unanswered: readonly number[]): Finding[] {
  return unanswered.map((reason) =>
    block(policy, 'R-5', {
      code: 'return-reasons-unanswered',
      pointer: `/returns/latest/reasons/${reason}`,
      zh: `第${reason}条退回理由尚未答复：请修改所指部分，或填写说明。`,
      en: `Reason ${reason} of the return is unanswered: change the part it names or explain.`,
    }),
  );
}

/** at most so many submissions, the first included. */
export function withinLimit(policy: Policy, exhausted: boolean): Finding[] {
  if (!exhausted) return [];
  const { limit } = policy.submissions;
  return [
    block(policy, 'R-6', {
      code: 'submission-limit-reached',
      zh: `上报次数不得超过${limit}次（含初次上报），次数已用完，无法提交申报。`,
      en: `At most ${limit} submissions, the first included; they are used up.`,
    }),
  ];
}

/** nobody but a falsification decision undoes an acceptance. */
export function alreadyFinal(policy: Policy): Finding {
  return block(policy, 'R-11', {
    code: 'dossier-final',
    zh: '材料已形式审核通过，不能再更改。',
    en: 'The dossier was accepted and can no longer be changed.',
  });
}
