import type { DossierEvent } from '../../src/dossier/events';
import { streamOf } from '../../src/dossier/stream';
import type { Json, RecordedEvent } from '../../src/engine/event-store';
import type { Circumstances } from '../../src/projections/investigation/circumstances';
import { caseTimeline, timeline } from '../../src/projections/investigation/timeline';
import {
  accepted,
  acceptedOf,
  atBureau,
  atOffice,
  closed,
  defenceConcluded,
  defenceScheduled,
  draft,
  endorsed,
  explained,
  falsified,
  feeReceived,
  filedContent,
  formsReceived,
  objected,
  passedUpTo,
  policy,
  readyToRecommend,
  recommended,
  reopened,
  returned,
  revised,
  settled,
  submitted,
  withdrawn,
} from '../support/dossier';
import { dossier, recorded } from './recorded';

const circumstances: Circumstances = {
  policyOf: (version) => (version === 1 ? policy : undefined),
  nameOf: (organisation) => `〈${organisation}〉`,
};

const told = (
  events: readonly DossierEvent[],
  at?: (index: number, event: DossierEvent) => string,
) => timeline(dossier, recorded(events, at), circumstances);
const last = (...given: Parameters<typeof told>) => {
  const entry = told(...given).at(-1);
  if (entry === undefined) throw new Error('nothing is told');
  return entry;
};

const everything: readonly DossierEvent[] = [
  ...draft(),
  submitted(),
  returned(),
  explained(1, '原件如此'),
  revised('education', { entries: '无' }),
  submitted(2),
  ...readyToRecommend(),
  objected(1),
  settled(1),
  recommended(),
  endorsed(atBureau, atOffice),
  accepted(),
  feeReceived(),
  formsReceived(),
  defenceScheduled(),
  defenceConcluded(),
  falsified(null, true),
  withdrawn(null),
  reopened(),
  closed('never-submitted'),
];

