import { readFileSync } from 'node:fs';

import {
  chromium,
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
} from 'playwright-core';

import { chromiumPath } from '../support/chromium.cjs';
import { claimsOf, describeBuilt, tokenOf, type Person, type Service } from '../support/service';

/* The pages as people meet them: in a browser that talks to nobody but the service. */

/** `describe` for specs that need the built service and a browser; skipped, and said so, where one is missing. */
export function describeInBrowser(name: string, specs: () => void): void {
  if (chromiumPath !== undefined) {
    describeBuilt(name, specs);
    return;
  }
  console.warn(`skipped: "${name}" needs Chromium; apt-get install chromium, or CHROMIUM=<path>`);
  describe.skip(name, specs);
}

/** Nothing of its own over the network; the last two are for machines without a display or a sandbox. */
const flags = [
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  ...['--no-first-run', '--disable-gpu', '--no-sandbox'],
];

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath ?? '', args: flags });
}

/** A person at a screen, with everything that went wrong and every address that was asked for. */
export class Visitor {
  readonly complaints: string[] = [];
  readonly requested: string[] = [];

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
    private readonly service: Service,
  ) {}

  /** @param locale what the browser asks pages to speak */
  static async come(browser: Browser, service: Service, locale = 'zh-CN'): Promise<Visitor> {
    const context = await browser.newContext({ locale, viewport: { width: 1280, height: 900 } });
    await context.addInitScript(
      "addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective))",
    );
    const page = await context.newPage();
    const visitor = new Visitor(context, page, service);
    page.on('console', (message) => {
      if (message.type() === 'error') visitor.complaints.push(message.text());
    });
    page.on('pageerror', (error) => visitor.complaints.push(error.message));
    page.on('request', (request) => visitor.requested.push(request.url()));
    return visitor;
  }

  /** Opens a path with the person's token handed over in the address. */
  async open(path: string, person: Person | null): Promise<void> {
    const token = person === null ? '' : `#token=${tokenOf(claimsOf(person))}`;
    await this.page.goto(this.service.url + path + token);
  }

  /** What was asked of anybody but the service. */
  get strayed(): readonly string[] {
    const own = [this.service.url, 'blob:', 'data:'];
    return this.requested.filter((address) => !own.some((start) => address.startsWith(start)));
  }

  /** Goes on with the Tab key until the element has the focus. */
  async tabTo(element: Locator): Promise<void> {
    for (let presses = 0; presses < 300; presses += 1) {
      if ((await element.and(this.page.locator(':focus')).count()) > 0) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error('it was never reached with the Tab key');
  }

  /** What keeps people out, by the rules of axe-core: serious and critical. */
  async barriers(): Promise<readonly string[]> {
    await this.page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
    const { violations } = await this.page.evaluate<Axe>('axe.run(document)');
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  }

  leave(): Promise<void> {
    return this.context.close();
  }
}

interface Axe {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}
