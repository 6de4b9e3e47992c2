import type { Actor } from '../../../engine/event-store';
import type { Text } from '../../../rules/finding';
import type { Circumstances, Waited } from '../circumstances';

const roles: Readonly<Record<string, Text>> = {
  applicant: { zh: '申报人', en: 'applicant' },
  'unit-reviewer': { zh: '单位审核人员', en: 'unit reviewer' },
  supervisor: { zh: '主管单位审核人员', en: 'supervisor' },
  'title-office': { zh: '职称办公室审核人员', en: 'title office' },
  auditor: { zh: '审计人员', en: 'auditor' },
  administrator: { zh: '管理员', en: 'administrator' },
};

const processes: Readonly<Record<string, Text>> = {
  'window-closing': { zh: '时限届满', en: 'a window closed' },
  'submission-limit': { zh: '次数用完', en: 'the tries are used up' },
  'falsification-consequences': { zh: '弄虚作假处理', en: 'a falsification case' },
};

/** Who did it, what, and how long it had waited, in a sentence. */
export function sentenceOf(
  actor: Actor,
  did: Text,
  { nameOf, waited }: Circumstances & { readonly waited: Waited | null },
): Text {
  const who = whoOf(actor, nameOf);
  const after = waited === null ? { zh: '', en: '' } : waitedFor(waited);
  return { zh: `${who.zh}${did.zh}${after.zh}。`, en: `${who.en} ${did.en}${after.en}.` };
}

function whoOf(actor: Actor, nameOf: Circumstances['nameOf']): Text {
  if (actor.kind === 'system') {
    const { zh, en } = processes[actor.process] ?? { zh: actor.process, en: actor.process };
    return { zh: `系统（${zh}）`, en: `The system (${en})` };
  }
  const held = actor.roles.map((role) => roles[role] ?? { zh: role, en: role });
  const from = actor.organisation === null ? [] : [nameOf(actor.organisation)];
  return {
    zh: `${actor.subject}（${[...from, held.map(({ zh }) => zh).join('、')].join('，')}）`,
    en: `${actor.subject} (${[...held.map(({ en }) => en), ...from].join(', ')})`,
  };
}

function waitedFor({ seconds, officeSeconds }: Waited): Text {
  const whole = durationOf(seconds);
  const office = durationOf(officeSeconds);
  return {
    zh: `，到达后等待${whole.zh}（其中办公时间${office.zh}）`,
    en: ` after it had waited ${whole.en} (office hours: ${office.en})`,
  };
}

/** In the two largest units that say something. */
export function durationOf(seconds: number): Text {
  const units = [
    { length: 86_400, zh: '天', en: 'd' },
    { length: 3_600, zh: '小时', en: 'h' },
    { length: 60, zh: '分', en: 'min' },
    { length: 1, zh: '秒', en: 's' },
  ];
  let rest = seconds;
  const parts = units.map((unit) => {
    const amount = Math.floor(rest / unit.length);
    rest -= amount * unit.length;
    return { ...unit, amount };
  });
  const first = parts.findIndex(({ amount }) => amount > 0);
  if (first === -1) return { zh: '0秒', en: '0 s' };
  const told = parts.slice(first, first + 2).filter(({ amount }) => amount > 0);
  return {
    zh: told.map(({ amount, zh }) => `${amount}${zh}`).join(''),
    en: told.map(({ amount, en }) => `${amount} ${en}`).join(' '),
  };
}
