/** The demo bank in a page: watched for what it asks for and complains about, and looked over by axe. */
import { expect } from '@jest/globals';
import type { Browser, Frame, Locator, Page, ViewportSize } from 'playwright-core';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { tooWide, violations } from '../axe.js';
import { DESKTOP, type WatchedPage } from '../browser.js';

/** A sign-in is old after ten minutes. */
export function startBankGateway(): Promise<TestGateway> {
  return startTestGateway({ STEP_UP_MAX_AGE: '600' });
}

export class BankPage implements WatchedPage {
  /** Requests that left this machine. */
  readonly foreignRequests: string[] = [];
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
      if (protocol.startsWith('http') && !own.includes(host)) bank.foreignRequests.push(request.url());
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
    expect(await violations(this.page, frame, root)).toEqual([]);
    expect(await tooWide(this.page)).toBe(0);
  }

  async close(): Promise<void> {
    expect(this.foreignRequests).toEqual([]);
    expect(this.complaints).toEqual([]);
    await this.page.context().close();
  }
}
