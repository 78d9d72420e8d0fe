/** The demo bank in a page: watched for what it asks for and complains about, and looked over by axe. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from '@jest/globals';
import type { Browser, Frame, Locator, Page, ViewportSize } from 'playwright-core';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { DESKTOP } from '../browser.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** A sign-in is old after ten minutes. */
export function startBankGateway(): Promise<TestGateway> {
  return startTestGateway({ STEP_UP_MAX_AGE: '600' });
}

export class BankPage {
  /** Requests that left this machine. */
  readonly foreign: string[] = [];
  readonly complaints: string[] = [];

  private constructor(readonly page: Page) {}

  static async open(
    browser: Browser,
    { url, simulatorUrl }: TestGateway,
    viewport: ViewportSize = DESKTOP,
  ): Promise<BankPage> {
    const context = await browser.newContext({ viewport, colorScheme: 'light', reducedMotion: 'reduce' });
    const bank = new BankPage(await context.newPage());
    const own = [url, simulatorUrl].map((one) => new URL(one).host);
    context.on('request', (request) => {
      const { protocol, host } = new URL(request.url());
      if (protocol.startsWith('http') && !own.includes(host)) bank.foreign.push(request.url());
    });
    bank.page.on('console', (message) => {
      if (message.type() === 'error') bank.complaints.push(message.text());
    });
    bank.page.on('pageerror', (error) => bank.complaints.push(String(error)));
    await bank.page.goto(url);
    await bank.page.getByRole('checkbox').first().waitFor();
    return bank;
  }

  get phone(): Locator {
    return this.page.getByRole('main');
  }

  async choose(...cards: readonly string[]): Promise<void> {
    for (const card of cards) await this.phone.getByRole('checkbox', { name: card }).check({ force: true });
    await this.phone.getByRole('button', { name: 'Continue' }).click();
    await this.title('Where to?').waitFor();
  }

  /** From the list of wallets to the push. */
  async addTo(wallet: string): Promise<void> {
    await this.phone.getByRole('link', { name: wallet }).click();
    await this.phone.getByRole('button', { name: 'Agree and add' }).click();
  }

  /** Over to the wallet's own page, which is shown in the phone. */
  async goOn(): Promise<Frame> {
    await this.phone.getByRole('button', { name: /^Continue to/ }).click();
    await this.page.locator('iframe').waitFor();
    const frame = this.page.frames().find((one) => one !== this.page.mainFrame());
    if (frame === undefined) throw new Error('the wallet is not shown');
    await frame.waitForLoadState();
    return frame;
  }

  title(text: string | RegExp): Locator {
    return this.phone.getByRole('heading', { level: 1, name: text });
  }

  /** What the pane beside the phone has to tell. */
  line(text: string | RegExp): Locator {
    return this.page.getByRole('listitem').filter({ hasText: text });
  }

  /** axe finds nothing, in light and in dark, and nothing is wider than the window. Of the page mostly the app: axe is dear. */
  async expectAccessible(part: 'main' | 'html' | Frame = 'main'): Promise<void> {
    const [frame, root] = typeof part === 'string' ? [this.page.mainFrame(), part] : [part, 'html'];
    const found = await violations(frame, root, { type: 'tag', values: RULES });
    await this.page.emulateMedia({ colorScheme: 'dark' });
    found.push(...(await violations(frame, root, { type: 'rule', values: ['color-contrast'] })));
    await this.page.emulateMedia({ colorScheme: 'light' });
    expect(found).toEqual([]);
    const width = await this.page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(width).toBeLessThanOrEqual(0);
  }

  async close(): Promise<void> {
    expect(this.foreign).toEqual([]);
    expect(this.complaints).toEqual([]);
    await this.page.context().close();
  }
}

async function violations(frame: Frame, root: string, runOnly: object): Promise<string[]> {
  if ((await frame.evaluate('typeof axe')) === 'undefined') await frame.evaluate(AXE);
  const options = JSON.stringify({ runOnly, iframes: false, resultTypes: ['violations'] });
  return frame.evaluate(`axe.run(document.querySelector('${root}'), ${options}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 200) + ' ' + failureSummary)))`);
}
