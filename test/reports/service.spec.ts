import type { ReportListed, ReportTold } from '../../src/http/report-answers';
import { roles, type Role } from '../../src/application/access';
import {
  administrator,
  auditor,
  bureau,
  bureauSupervisor,
  elsewhere,
  neighbour,
  office,
  officer,
  unit,
  unitReviewer,
} from '../e2e/people';
import {
  body,
  problemIn,
  refusal,
  startService,
  type Person,
  type ServiceInProcess,
} from '../support/service';
import { beforeTheReview, fileSmallSeason } from './small-season';

describe('The reports', () => {
  let service: ServiceInProcess;
  let position: string;

  beforeAll(async () => {
    service = await startService({ simulatedNow: beforeTheReview });
    position = await fileSmallSeason(service);
  });
  afterAll(() => service.stop());

  const get = (person: Person, path: string) =>
    service.as(person).get(`/v1/reports/${path}`).set('Read-After', position);
  const ask = (person: Person, path: string): Promise<ReportTold> => body(get(person, path), 200);
  const total = async (person: Person, path: string) => (await ask(person, path)).total;
  const pointers = async (path: string): Promise<(string | undefined)[]> => {
    const response = await get(auditor, path);
    expect(response.status).toBe(400);
    const { findings = [] } = problemIn(response);
    return findings.map(({ pointer }) => pointer);
  };

  it('are listed with what can be asked of each', async () => {
    const listed = service.as(officer).get('/v1/reports').set('Accept-Language', 'en');
    const { items } = await body<{ readonly items: readonly ReportListed[] }>(listed, 200);
    expect(items.map(({ report }) => report)).toEqual([
      ...['progress', 'returns', 'turnaround', 'load', 'fees', 'falsification', 'evidence'],
    ]);
    for (const { report, title, about, dimensions, columns } of items) {
      expect([report, title, about]).toEqual([
        report,
        expect.stringMatching(/^[\x20-\x7e]+$/),
        expect.stringMatching(/^[\x20-\x7e]+$/),
      ]);
      for (const { key } of dimensions.filter(({ key }) => key !== 'section')) {
        await ask(auditor, `${report}?round=2022&by=${key}`);
      }
      const keys = columns.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it('tell of what was just done, where Read-After asks for it', async () => {
    expect(await total(auditor, 'progress?round=2022')).toMatchObject({
      opened: 4,
      submitted: 3,
      recommended: 2,
      preparing: 1,
      atUnit: 1,
      atSupervision: 2,
      accepted: 0,
    });
  });

  it('group and narrow', async () => {
    const { by, rows } = await ask(auditor, 'returns?round=2022&by=reason,section');
    expect(by).toEqual([
      { key: 'reason', title: '退回理由' },
      { key: 'section', title: '栏目' },
    ]);
    expect(rows).toEqual([
      {
        group: { reason: 'omission', section: 'education' },
        labels: { reason: '漏项或未注明“无”', section: '学历学位' },
        values: { returnsNamingIt: 1 },
      },
      {
        group: { reason: 'omission', section: 'workSummary' },
        labels: { reason: '漏项或未注明“无”', section: '个人工作总结' },
        values: { returnsNamingIt: 1 },
      },
    ]);
    const narrowed = `returns?round=2022&subSpecialty=operation-management&stage=unit`;
    expect(await total(auditor, narrowed)).toMatchObject({ decisions: 1, returned: 0 });
    const load = await ask(auditor, 'load?round=2022&by=reviewer,stage');
    expect(load.rows.map(({ group, values }) => [group.reviewer, values.decisions])).toEqual([
      ['nia', 1],
      ['uma', 2],
    ]);
  });

  it('go down the tree of organisations', async () => {
    const branches = async (person: Person, query = '') =>
      (await ask(person, `progress?round=2022&by=organisation${query}`)).rows.map(
        ({ group, values }) => [group.organisation, values.submitted],
      );
    expect(await branches(auditor)).toEqual([['ili-hr', 3]]);
    expect(await branches(auditor, `&organisation=${bureau}`)).toEqual([
      [unit, 2],
      [neighbour, 1],
    ]);
    expect(await branches(bureauSupervisor)).toEqual([
      [unit, 2],
      [neighbour, 1],
    ]);
    expect(await branches(unitReviewer)).toEqual([[unit, 2]]);
    expect(await branches(bureauSupervisor, `&organisation=${neighbour}`)).toEqual([
      [neighbour, 1],
    ]);
  });

  it('are not for applicants, nor for anybody about another jurisdiction', async () => {
    for (const role of roles) {
      const person: Person = { subject: 'somebody', roles: [role], organisation: office };
      const allowed = role !== ('applicant' satisfies Role);
      expect([role, (await get(person, 'progress?round=2022')).status]).toEqual([
        role,
        allowed ? 200 : 403,
      ]);
    }
    const foreign = (person: Person, organisation: string) =>
      refusal(get(person, `progress?round=2022&organisation=${organisation}`));
    const outside = [403, 'outside-jurisdiction'];
    expect(await foreign(unitReviewer, neighbour)).toEqual(outside);
    expect(await foreign(unitReviewer, bureau)).toEqual(outside);
    expect(await foreign(bureauSupervisor, elsewhere)).toEqual(outside);
    expect(await foreign({ ...auditor, organisation: bureau }, office)).toEqual(outside);
    const nowhere = get({ ...auditor, organisation: null }, 'progress?round=2022');
    expect(await refusal(nowhere)).toEqual([403, 'organisation-missing']);
  });

  it('tell a reviewer of everybody who has filed, and of no draft', async () => {
    expect(await total(officer, 'progress?round=2022')).toMatchObject({
      opened: '>=3',
      submitted: 3,
      recommended: 2,
      preparing: '<5',
      neverFiled: '<5',
      atUnit: 1,
    });
    expect(await total(officer, 'evidence?round=2022')).toMatchObject({
      dossiers: '<5',
      uses: '*',
    });
  });

  it('tell an administrator of no small group at all', async () => {
    const { total: all, rows } = await ask(administrator, 'progress?round=2022&by=level');
    expect(new Set(Object.values(all))).toEqual(new Set(['<5']));
    expect(rows).toEqual([]);
    expect(await total(administrator, 'returns?round=2022')).toMatchObject({
      returned: '<15',
      returnRate: '*',
    });
  });

  it.each([
    ['', ['/round']],
    ['?round=1999', ['/round']],
    ['?round=2022&by=colour', ['/by']],
    ['?round=2022&by=level,level', ['/by']],
    ['?round=2022&by=', ['/by']],
    ['?round=2022&by=level,tier,prefecture,day', ['/by']],
    ['?round=2022&by=stage', ['/by']],
    ['?round=2022&asOf=2022-08-32', ['/asOf']],
    ['?round=2022&asOf=2099-01-01', ['/asOf']],
    ['?round=2022&asOf=2022-08-26T09:00:00Z', ['/asOf']],
    ['?round=2022&colour=red', ['/colour']],
    ['?round=2022&stage=unit', ['/stage']],
    ['?round=2022&level=expert', ['/level']],
    ['?round=2022&tier=moon', ['/tier']],
    ['?round=2022&prefecture=moon&subSpecialty=cooking', ['/prefecture', '/subSpecialty']],
    ['?round=2022&organisation=nowhere', ['/organisation']],
    ['?round=2022&round=2022', ['/round']],
  ])('progress%s is refused at %j', async (query, at) => {
    expect(await pointers(`progress${query}`)).toEqual(at);
  });

  it.each([
    ['?round=2022&reason=bad-mood', ['/reason']],
    ['?round=2022&section=hobbies&tries=0', ['/tries']],
    ['?round=2022&section=hobbies', ['/section']],
    ['?round=2022&by=reason&tries=1', ['/by']],
  ])('returns%s is refused at %j', async (query, at) => {
    expect(await pointers(`returns${query}`)).toEqual(at);
  });

  it.each(['nothing', 'constructor', 'toString', '__proto__', 'progress%20'])(
    'there is none named %s',
    async (name) => {
      expect(await refusal(get(auditor, `${name}?round=2022`))).toEqual([404, 'not-found']);
    },
  );

  describe('for spreadsheets', () => {
    const csv = (path: string, language = 'zh') =>
      get(auditor, path).set('Accept', 'text/csv').set('Accept-Language', language);

    it('are UTF-8 with a byte order mark, under a name that says what they are', async () => {
      const response = await csv('progress?round=2022&by=organisation,level');
      const now = '2022-08-\\d\\d';
      expect(response.headers['content-type']).toMatch(/^text\/csv; charset=utf-8/);
      expect(response.headers['content-disposition']).toMatch(
        new RegExp(
          `^attachment; filename="progress-2022-${now}.csv"; ` +
            `filename\\*=UTF-8''${encodeURIComponent('申报进度')}-2022-${now}.csv$`,
        ),
      );
      expect(response.headers.vary).toContain('Accept');
      const [heading = '', first, last, rest] = response.text.split('\r\n');
      expect(heading).toMatch(/^\uFEFF单位,单位代码,级别,已建档,已申报,/);
      expect(first).toMatch(/^伊犁州人社局职称科,ili-hr,高级工程师,4,3,2,/);
      expect(last).toMatch(/^合计,,,4,3,2,/);
      expect(rest).toBe('');
    });

    it('speak English on request', async () => {
      const { text, headers } = await csv('fees?round=2022&by=level', 'en');
      expect(text).toMatch(/^\uFEFFLevel,Owing fee and forms,/);
      expect(headers['content-language']).toBe('en');
    });

    it('are JSON unless CSV is preferred', async () => {
      for (const accept of ['*/*', 'application/json', 'application/json, text/csv']) {
        const { type } = await get(auditor, 'progress?round=2022').set('Accept', accept);
        expect([accept, type]).toEqual([accept, 'application/json']);
      }
    });

    it('refuse with a problem document all the same', async () => {
      const response = await csv('progress?round=1999');
      expect(problemIn(response).status).toBe(400);
    });
  });
});
