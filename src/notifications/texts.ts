import { isSectionName, sections as sectionTitles } from '../dossier/sections';
import type { Instant } from '../engine/instant';
import type { Stage } from '../organisations/organisation';
import { reviewWindow, type Policy } from '../rounds/policy';
import type { Text } from '../rules/finding';
import { moment } from '../rules/moment';
import { roundDeadlines } from './deadlines';
import type { Occasion } from './notification';
import { deadlineNear, deadlinesCorrected } from './reminder-texts';

/** A notification in the languages the service speaks. */
export type Wording = {
  readonly title: Text;
  readonly text: Text;
  /** Last instant to do what it asks for; null where it asks for nothing. */
  readonly deadline: Instant | null;
};

/** What to tell of an occasion, under the policy it was judged by. */
export function wordingOf(occasion: Occasion, policy: Policy): Wording {
  switch (occasion.type) {
    case 'submitted':
      return told(
        { zh: '已收到您的申报', en: 'Your submission was received' },
        {
          zh: `第${occasion.number}次提交已收到，等待单位审核。剩余提交次数：${occasion.remaining}。`,
          en: `Submission ${occasion.number} was received and waits for your unit. Tries left: ${occasion.remaining}.`,
        },
      );
    case 'passed-on': {
      const [by, to] = [reviewers[occasion.by], reviewers[occasion.to]];
      return told(
        { zh: `${by.zh}已审核通过`, en: `Passed by ${by.en}` },
        {
          zh: `您的申报材料已由${by.zh}审核并上报，现由${to.zh}审核。`,
          en: `Your dossier was passed by ${by.en} and is now with ${to.en}.`,
        },
      );
    }
    case 'returned':
      return returned(occasion, policy);
    case 'accepted':
      return accepted(policy);
    case 'closed':
      return told(
        { zh: '申报已关闭', en: 'Your dossier was closed' },
        closingCauses[occasion.cause],
      );
    case 'falsified':
      return falsified(occasion, policy);
    case 'investigation-opened':
      return told(
        { zh: '已对您的申报立案调查', en: 'An investigation of your dossier was opened' },
        {
          zh: '因涉嫌弄虚作假，您的申报材料已立案调查，已上报的内容和附件已封存。您可以陈述、申辩；调查期间申报照常进行。',
          en: 'Your dossier is suspected to be falsified and is investigated; what you filed is on record as it is. You may state your case. Meanwhile the review goes on.',
        },
      );
    case 'statement-heard':
      return told(
        { zh: '您的陈述已记录', en: 'Your statement is on record' },
        {
          zh: '您就调查所作的陈述已记录在案。',
          en: 'What you stated to the investigation is on record.',
        },
      );
    case 'investigation-dismissed':
      return told(
        { zh: '调查已结束', en: 'The investigation is closed' },
        {
          zh: '经调查，未认定您的申报材料弄虚作假，申报照常进行。',
          en: 'No falsification was found in your dossier; the review goes on.',
        },
      );
    case 'withdrawn':
      return told(
        { zh: '申报已撤回', en: 'Your dossier was withdrawn' },
        {
          zh: '您的申报已撤回。已用的提交次数仍计算在内。',
          en: 'Your dossier was withdrawn. Tries already used stay used.',
        },
      );
    case 'fee-received':
      return told(
        { zh: '已收到评审费', en: 'The fee was received' },
        {
          zh: `已收到评审费${occasion.amount}元。`,
          en: `The review fee of ${occasion.amount} yuan was received.`,
        },
      );
    case 'printed-forms-received':
      return told(
        { zh: '已收到评审表', en: 'The printed forms were received' },
        {
          zh: `已收到纸质评审表${occasion.copies}份。`,
          en: `${occasion.copies} printed evaluation forms were received.`,
        },
      );
    case 'defence-appointed':
      return defenceAppointed(occasion, policy);
    case 'defence-concluded':
      return told({ zh: '答辩结果', en: 'Outcome of the defence' }, outcomes[occasion.outcome]);
    case 'deadline-near':
      return deadlineNear(occasion, policy);
    case 'deadlines-corrected':
      return deadlinesCorrected(occasion);
    default:
      return occasion satisfies never;
  }
}

function told(title: Text, text: Text, deadline: Instant | null = null): Wording {
  return { title, text, deadline };
}

type About<Type extends Occasion['type']> = Extract<Occasion, { type: Type }>;

const reviewers: Readonly<Record<Stage['kind'], Text>> = {
  unit: { zh: '所在单位', en: 'your unit' },
  supervision: { zh: '主管单位', en: 'the supervising body' },
  'title-office': { zh: '职称办公室', en: 'the title office' },
};

