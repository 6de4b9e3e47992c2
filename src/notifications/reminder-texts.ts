import type { Instant } from '../engine/instant';
import type { Policy } from '../rounds/policy';
import type { Text } from '../rules/finding';
import { moment } from '../rules/moment';
import type { DeadlineKind, Outstanding, RoundDeadline } from './deadlines';
import type { Occasion } from './notification';

type About<Type extends Occasion['type']> = Extract<Occasion, { type: Type }>;

/** Says what is to be done and until when. */
export function deadlineNear(
  { kind, deadline, outstanding }: About<'deadline-near'>,
  policy: Policy,
): { title: Text; text: Text; deadline: Instant } {
  const at = moment(deadline);
  return {
    title: { zh: `提醒：${nouns[kind].zh}`, en: `Reminder: ${nouns[kind].en}` },
    text: asked(kind, at, missing(outstanding, policy)),
    deadline,
  };
}

const nouns: Readonly<Record<DeadlineKind, Text>> = {
  filing: { zh: '网上申报即将截止', en: 'filing closes soon' },
  refiling: { zh: '再次提交即将截止', en: 'submitting again closes soon' },
  'fee-and-forms': { zh: '评审表和评审费即将截止', en: 'printed forms and fee are due soon' },
  defence: { zh: '答辩即将开始', en: 'your defence is near' },
};

function asked(kind: DeadlineKind, at: Text, outstanding: Text): Text {
  switch (kind) {
    case 'filing':
      return {
        zh: `您的申报材料尚未提交，网上申报于${at.zh}截止，逾期不予受理。`,
        en: `Your dossier has not been submitted. Filing closes at ${at.en}; nothing is taken after that.`,
      };
    case 'refiling':
      return {
        zh: `您被退回的材料尚未再次提交，请于${at.zh}前提交，逾期将自动关闭。`,
        en: `Your returned dossier has not been submitted again. It is closed after ${at.en}.`,
      };
    case 'fee-and-forms':
      return {
        zh: `尚未收到：${outstanding.zh}。请于${at.zh}前报送。`,
        en: `Still outstanding: ${outstanding.en}. Due by ${at.en}.`,
      };
    case 'defence':
      return {
        zh: `您的答辩时间为${at.zh}。无故不参加的，一票否决。`,
        en: `Your defence is at ${at.en}. Absence without cause is a veto.`,
      };
  }
}

function missing(outstanding: readonly Outstanding[], policy: Policy): Text {
  const { copies } = policy.afterAcceptance.forms;
  const names: Readonly<Record<Outstanding, Text>> = {
    fee: { zh: '评审费', en: 'the review fee' },
    'printed-forms': { zh: `评审表${copies}份`, en: `${copies} printed evaluation forms` },
  };
  return {
    zh: outstanding.map((one) => names[one].zh).join('、'),
    en: outstanding.map((one) => names[one].en).join(', '),
  };
}

/** Names the deadlines as they are now. */
export function deadlinesCorrected({ changed }: About<'deadlines-corrected'>): {
  title: Text;
  text: Text;
  deadline: null;
} {
  const now = changed.map(period);
  return {
    title: { zh: '申报时间调整', en: 'Dates of the round were changed' },
    text: {
      zh: `本年度时间安排有调整：${now.map(({ zh }) => zh).join('；')}。`,
      en: `The dates of the round are now: ${now.map(({ en }) => en).join('; ')}.`,
    },
    deadline: null,
  };
}

const periods: Readonly<Record<RoundDeadline['kind'], Text>> = {
  filing: { zh: '网上申报', en: 'filing' },
  refiling: { zh: '集中审核（含再次提交）', en: 'review and submitting again' },
  'fee-and-forms': { zh: '报送评审表和评审费', en: 'printed forms and fee' },
};

function period({ kind, opens, closes }: RoundDeadline): Text {
  const until = moment(closes);
  const from = opens === null ? null : moment(opens);
  return {
    zh: `${periods[kind].zh}${from === null ? '' : `自${from.zh}`}至${until.zh}`,
    en: `${periods[kind].en} ${from === null ? '' : `from ${from.en} `}until ${until.en}`,
  };
}