describe('The timeline of a dossier', () => {
  it('tells every kind of event in Chinese and in English, by whom and by which rule', () => {
    const entries = told(everything);
    expect(entries).toHaveLength(everything.length);
    expect(new Set(entries.map(({ type }) => type)).size).toBe(24);
    for (const { type, sentence, rules, revision } of entries) {
      expect([type, sentence.zh]).toEqual([type, expect.stringMatching(/（.+）.+。$/)]);
      expect([type, sentence.en]).toEqual([type, expect.stringMatching(/\(.+\) .+\.$/)]);
      expect(`${sentence.zh}${sentence.en}`).not.toMatch(/undefined|\[object|NaN/);
      expect(entries[revision]?.revision).toBe(revision);
      if (type === 'DossierWithdrawn') expect(rules).toEqual([]);
      else expect(rules).not.toEqual([]);
      for (const { clause } of rules) expect(clause).toMatch(/^[一二三四]/);
    }
  });

  it('names the person, the role and the organisation, and the next one', () => {
    const { sentence, organisation, rules, policyVersion, address } = last([
      ...draft(),
      submitted(),
      ...readyToRecommend(),
      recommended(),
    ]);
    expect(sentence).toEqual({
      zh: 'reviewer of station（〈station〉，单位审核人员）核查后推荐（申报内容无漏项、申报材料真实、内容表述准确），报〈bureau〉，到达后等待0秒（其中办公时间0秒）。',
      en: 'reviewer of station (unit reviewer, 〈station〉) recommended it to 〈bureau〉, having checked: nothing is left out, the materials are authentic, what is stated is accurate after it had waited 0 s (office hours: 0 s).',
    });
    expect({ organisation, policyVersion, address }).toEqual({
      organisation: '〈station〉',
      policyVersion: 1,
      address: '192.0.2.7',
    });
    expect(rules).toEqual([
      { rule: 'R-1', clause: '三(四)' },
      { rule: 'R-3', clause: '三(四)' },
      { rule: 'R-9', clause: '四(二)' },
    ]);
  });

  it('gives the reasons of a return as they were given, by the titles of what they name', () => {
    const { reasons, sentence } = last([...draft(), submitted(), returned()]);
    expect(reasons).toEqual([
      {
        zh: '〔学历学位〕内容表述不准确：请核对毕业时间',
        en: '[Education] what is stated is not accurate: 请核对毕业时间',
      },
    ]);
    expect(sentence.zh).toContain('在基层单位环节退回第1次提交，理由1条');
  });

  it('says how long it had waited at the stage it left, in office hours too', () => {
    const filed = '2022-08-26T12:00:00.000+08:00'; // a Friday
    const monday = '2022-08-29T11:00:00.000+08:00';
    const events = [...draft(), submitted(), returned()];
    const entry = last(events, (_, { type }) => (type === 'DossierReturned' ? monday : filed));
    expect(entry.waited).toEqual({
      stage: 'unit',
      since: filed,
      seconds: 71 * 3600,
      officeSeconds: 7 * 3600,
    });
    expect(entry.sentence.zh).toMatch(/，到达后等待2天23小时（其中办公时间7小时）。$/);
    expect(told(events)[0]?.waited).toBeNull();
  });

  it('measures the wait from each stage anew', () => {
    const events = [...draft(), submitted(), ...passedUpTo(atOffice), accepted()];
    const entries = told(
      events,
      (index) => `2022-08-26T${String(index % 24).padStart(2, '0')}:00:00.000+08:00`,
    );
    const since = entries.flatMap(({ waited }) => (waited === null ? [] : [waited.since]));
    const moves = entries.filter(({ type }) =>
      ['DossierSubmitted', 'DossierRecommended', 'DossierEndorsed'].includes(type),
    );
    expect(since).toEqual(moves.map(({ at }) => at));
    expect(since).toHaveLength(4);
  });
});

describe('What changed', () => {
  const { basicInformation, education } = filedContent.sections;
  const corrected = {
    ...basicInformation,
    post: '总工程师',
    phone: '13900001111',
  };
  const again: readonly DossierEvent[] = [
    ...draft(),
    submitted(),
    returned(),
    revised('basicInformation', corrected),
    submitted(2),
  ];

  it('is told of a refiling field by field, by the titles of the form, identifiers masked', () => {
    expect(last(again).changes).toEqual([
      {
        pointer: '/sections/basicInformation/phone',
        kind: 'changed',
        before: expect.stringMatching(/^\d{3}\*+\d{4}$/) as unknown,
        after: '139****1111',
        title: { zh: '基本信息 › 手机号码', en: 'Basic information › Mobile phone' },
      },
      {
        pointer: '/sections/basicInformation/post',
        kind: 'changed',
        before: basicInformation.post,
        after: '总工程师',
        title: { zh: '基本信息 › 现任职务或岗位', en: 'Basic information › Present post' },
      },
    ]);
  });

  it('is told of what was merely saved without the values', () => {
    const [, saved] = told(again).slice(-2 - 1);
    expect(saved).toMatchObject({ type: 'SectionRevised', reasons: [] });
    expect(saved?.changes.map(({ pointer }) => pointer)).toEqual([
      '/sections/basicInformation/phone',
      '/sections/basicInformation/post',
    ]);
    for (const change of saved?.changes ?? []) {
      expect(change).not.toHaveProperty('before');
      expect(change).not.toHaveProperty('after');
    }
  });

  it('has the places of lists in its titles', () => {
    const entries = education.entries === '无' ? [] : education.entries;
    const [first] = entries.map((entry) => ({ ...entry, school: '新疆农业大学（西区）' }));
    const { changes } = last([
      ...draft(),
      submitted(),
      returned(),
      revised('education', { entries: first === undefined ? '无' : [first] }),
      submitted(2),
    ]);
    expect(changes.map(({ title }) => title.zh)).toContain(
      '学历学位 › 学历学位 › 第1项 › 毕业院校',
    );
  });

  it('is nothing in a first filing, or where nothing was changed', () => {
    expect(last([...draft(), submitted()]).changes).toEqual([]);
    expect(last([...draft(), submitted(), returned(), submitted(2)]).changes).toEqual([]);
    expect(
      told(acceptedOf()).flatMap(({ type, changes }) => (type === 'SectionSaved' ? [] : changes)),
    ).toEqual([]);
  });
});

describe('The timeline of a case', () => {
  const auditor = {
    kind: 'person',
    subject: 'aud',
    roles: ['auditor'],
    organisation: 'office',
  } as const;
  const happened = (type: string, data: Json, revision: number): RecordedEvent => ({
    ...{ id: type, stream: 'falsification-1', revision, position: `00${revision}`, type, data },
    metadata: {
      ...{ at: '2022-09-20T11:00:00.000+08:00', actor: auditor, address: null, command: null },
      ...{ policyVersion: 1, person: 'applicant', jurisdiction: [] },
    },
  });
  const at = '2022-09-20T11:00:00.000+08:00';

  it('tells the opening with what was frozen, each hearing and the decision', () => {
    const frozen = {
      revision: 40,
      submissions: [{ number: 1, contentHash: 'c' }],
      ...{ evidence: ['a', 'b'], unitPapers: [] },
    };
    const id = streamOf(dossier);
    const opened = { dossier: id, openedBy: 'aud', at, grounds: '任务书不符', frozen };
    const heard = {
      dossier: id,
      number: 1,
      person: 'uma',
      statement: '未见原件',
      heardBy: 'aud',
      at,
    };
    const decided = { dossier: id, upheld: true, statement: '属实', decidedBy: 'abe', at };
    const entries = caseTimeline(
      [
        happened('FalsificationCaseOpened', opened, 0),
        happened('StatementHeard', heard, 1),
        happened('FalsificationCaseDecided', decided, 2),
      ],
      circumstances,
    );
    expect(entries.map(({ sentence, reasons }) => [sentence.zh, reasons[0]?.zh])).toEqual([
      ['aud（〈office〉，审计人员）立案调查，封存提交1次、附件2份。', '任务书不符'],
      ['aud（〈office〉，审计人员）听取了uma的陈述。', '未见原件'],
      ['aud（〈office〉，审计人员）作出决定：弄虚作假成立。', '属实'],
    ]);
    for (const { rules } of entries) expect(rules).toEqual([{ rule: 'M-26', clause: '四(一)16' }]);
  });
});
