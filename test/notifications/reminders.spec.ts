import type { DossierEvent } from '../../src/dossier/events';
import type { RecordedEvent } from '../../src/engine/event-store';
import type { Instant } from '../../src/engine/instant';
import { deadlinesOf, roundDeadlines, type Deadline } from '../../src/notifications/deadlines';
import {
  announce,
  changedDeadlines,
  remind,
  type ReminderEvent,
} from '../../src/notifications/reminders';
import { policy2022 as policy } from '../../src/rounds/policy-2022';
import {
  accepted,
  appointed,
  concluded,
  early,
  opened,
  recordable,
  returned,
  submitted,
  withdrawn,
} from './happenings';

const filingCloses = '2022-08-31T20:00:00.000+08:00';
const reviewCloses = '2022-09-15T23:59:59.999+08:00';
const dueBy = '2022-09-30T23:59:59.999+08:00';
const defenceAt = '2022-10-12T10:30:00.000+08:00';

/** Each event an hour after the one before. */
const history = (...events: readonly DossierEvent[]): RecordedEvent[] =>
  events.map((event, revision) => ({
    ...recordable(event, 'alice', hoursAfter(revision)),
    stream: 'dossier-x',
    revision,
    position: String(revision),
  }));
const hoursAfter = (hours: number): Instant =>
  early.replace('T09', `T${String(9 + hours).padStart(2, '0')}`);

const filed = [opened('alice'), submitted('alice')];
const received = {
  fee: { type: 'FeeReceived', data: { at: early, amount: 500, warnings: [] } },
  forms: { type: 'PrintedFormsReceived', data: { at: early, copies: 2, warnings: [] } },
} as const satisfies Record<string, DossierEvent>;

describe('M-31: deadlines that matter to', () => {
  const none: Deadline['outstanding'] = [];
  it.each<[string, readonly DossierEvent[], readonly Deadline[]]>([
    [
      'a draft',
      [opened('alice')],
      [{ kind: 'filing', at: filingCloses, since: hoursAfter(0), outstanding: none }],
    ],
    ['a dossier under review', filed, []],
    [
      'a returned dossier',
      [...filed, returned()],
      [{ kind: 'refiling', at: reviewCloses, since: hoursAfter(2), outstanding: none }],
    ],
    ['one filed again', [...filed, returned(), submitted('alice', 2)], []],
    [
      'an accepted one',
      [...filed, accepted],
      [
        {
          kind: 'fee-and-forms',
          at: dueBy,
          since: hoursAfter(2),
          outstanding: ['fee', 'printed-forms'],
        },
      ],
    ],
    [
      'one that paid',
      [...filed, accepted, received.fee],
      [{ kind: 'fee-and-forms', at: dueBy, since: hoursAfter(2), outstanding: ['printed-forms'] }],
    ],
    ['one that has done all', [...filed, accepted, received.fee, received.forms], []],
    [
      'one to defend',
      [...filed, accepted, received.fee, received.forms, appointed(defenceAt)],
      [{ kind: 'defence', at: defenceAt, since: hoursAfter(5), outstanding: none }],
    ],
    [
      'one that defended',
      [...filed, accepted, received.fee, received.forms, appointed(early), concluded('passed')],
      [],
    ],
    [
      'one excused and appointed anew',
      [
        ...filed,
        accepted,
        received.fee,
        received.forms,
        appointed(early),
        concluded('excused'),
        appointed(defenceAt),
      ],
      [{ kind: 'defence', at: defenceAt, since: hoursAfter(7), outstanding: none }],
    ],
    ['a withdrawn one', [opened('alice'), withdrawn], []],
    ['nobody', [], []],
  ])('%s', (_, events, expected) => {
    expect(deadlinesOf(history(...events), policy)).toEqual(expected);
  });
});

describe('M-31: a reminder', () => {
  const deadline: Deadline = { kind: 'filing', at: filingCloses, since: early, outstanding: [] };
  const weekBefore = '2022-08-24T20:00:00.000+08:00';
  const dayBefore = '2022-08-30T20:00:00.000+08:00';
  const given = (leadHours: number): ReminderEvent => ({
    type: 'ReminderDue',
    data: { dossier: 'd', kind: 'filing', deadline: filingCloses, leadHours, outstanding: [] },
  });
  const at = (now: Instant, told: readonly ReminderEvent[] = [], of: Deadline = deadline) =>
    remind(told, { dossier: 'd', deadlines: [of], leads: [168, 24], now });

  it('is due from its lead on, to the millisecond', () => {
    expect(at('2022-08-24T19:59:59.999+08:00')).toEqual([]);
    expect(at(weekBefore)).toEqual([given(168)]);
  });

  it('is given once, and once for each lead', () => {
    expect(at(weekBefore, [given(168)])).toEqual([]);
    expect(at('2022-08-30T19:59:59.999+08:00', [given(168)])).toEqual([]);
    expect(at(dayBefore, [given(168)])).toEqual([given(24)]);
    expect(at(filingCloses, [given(168), given(24)])).toEqual([]);
  });

  it('missed is made up for by the latest, until the deadline and not after it', () => {
    expect(at(dayBefore)).toEqual([given(24)]);
    expect(at(filingCloses)).toEqual([given(24)]);
    expect(at('2022-08-31T20:00:00.001+08:00')).toEqual([]);
    expect(at(dayBefore, [given(24)])).toEqual([]);
  });

  it('is not given of what began after its lead', () => {
    const since = '2022-08-24T20:00:00.001+08:00';
    expect(at(weekBefore, [], { ...deadline, since: weekBefore })).toEqual([given(168)]);
    expect(at('2022-08-25T09:00:00.000+08:00', [], { ...deadline, since })).toEqual([]);
    expect(at(dayBefore, [], { ...deadline, since })).toEqual([given(24)]);
  });

  it('is given anew where the deadline was moved', () => {
    const moved = { ...deadline, at: '2022-09-02T20:00:00.000+08:00' };
    expect(at(dayBefore, [given(168), given(24)], moved)).toMatchObject([
      { data: { deadline: moved.at, leadHours: 168 } },
    ]);
  });

  it('is not given where the round reminds of nothing', () => {
    expect(
      remind([], { dossier: 'd', deadlines: [deadline], leads: [], now: filingCloses }),
    ).toEqual([]);
  });
});

describe('M-31: a corrected policy', () => {
  const before = roundDeadlines(policy);
  const filing = { ...policy.windows.filing, closes: '2022-09-02T20:00:00.000+08:00' };
  const after = roundDeadlines({ ...policy, windows: { ...policy.windows, filing } });

  it('is told as far as it moves a deadline', () => {
    expect(changedDeadlines(before, before)).toEqual([]);
    expect(changedDeadlines(before, after)).toEqual([
      {
        kind: 'filing',
        opens: '2022-08-05T10:00:00.000+08:00',
        closes: '2022-09-02T20:00:00.000+08:00',
      },
    ]);
  });

  it('is told once', () => {
    const asked = { dossier: 'd', version: 2, changed: after };
    const told = announce([], asked);
    expect(told).toEqual([{ type: 'DeadlinesCorrected', data: asked }]);
    expect(announce(told, asked)).toEqual([]);
    expect(announce(told, { ...asked, version: 3 })).toHaveLength(1);
  });
});