function returned(occasion: About<'returned'>, policy: Policy): Wording {
  const by = reviewers[occasion.by];
  const names = occasion.sections.filter(isSectionName).map((name) => sectionTitles[name]);
  const { attachments, reasons } = occasion;
  const zh = [
    ...names.map(({ title }) => title),
    ...(attachments === 0 ? [] : [`附件${attachments}份`]),
  ].join('、');
  const en = [
    ...names.map(({ english }) => english),
    ...(attachments === 0 ? [] : [`attachments: ${attachments}`]),
  ].join(', ');
  const { limit, counting } = policy.submissions;
  const title = { zh: `${by.zh}已退回修改`, en: `Returned by ${by.en}` };
  const asked = {
    zh: `${by.zh}退回了第${occasion.submission}次提交，共${reasons}条意见，涉及：${zh}。`,
    en: `Submission ${occasion.submission} was returned by ${by.en}; reasons: ${reasons}; parts: ${en}.`,
  };
  // After the last try nothing can be filed again; the closing, which is told too, says so.
  if (counting === 'every-submission' && occasion.submission >= limit) return told(title, asked);
  const { closes } = reviewWindow(policy);
  const until = moment(closes);
  const text = {
    zh: `${asked.zh}请逐条修改或说明，并于${until.zh}前再次提交。`,
    en: `${asked.en} Correct or explain each and submit again by ${until.en}.`,
  };
  return told(title, text, closes);
}

function accepted(policy: Policy): Wording {
  const { forms, dueBy } = policy.afterAcceptance;
  const due = roundDeadlines(policy).find(({ kind }) => kind === 'fee-and-forms');
  return told(
    { zh: '材料审核已通过', en: 'Your dossier was accepted' },
    {
      zh: `您的申报材料已通过职称办公室审核。请于${dueBy.day}前报送双面打印的评审表${forms.copies}份并缴纳评审费。`,
      en: `The title office accepted your dossier. Hand in ${forms.copies} double-sided evaluation forms and pay the fee by ${dueBy.day}.`,
    },
    due?.closes ?? null,
  );
}

const closingCauses: Readonly<Record<About<'closed'>['cause'], Text>> = {
  'never-submitted': {
    zh: '申报期已结束，您的材料未提交，系统已自动关闭。',
    en: 'The filing window has closed and your dossier was never submitted, so it was closed.',
  },
  'not-resubmitted': {
    zh: '您的材料未在规定时间内再次提交，系统已自动关闭。',
    en: 'Your dossier was not submitted again in time, so it was closed.',
  },
  'submission-limit': {
    zh: '提交次数已用完，您的申报已关闭。',
    en: 'All tries are used up, so your dossier was closed.',
  },
};

function falsified({ titleWithdrawn }: About<'falsified'>, policy: Policy): Wording {
  const { barYears } = policy.falsification;
  const undone = titleWithdrawn
    ? { zh: '取消已确认的资格', en: 'the acceptance is withdrawn' }
    : { zh: '不予受理', en: 'the dossier is not accepted' };
  return told(
    { zh: '弄虚作假处理决定', en: 'Decision on falsified materials' },
    {
      zh: `经查实，您提交的材料弄虚作假，${undone.zh}，并从申报年度下一年度起${barYears}年内不得申报。`,
      en: `Your materials were found to be falsified: ${undone.en}, and you may not apply for ${barYears} years from the year after this round.`,
    },
  );
}

function defenceAppointed(
  { defenceAt, meeting }: About<'defence-appointed'>,
  policy: Policy,
): Wording {
  const at = moment(defenceAt);
  const { least, most } = policy.afterAcceptance.defence.minutes;
  return told(
    { zh: '答辩安排', en: 'Appointment for your defence' },
    {
      zh: `答辩时间：${at.zh}；会议：${meeting}；每人${least}至${most}分钟。无故不参加的，一票否决。`,
      en: `Your defence: ${at.en}; meeting: ${meeting}; ${least} to ${most} minutes each. Absence without cause is a veto.`,
    },
    defenceAt,
  );
}

const outcomes: Readonly<Record<About<'defence-concluded'>['outcome'], Text>> = {
  passed: { zh: '您的答辩已通过。', en: 'You passed the defence.' },
  failed: { zh: '您的答辩未通过。', en: 'You did not pass the defence.' },
  vetoed: {
    zh: '您无故未参加答辩，实行一票否决，评审不予通过。',
    en: 'You were absent from the defence without cause: one-vote veto, the review is not passed.',
  },
  excused: {
    zh: '您因故未参加答辩，将另行安排。',
    en: 'You were absent from the defence with cause; another appointment follows.',
  },
};
