import { readFile } from 'node:fs/promises';

import type { Browser, Locator } from 'playwright-core';

import type { ReportTold } from '../../src/http/report-answers';
import { administrator, auditor, bureau } from '../e2e/people';
import { body, type Service } from '../support/service';
import { describeInBrowser, launch, Visitor } from './browser';
import { smallSeason } from '../reports/small-season';

describeInBrowser('The numbers on the page of reports', () => {
  let service: Service;
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    service = await smallSeason();
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });
  beforeEach(async () => {
    visitor = await Visitor.come(browser, service);
  });
  afterEach(async () => {
    expect(visitor.strayed).toEqual([]);
    await visitor.leave();
  });

  const settled = async () => {
    await visitor.page.locator('[role=status]', { hasText: /已更新|Up to date/ }).waitFor();
  };
  const open = async (query: string, person = auditor) => {
    await visitor.open(`/reports?round=2022${query}`, person);
    await settled();
  };
  const panels = () => visitor.page.locator('main > section').all();

  /** Everything in a table but its head, as numbers again; the words of the first cells stay words. */
  const numbersIn = async (table: Locator): Promise<(string | number | null)[][]> => {
    const rows = await table.locator('tbody tr, tfoot tr').all();
    return Promise.all(
      rows.map(async (row) =>
        (await row.locator('td').allInnerTexts()).map((text) => asValue(text.trim())),
      ),
    );
  };

  /** For each panel: where it asked, and the table that shows the answer. */
  const answered = async () =>
    Promise.all(
      (await panels()).map(async (panel) => {
        const id = (await panel.getAttribute('id')) ?? '';
        const [report = '', by = ''] = reportOf[id as keyof typeof reportOf];
        const asked = visitor.requested
          .map((address) => new URL(address))
          .filter(
            ({ pathname, searchParams }) =>
              pathname === `/v1/reports/${report}` && (searchParams.get('by') ?? '') === by,
          );
        const { pathname = '', search = '' } = asked.at(-1) ?? {};
        return { id, panel, path: pathname + search };
      }),
    );

  it('shows in its tables the numbers of JSON and of the CSV it offers, for the same question', async () => {
    await open('&by.progress=organisation&by.evidence=day');
    const all = await answered();
    expect(all.map(({ id }) => id)).toEqual(Object.keys(reportOf));
    let numbers = 0;
    for (const { id, panel, path } of all) {
      const told = await body<ReportTold>(service.as(auditor).get(path), 200);
      const of = (values: ReportTold['total']) =>
        told.columns.map(({ key }) => values[key] ?? null);
      const expected =
        told.by.length === 0
          ? of(told.total).map((value) => [value])
          : [...told.rows.map(({ values }) => of(values)), of(told.total)];
      const shown = await numbersIn(panel.locator('table'));
      expect([id, shown]).toEqual([id, expected]);
      numbers += shown.flat().filter((value) => value !== null).length;

      const [download] = await Promise.all([
        visitor.page.waitForEvent('download'),
        panel.getByRole('button', { name: '下载 CSV' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`${told.title}-2022-${told.asOf}.csv`);
      const file = await readFile(await download.path(), 'utf8');
      expect(file.charCodeAt(0)).toBe(0xfeff);
      const lines = file.trimEnd().split('\r\n').slice(1);
      const inFile = lines.map((line) => line.split(',').slice(-told.columns.length));
      const asWritten = (row: readonly (string | number | null)[]) =>
        row.map((value) => String(value ?? ''));
      const rows = told.by.length === 0 ? [of(told.total)] : expected;
      expect([id, inFile]).toEqual([id, rows.map(asWritten)]);
    }
    expect(numbers).toBeGreaterThan(80);
    expect(visitor.complaints).toEqual([]);
  });

  it('draws the same numbers', async () => {
    await open('');
    const charts = visitor.page.locator('#progress .chart');
    const texts = await charts.first().locator('svg text').allTextContents();
    const titles = ['已建档', '已申报', '单位已推荐', '已报到职称办公室', '曾通过形式审核'];
    expect(texts.filter((text) => !titles.includes(text))).toEqual(['4', '3', '2', '0', '0']);
    expect(texts.filter((text) => titles.includes(text))).toEqual(titles);
    expect(await charts.count()).toBe(2);
    // Who cannot see it is told what it is, and where its numbers are.
    expect(await charts.first().getAttribute('aria-label')).toMatch(/从建档到通过.*表格/);
  });

  it('narrows and goes down the tree of organisations, in an address one can keep', async () => {
    await open('&by.progress=organisation');
    await visitor.page.locator('#progress table a').first().click();
    await visitor.page.locator('nav.path li').nth(1).waitFor();
    await settled();
    expect(new URL(visitor.page.url()).searchParams.get('organisation')).toBe('ili-hr');
    await visitor.page.locator('#organisation').selectOption(bureau);
    await visitor.page.locator('#subSpecialty').selectOption('operation-management');
    await visitor.page.locator('#level').selectOption('senior');
    await visitor.page.getByRole('button', { name: '查询' }).click();
    await visitor.page.locator('.summary', { hasText: '高级工程师' }).waitFor();
    expect(await numbersIn(visitor.page.locator('#progress table'))).toEqual([
      expect.arrayContaining([1]),
      expect.arrayContaining([1]),
    ]);
    const kept = visitor.page.url();
    expect(kept).not.toContain('token');
    await visitor.page.reload();
    await settled();
    expect(visitor.page.url()).toBe(kept);
    expect(await visitor.page.locator('#subSpecialty').inputValue()).toBe('operation-management');
    // The browser's way back.
    await visitor.page.goBack();
    await visitor.page.locator('.summary:not(:has-text("高级工程师"))').waitFor();
    expect(await visitor.page.locator('#level').inputValue()).toBe('');
  });

  it('can be asked how things stood on an evening, and says what is wrong with one to come', async () => {
    await open('&asOf=2022-08-07');
    expect((await numbersIn(visitor.page.locator('#progress table'))).flat()).toEqual(
      expect.arrayContaining([0]),
    );
    await open('&asOf=2022-08-08');
    const [opened] = await numbersIn(visitor.page.locator('#progress table'));
    expect(opened).toEqual([4]);
    await visitor.open('/reports?round=2022&asOf=2099-01-01', null);
    await visitor.page.locator('[role=alert]', { hasText: '须为今天或以前的日期' }).waitFor();
  });

  it('tells of small groups as the service does, in tables and charts, and says why', async () => {
    await open('', administrator);
    const { page } = visitor;
    expect(new Set((await numbersIn(page.locator('#progress table'))).flat())).toEqual(
      new Set(['<5']),
    );
    expect((await numbersIn(page.locator('#first-pass table'))).flat()).toEqual(
      expect.arrayContaining(['*', '<15']),
    );
    for (const chart of await page.locator('#progress .chart').all()) {
      const texts = await chart.locator('svg text').allTextContents();
      expect(texts.filter((text) => /\d/.test(text)).every((text) => text === '<5')).toBe(true);
      expect(await chart.locator('svg pattern').count()).toBeGreaterThan(0);
    }
    expect(await page.locator('#progress .note').allInnerTexts()).toEqual([
      expect.stringContaining('不暴露个人'),
    ]);
    expect(await page.locator('#return-reasons .panel').innerText()).toContain('没有数据');
  });
});

/** What each panel asks at first in these specs: the report, and by what. */
const reportOf = {
  progress: ['progress', 'organisation'],
  'return-reasons': ['returns', 'reason'],
  'first-pass': ['returns', 'stage'],
  turnaround: ['turnaround', 'stage'],
  load: ['load', 'actingOrganisation'],
  fees: ['fees', ''],
  falsification: ['falsification', ''],
  evidence: ['evidence', 'day'],
} as const;

/** What a cell shows, as the service would say it. */
function asValue(text: string): string | number | null {
  if (text.startsWith('–')) return null;
  if (/^-?[\d,]+(\.\d+)?%$/.test(text)) return Math.round(parseFloat(text) * 100) / 10_000;
  return /^-?[\d,]+(\.\d+)?$/.test(text) ? Number(text.replaceAll(',', '')) : text;
}
