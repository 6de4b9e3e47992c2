import type { Browser } from 'playwright-core';

import { administrator, alice, auditor } from '../e2e/people';
import { type Service } from '../support/service';
import { describeInBrowser, launch, Visitor } from './browser';
import { smallSeason } from '../reports/small-season';

describeInBrowser('The page of reports', () => {
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

  it('can be used with the keyboard alone, from signing in to the file', async () => {
    const { page } = visitor;
    await visitor.open('/reports?round=2022&by.progress=organisation', null);
    await page.locator('#token').waitFor();
    await visitor.tabTo(page.locator('#token'));
    await page.keyboard.type('this is no token');
    await page.keyboard.press('Enter');
    await page.locator('[role=alert]', { hasText: '不是一个令牌' }).waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(await tokenFor(visitor));
    await page.keyboard.press('Enter');
    await settled();
    await visitor.tabTo(page.locator('a.skip'));
    expect(await page.locator('a.skip').isVisible()).toBe(true);
    await visitor.tabTo(page.locator('#level'));
    await page.keyboard.press('ArrowDown');
    await visitor.tabTo(page.getByRole('button', { name: '查询' }));
    await page.keyboard.press('Enter');
    await page.locator('.summary', { hasText: '高级工程师' }).waitFor();
    await settled();
    await visitor.tabTo(page.locator('#progress table a').first());
    await page.keyboard.press('Enter');
    await page.locator('nav.path').waitFor();
    await settled();
    const grouping = page.locator('#turnaround-by');
    await visitor.tabTo(grouping);
    await page.keyboard.press('Home');
    await page.locator('#turnaround table thead th', { hasText: '指标' }).waitFor();
    expect(await grouping.inputValue()).toBe('');
    await visitor.tabTo(page.locator('#turnaround .csv'));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.keyboard.press('Enter'),
    ]);
    expect(download.suggestedFilename()).toMatch(/^审核时长/);
  });

  it('keeps the token in this tab alone, and out of addresses', async () => {
    await open('');
    const { page } = visitor;
    const token = await tokenFor(visitor);
    expect(page.url()).not.toContain('token');
    expect(await page.content()).not.toContain(token);
    expect(await page.evaluate('localStorage.length + document.cookie.length')).toBe(0);
    expect(visitor.requested.filter((address) => address.includes(token))).toEqual([]);
    await page.getByRole('button', { name: '退出' }).click();
    await page.locator('#token').waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
  });

  it('speaks English where the browser prefers it, or on request, about the same question', async () => {
    await visitor.leave();
    visitor = await Visitor.come(browser, service, 'en-GB');
    await open('&level=senior');
    const { page } = visitor;
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    const english = await page.locator('h1, h2, label, caption, thead th, button').allInnerTexts();
    expect(english.length).toBeGreaterThan(60);
    expect(english.filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
    await page.getByRole('link', { name: '中文' }).click();
    await settled();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await page.locator('#progress h2').innerText()).toBe('申报进度');
    expect(new URL(page.url()).searchParams.get('level')).toBe('senior');
    await open('&lang=en');
    expect(await page.locator('#progress h2').innerText()).toBe('Progress');
  });

  it.each([
    ['an applicant', alice, '您无权查看'],
    ['whoever acts for no organisation', { ...auditor, organisation: null }, '没有指明单位'],
  ])('tells %s in a sentence that there is nothing for them', async (_, person, sentence) => {
    await visitor.open('/reports', person);
    await visitor.page.locator('[role=alert]', { hasText: sentence }).waitFor();
    expect(await visitor.page.locator('table').count()).toBe(0);
  });

  it('asks for another token where one does not hold', async () => {
    await visitor.page.goto(`${service.url}/reports#token=eyJhbGciOiJIUzI1NiJ9.e30.AAAA`);
    await visitor.page.locator('[role=alert]', { hasText: '令牌无效或已过期' }).waitFor();
    expect(await visitor.page.locator('#token').isVisible()).toBe(true);
    expect(await visitor.page.evaluate('sessionStorage.length')).toBe(0);
  });

  it.each([
    ['the service cannot answer', 503, '暂时无法作答'],
    ['the service is not reached', null, '无法连接服务'],
  ])('says so where %s', async (_, status, sentence) => {
    await visitor.page.route(/\/v1\/reports\/returns/, (route) =>
      status === null
        ? route.abort()
        : route.fulfill({ status, json: { detail: '数据存储暂不可用，请稍后重试。' } }),
    );
    await visitor.open('/reports?round=2022', auditor);
    const { page } = visitor;
    await page.locator('[role=alert]', { hasText: sentence }).waitFor();
    expect(await page.locator('#first-pass .alert').innerText()).toContain(sentence);
    // What was answered stands.
    expect(await page.locator('#progress table').count()).toBe(1);
    expect(await page.locator('[aria-busy]').count()).toBe(0);
  });

  it('reads in a narrow window and on paper', async () => {
    const { page } = visitor;
    await page.setViewportSize({ width: 360, height: 800 });
    await open('&by.progress=organisation');
    await page.waitForFunction('document.documentElement.scrollWidth <= 360');
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['.filters', '.csv', '.grouping', 'header nav']) {
      expect(await page.locator(hidden).first().isVisible()).toBe(false);
    }
    expect(await page.locator('.summary').innerText()).toMatch(/2022.*截至 2022-08-\d\d/);
    for (const chart of await page.locator('.chart').all()) {
      const [outer, inner] = [await chart.boundingBox(), await chart.locator('svg').boundingBox()];
      expect(inner?.width).toBeLessThanOrEqual((outer?.width ?? 0) + 1);
      expect(inner?.height).toBeLessThanOrEqual((outer?.height ?? 0) + 1);
    }
    const paper = await page.pdf({ preferCSSPageSize: true });
    expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('keeps nobody out, by the rules of axe-core', async () => {
    await visitor.open('/reports', null);
    await visitor.page.locator('#token').waitFor();
    expect(await visitor.barriers()).toEqual([]);
    await open('&by.progress=organisation&by.fees=day', administrator);
    expect(await visitor.barriers()).toEqual([]);
    expect(await visitor.page.locator('h1').count()).toBe(1);
  });

  const tokenFor = async ({ page }: Visitor): Promise<string> => {
    const kept = await page.evaluate<string | null>("sessionStorage.getItem('title-review-token')");
    if (kept !== null) return kept;
    const other = await Visitor.come(browser, service);
    await other.open('/reports', auditor);
    const token = await other.page.evaluate<string>("sessionStorage.getItem('title-review-token')");
    await other.leave();
    return token;
  };
});
