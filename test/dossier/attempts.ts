import type { DossierCommand } from '../../src/dossier/commands';
import { isSectionName } from '../../src/dossier/sections';
import {
  accept,
  addPaper,
  answerMasking,
  attach,
  attachmentNamed,
  close,
  concludeDefence,
  diploma,
  educationWith,
  endorse,
  explain,
  falsify,
  filedContent,
  filled,
  giveBack,
  nameShown,
  newDiploma,
  noAwards,
  noName,
  object,
  open,
  reason,
  receiveFee,
  receiveForms,
  recommend,
  save,
  scan,
  scheduleDefence,
  sealedNotice,
  sealedResult,
  settle,
  startPublicity,
  submit,
  withdraw,
} from '../support/dossier';
import type { Checker } from './checker';

/** What somebody tries in one go: commands in a row, most often a single one. */
export type Attempt = readonly DossierCommand[];

const { sections } = filedContent;
const photo = attachmentNamed('photo.jpg');
const { basicInformation: identity, practiceAbility } = sections;
const lessPractice = {
  entries: practiceAbility.entries === '无' ? '无' : practiceAbility.entries.slice(0, 1),
};
const otherPost = { ...identity, post: '总工程师' };

const fillIn = (stationed = false): Attempt => {
  const content = filled('senior', { stationed });
  return [
    ...content.attachments.map(attach),
    ...Object.entries(content.masking).map(([sha256, answer]) => answerMasking({ sha256 }, answer)),
    ...Object.keys(content.sections)
      .filter(isSectionName)
      .map((name) => save(name, content.sections[name])),
  ];
};
const opening: readonly Attempt[] = [
  ...Array<Attempt>(6).fill([open, ...fillIn()]),
  [open, ...fillIn(true)],
  [open],
];

const inHand: readonly Attempt[] = [
  fillIn(),
  [save('education', sections.education)],
  [save('awards', noAwards)],
  [save('awards', sections.awards)],
  [save('practiceAbility', lessPractice)],
  [save('basicInformation', otherPost)],
  [
    attach(newDiploma),
    answerMasking(newDiploma, noName),
    save('education', educationWith(newDiploma)),
  ],
  [attach(scan('licence')), save('education', educationWith(diploma, scan('licence')))],
  [answerMasking(scan('licence'), noName)],
  [answerMasking(photo, nameShown(null))],
  [answerMasking(photo, noName)],
  [attach(scan('masked photo')), answerMasking(photo, nameShown(scan('masked photo')))],
  [explain(1, '已核对')],
  [explain(1, '已核对'), explain(2, '原件如此')],
  ...Array<Attempt>(14).fill([submit]),
  [{ type: 'Submit', confirmed: false }],
  [withdraw],
  [close],
];
const returns: readonly Attempt[] = [
  [giveBack(reason())],
  [giveBack(reason({ section: 'awards' }), reason())],
  [giveBack(reason({ section: 'practiceAbility' }))],
  [giveBack()],
];
const withPapers: Attempt = [addPaper(sealedNotice), addPaper(sealedResult), recommend];
/** Most of what a unit does is one thing: put it up first, wait and recommend then. */
const atTheUnit = (isUp: boolean): readonly Attempt[] => [
  ...Array<Attempt>(isUp ? 1 : 9).fill([startPublicity]),
  ...Array<Attempt>(isUp ? 9 : 1).fill(withPapers),
  [recommend],
  [{ ...recommend, statement: '同意推荐', papers: {} }],
  [object()],
  [settle(1)],
  [settle(1), settle(2, true)],
  ...returns,
];
const atASupervisor: readonly Attempt[] = [...Array<Attempt>(8).fill([endorse]), ...returns];
const atTheOffice: readonly Attempt[] = [...Array<Attempt>(6).fill([accept]), ...returns];
/** Appointments the office makes (四(一)18). */
const defences = ['2022-10-12T10:00:00.000+08:00', '2022-10-13T10:00:00.000+08:00'] as const;
const absent = { attended: false, minutes: null, passed: false };
const concluding: readonly Attempt[] = [
  [receiveFee()],
  [receiveFee(350)],
  [receiveForms()],
  [receiveForms(1)],
  ...defences.map((defenceAt): Attempt => [scheduleDefence(defenceAt)]),
  [concludeDefence()],
  [concludeDefence({ passed: false, minutes: 6 })],
  [concludeDefence(absent)],
  [concludeDefence({ ...absent, cause: '住院' })],
];

/** Anything at all, wherever the dossier lies. */
export const everything: readonly Attempt[] = [
  [open],
  ...inHand.slice(1),
  ...atTheUnit(true),
  [{ ...recommend, checklist: {} }],
  [endorse],
  [accept],
  ...concluding,
  [falsify],
];

/** What fits where the dossier lies now. */
export function fitting({ place, step, chain: along, unit }: Checker): readonly Attempt[] {
  switch (place) {
    case 'nowhere':
      return opening;
    case 'withdrawn':
    case 'closed':
      return [[open]];
    case 'in hand':
      return inHand;
    case 'in review':
      if (step === 0) return atTheUnit(unit.mayRecommendFrom !== null);
      return step === (along?.length ?? 0) - 1 ? atTheOffice : atASupervisor;
    case 'accepted':
      return [...concluding, ...concluding, ...concluding, ...everything];
  }
}
