import type { DossierEvent } from '../../src/dossier/events';
import type { RecordedEvent } from '../../src/engine/event-store';
import { notificationOf, type Occasion } from '../../src/notifications/notification';
import { wordingOf } from '../../src/notifications/texts';
import { policy2022 as policy } from '../../src/rounds/policy-2022';
import {
  accepted,
  appointed,
  atBureau,
  atOffice,
  atUnit,
  concluded,
  dossierOf,
  opened,
  recordable,
  returned,
  submitted,
  withdrawn,
} from './happenings';

const recorded = (event: DossierEvent, person: string | null = 'alice'): RecordedEvent => ({
  ...recordable(event, person),
  stream: `dossier-${dossierOf('alice')}`,
  revision: 3,
  position: '000000000007',
});

const occasion = (event: DossierEvent): Occasion => {
  const told = notificationOf(recorded(event));
  if (told === undefined) throw new Error(`nothing is told of ${event.type}`);
  return told.occasion;
};

const defenceAt = '2022-10-12T10:30:00.000+08:00';

const events: readonly [string, DossierEvent][] = [
  ['submitted', submitted('alice')],
  ['submitted', submitted('alice', 2)],
  [
    'passed-on',
    {
      type: 'DossierRecommended',
      data: { from: atUnit, to: atBureau, checklist: [], statement: '', papers: {} },
    },
  ],
  ['passed-on', { type: 'DossierEndorsed', data: { from: atBureau, to: atOffice, opinion: '' } }],
  ['returned', returned()],
  ['accepted', accepted],
  ['closed', { type: 'DossierClosed', data: { cause: 'never-submitted' } }],
  ['closed', { type: 'DossierClosed', data: { cause: 'not-resubmitted' } }],
  ['closed', { type: 'DossierClosed', data: { cause: 'submission-limit' } }],
  [
    'falsified',
    {
      type: 'DossierFalsified',
      data: { from: null, falsificationCase: 'c', titleWithdrawn: true },
    },
  ],
  ['withdrawn', withdrawn],
  ['fee-received', { type: 'FeeReceived', data: { at: '', amount: 500, warnings: [] } }],
  [
    'printed-forms-received',
    {
      type: 'PrintedFormsReceived',
      data: { at: '', copies: 2, warnings: [] },
    },
  ],
  ['defence-appointed', appointed(defenceAt)],
  ['defence-concluded', concluded('passed')],
  ['defence-concluded', concluded('failed')],
  ['defence-concluded', concluded('vetoed')],
  ['defence-concluded', concluded('excused')],
];

const others: readonly Occasion[] = [
  { type: 'investigation-opened' },
  { type: 'statement-heard' },
  { type: 'investigation-dismissed' },
  ...(['filing', 'refiling', 'fee-and-forms', 'defence'] as const).map((kind) => ({
    type: 'deadline-near' as const,
    kind,
    deadline: defenceAt,
    leadHours: 24,
    outstanding: ['fee', 'printed-forms'] as const,
  })),
  {
    type: 'deadlines-corrected',
    version: 2,
    changed: [{ kind: 'filing', opens: null, closes: defenceAt }],
  },
];

describe('M-31: applicants learn of', () => {
  it.each(events)('%s', (type, event) => {
    expect(notificationOf(recorded(event))).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
      position: '000000000007',
      recipient: 'alice',
      dossier: dossierOf('alice'),
      at: '2022-08-10T09:00:00.000+08:00',
      policyVersion: 1,
      occasion: expect.objectContaining({ type }) as unknown,
    });
  });

  const inCase = (type: string, data: object): RecordedEvent => ({
    ...recordable({ type, data: { dossier: dossierOf('alice'), ...data } }, 'alice'),
    stream: 'falsification-1',
    revision: 0,
    position: '000000000008',
  });

  it.each([
    ['investigation-opened', inCase('FalsificationCaseOpened', {})],
    ['statement-heard', inCase('StatementHeard', { person: 'alice' })],
    ['investigation-dismissed', inCase('FalsificationCaseDecided', { upheld: false })],
  ])('%s', (type, event) => {
    expect(notificationOf(event)).toMatchObject({
      ...{ recipient: 'alice', dossier: dossierOf('alice'), occasion: { type } },
    });
  });

  it('nothing that others said of it, and of an upheld case what follows from it', () => {
    expect(notificationOf(inCase('StatementHeard', { person: 'uma' }))).toBeUndefined();
    expect(notificationOf(inCase('FalsificationCaseDecided', { upheld: true }))).toBeUndefined();
  });

  it('nothing they did in private, no objection, and nothing that is about nobody', () => {
    const objection = { number: 1, at: '', text: '举报' };
    const silent: readonly DossierEvent[] = [
      opened('alice'),
      { type: 'SectionSaved', data: { section: 'education', content: {} } },
      { type: 'ObjectionRecorded', data: objection },
      { type: 'ObjectionSettled', data: { number: 1, at: '', upheld: true, statement: '属实' } },
    ];
    for (const event of silent) expect(notificationOf(recorded(event))).toBeUndefined();
    expect(notificationOf(recorded(accepted, null))).toBeUndefined();
  });
});

describe('every notification', () => {
  const all = [...events.map(([, event]) => occasion(event)), ...others];
  it.each(all)('speaks Chinese and English: $type', (one) => {
    const { title, text } = wordingOf(one, policy);
    for (const said of [title, text]) {
      expect(said.zh).toMatch(/\p{Script=Han}/u);
      // The name of a meeting is as the office gave it.
      expect(said.en.replace('第一会议室', '')).toMatch(/^[^\p{Script=Han}]+$/u);
    }
  });
});

describe('a return', () => {
  const { text, deadline } = wordingOf(occasion(returned()), policy);

  it('counts its reasons and names the parts, each once', () => {
    expect(text.zh).toContain('第1次提交，共4条意见，涉及：个人工作总结、学历学位、附件1份。');
    expect(text.en).toContain('reasons: 4; parts: Work summary, Education, attachments: 1.');
  });

  it('says until when it can be filed again', () => {
    expect(text.zh).toContain('2022年9月15日23:59前再次提交');
    expect(text.en).toContain('by 2022-09-15 23:59 Beijing time');
    expect(deadline).toBe('2022-09-15T23:59:59.999+08:00');
  });

  it('repeats nothing a reviewer wrote', () => {
    expect(JSON.stringify(occasion(returned()))).not.toContain('王芳');
  });

  it('of the last try does not ask for what can no longer be done', () => {
    const last = wordingOf(occasion(returned(3)), policy);
    expect(last.deadline).toBeNull();
    expect(last.text.zh).not.toContain('再次提交');
  });
});

it('an acceptance and an appointment name their deadline', () => {
  expect(wordingOf(occasion(accepted), policy).deadline).toBe('2022-09-30T23:59:59.999+08:00');
  const defence = wordingOf(occasion(appointed(defenceAt)), policy);
  expect(defence.deadline).toBe(defenceAt);
  expect(defence.text.zh).toContain('2022年10月12日10:30；会议：第一会议室');
});
