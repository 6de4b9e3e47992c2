import type { Browser } from 'playwright-core';

import { png } from '../../src/cli/season/people/evidence-files';
import { DossierFile, reasonAbout } from '../e2e/dossier-file';
import {
  alice,
  auditor,
  bob,
  bureauSupervisor,
  elsewhere,
  officer,
  unitReviewer,
} from '../e2e/people';
import { body, spawnService, type Person, type Service } from '../support/service';
import { describeInBrowser, launch, Visitor } from './browser';

const original = png('SPECIMEN, name in sight');
const covered = png('SPECIMEN, name covered');

/** Alice's dossier, with a scan that shows her name and its cover, was returned by the bureau and filed again. */
describeInBrowser('The page of a dossier', () => {
  let service: Service;
  let browser: Browser;
  let visitor: Visitor;
  let file: DossierFile;
  let [shown, cover] = ['', ''];

  beforeAll(async () => {
    service = await spawnService(undefined, { SIMULATED_NOW: '2022-08-08T09:00:00.000+08:00' });
    browser = await launch();
    file = await DossierFile.filledIn(service, alice);
    ({ sha256: shown } = await file.attach(original, '承诺书.png'));
    ({ sha256: cover } = await file.attach(covered, '承诺书（遮盖）.png'));
    await file.answerMasking(shown, { nameShown: true, maskedVersion: cover });
    await file.save('commitment', { ...file.sections.commitment, scan: shown });
    await file.summarise('近三年');
    await file.submit();
    await file.recommend();
    await file.giveBack(bureauSupervisor, reasonAbout('workSummary'), reasonAbout('education'));
    await file.summarise('修改');
    await file.explain(2, '原件如此');
    await file.submit();
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });
  afterEach(async () => {
    expect(visitor.strayed).toEqual([]);
    await visitor.leave();
  });

  const come = async (person: Person, query = '', id = file.id) => {
    visitor = await Visitor.come(browser, service);
    await visitor.open(`/audit/${id}${query}`, person);
    await visitor.page.locator('#files h2, [role=alert] p').first().waitFor();
  };
  const askedFor = (sha256: string) =>
    visitor.requested.filter((address) => address.endsWith(`/v1/evidence/${file.id}.${sha256}`));
  const readings = async () => {
    type Trail = { readonly items: readonly { readonly type: string }[] };
    const path = `/v1/audit/events?dossier=${file.id}&type=PersonalDataRead`;
    return (await body<Trail>(service.as(auditor).get(path), 200)).items.length;
  };

  it('tells an auditor who did what, why, how long it waited, and field by field what was changed', async () => {
    await come(auditor);
    const { page } = visitor;
    type Told = { readonly items: readonly { readonly sentence: string }[] };
    const path = `/v1/audit/dossiers/${file.id}/timeline`;
    const { items } = await body<Told>(service.as(auditor).get(path), 200);
    for (const chapter of await page.locator('details.chapter > summary').all()) {
      await chapter.click();
    }
    const sentences = await page.locator('.story > li > .what > p:first-child').allInnerTexts();
    expect(sentences).toEqual(items.map(({ sentence }) => sentence));

    const returned = page.locator('.story > li', { hasText: '退回第1次提交' });
    expect(await returned.locator('.reasons li').allInnerTexts()).toEqual([
      expect.stringContaining('个人工作总结'),
      expect.stringContaining('学历学位'),
    ]);
    expect(await returned.locator('.waited').innerText()).toMatch(/^等待 /);
    const refiled = page.locator('.story > li', { hasText: '第2次上报' });
    const change = refiled.locator('.changes tbody tr', { hasText: '个人工作总结' });
    expect(await change.locator('mark').allInnerTexts()).toEqual(['近三年', '修改']);
    expect(visitor.complaints).toEqual([]);
  });

  it('shows an auditor the cover of a scan that shows the name, and the original only on request, which is recorded', async () => {
    const before = await readings();
    await come(auditor);
    const scan = visitor.page.locator('#files .thumbnail', { hasText: '承诺书.png' });
    await scan.scrollIntoViewIfNeeded();
    const picture = scan.locator('img');
    await picture.waitFor();
    expect(
      await picture.evaluate((it: { readonly naturalWidth: number }) => it.naturalWidth),
    ).toBeGreaterThan(0);
    expect(await scan.locator('.badge').innerText()).toBe('已遮盖姓名');
    expect(askedFor(cover).length).toBe(1);
    expect(askedFor(shown)).toEqual([]);
    expect(await readings()).toBe(before);

    const [download] = await Promise.all([
      visitor.page.waitForEvent('download'),
      scan.getByRole('button').click(),
    ]);
    expect(download.suggestedFilename()).toBe('承诺书.png');
    expect(await readings()).toBe(before + 1);
  });

  it('gives a reviewer beyond the unit the cover, even where they ask for the original', async () => {
    await come(officer);
    const { page } = visitor;
    expect(await page.locator('main > .about').innerText()).toContain('只供审计人员查看');
    const scan = page.locator('#files .thumbnail', { hasText: '承诺书.png' });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      scan.getByRole('button').click(),
    ]);
    expect(download.suggestedFilename()).toBe('承诺书（遮盖）.png');
  });

  it.each([
    ['the applicant', alice],
    ['their unit', unitReviewer],
    ['a reviewer beyond it', officer],
  ])('tells %s what was filed, returned and changed, and names nobody', async (_, person) => {
    await come(person);
    const { page } = visitor;
    const story = page.locator('#story .story > li');
    expect(await story.locator('.what > p:first-child').allInnerTexts()).toEqual(
      expect.arrayContaining([
        '第1次上报，剩余2次。',
        expect.stringMatching(/在主管部门环节退回第1次上报，理由2条。$/),
        '第2次上报，剩余1次。',
      ]),
    );
    expect(await story.locator('.reasons').innerText()).toMatch(/学历学位.*说明：原件如此/);
    expect(await story.locator('.changes tbody th').allInnerTexts()).toEqual(
      expect.arrayContaining(['个人工作总结 › 个人工作总结']),
    );
    const text = await page.locator('main').innerText();
    for (const account of [unitReviewer, bureauSupervisor].map(({ subject }) => subject)) {
      expect(text).not.toContain(`${account}（`);
    }
    // None of what is refused to them is even asked for.
    expect(visitor.requested.filter((address) => address.includes('/v1/audit/'))).toEqual([]);
    expect(visitor.complaints).toEqual([]);
  });

  it.each([
    ['another applicant', bob],
    ['a reviewer of another chain', { ...unitReviewer, organisation: elsewhere }],
  ])('tells %s no more than of one that does not exist', async (_, person) => {
    await come(person);
    const of = async () => visitor.page.locator('[role=alert]').innerText();
    const theirs = await of();
    expect(theirs).toContain('没有找到，或不在您可查看的范围内');
    expect(await visitor.page.locator('#story').count()).toBe(0);
    await visitor.leave();
    await come(person, '', `2022-${'0'.repeat(32)}`);
    expect(await of()).toBe(theirs);
  });

  it('speaks English, and leads to another dossier with the keyboard alone', async () => {
    await come(auditor, '?lang=en');
    const { page } = visitor;
    expect(await page.locator('#story h2').innerText()).toBe('What happened');
    expect(await page.locator('.story > li').last().innerText()).toContain('submission 2');
    await visitor.tabTo(page.locator('#dossier'));
    await page.keyboard.press('Control+A');
    await page.keyboard.type('2022-nothing');
    await page.keyboard.press('Enter');
    await page.locator('[role=alert]', { hasText: 'not yours to see' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/audit/2022-nothing');
    expect(new URL(page.url()).searchParams.get('lang')).toBe('en');
  });

  it('keeps nobody out, by the rules of axe-core, and prints', async () => {
    await come(auditor);
    for (const chapter of await visitor.page.locator('details.chapter > summary').all()) {
      await chapter.click();
    }
    expect(await visitor.barriers()).toEqual([]);
    const paper = await visitor.page.pdf({ preferCSSPageSize: true });
    expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
    await visitor.page.setViewportSize({ width: 360, height: 800 });
    // It is laid out anew a moment later.
    await visitor.page.waitForFunction('document.documentElement.scrollWidth <= 360');
  });
});
