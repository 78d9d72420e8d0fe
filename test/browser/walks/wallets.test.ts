/** The simulated wallets in a real Chromium: what a tester sees, clicks, and where the redirect leads. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { LARK, TIDAL } from '../../support/requestors.js';
import { simulatorForTests } from '../../support/simulator/simulator-fixture.js';
import { handed, walletUrl } from '../../support/simulator/simulator-wallets.js';
import { DESKTOP, openPage, PHONE, startBrowser, type WatchedPage } from '../browser.js';

const simulator = simulatorForTests();
const VIEWPORTS = [
  ['a phone', PHONE],
  ['a desktop', DESKTOP],
] as const;

let browser: Browser;
let bank: Bank;

interface Bank {
  /** Goes on to `url`, as the gateway's callback does. */
  readonly callbackUrl: string;
  readonly url: string;
  close(): void;
}

/** Two origins: where the wallet goes back to, and where the account holder is taken on to from there. */
async function startBank(): Promise<Bank> {
  const app = createServer((_request, response) => {
    response
      .setHeader('content-type', 'text/html')
      .end('<title>Moon Bank</title><link rel="icon" href="data:,">');
  });
  const url = await listening(app);
  const callback = createServer((request, response) => {
    response.writeHead(303, { location: url + (request.url ?? '') }).end();
  });
  const callbackUrl = `${await listening(callback)}/back?session=7`;
  return {
    callbackUrl,
    url,
    close() {
      for (const server of [app, callback]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

async function expectFits({ page }: WatchedPage): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  for (const control of await page.locator('button, select, label.choice').all()) {
    expect((await control.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  }
  // The logo is an image that was decoded, and the style sheet passed the page's own policy.
  expect(await page.evaluate('document.images[0].naturalWidth')).toBeGreaterThan(0);
  expect(await page.evaluate('getComputedStyle(document.querySelector("main")).maxWidth')).not.toBe('none');
}

function expectQuiet({ foreignRequests, complaints }: WatchedPage): void {
  expect(foreignRequests).toEqual([]);
  expect(complaints).toEqual([]);
}

beforeAll(async () => {
  [browser, bank] = await Promise.all([startBrowser(), startBank()]);
});

afterAll(async () => {
  await browser?.close();
  bank?.close();
});

describe('the redirect wallet', () => {
  test.each(VIEWPORTS)('goes back to the bank with a result for each card, on %s', async (_, viewport) => {
    const { signature, receipts } = await handed(simulator(), {
      cards: 3,
      signatureData: { callbackURL: bank.callbackUrl, locale: 'en_US' },
    });
    const watched = await openPage(
      browser,
      walletUrl(simulator(), 'push', { pushAccountData: signature }),
      viewport,
    );
    const { page } = watched;
    await page.getByText('For testers').click();
    await expectFits(watched);
    expectQuiet(watched);
    const results = page.getByRole('combobox', { name: 'What becomes of it' });
    expect(await results.count()).toBe(3);
    expect(await results.first().inputValue()).toBe('APPROVED');
    await results.nth(1).selectOption('DECLINED');
    await results.nth(2).selectOption('REQUIRE_ADDITIONAL_AUTHENTICATION');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.waitForURL((url) => url.origin === bank.url);

    const { searchParams } = new URL(page.url());
    expect(searchParams.get('session')).toBe('7');
    expect(receipts.map((receipt) => searchParams.get(`results[${receipt}]`))).toEqual([
      expect.stringMatching(/^APPROVED\|.{48}$/),
      'DECLINED',
      expect.stringMatching(/^REQUIRE_ADDITIONAL_AUTHENTICATION\|.{48}$/),
    ]);
    expect(watched.complaints).toEqual([]);
    await page.context().close();
  });

  test('tells the bank’s site nothing by the referrer, and goes back with raw brackets when told to', async () => {
    const { signature, receipts } = await handed(simulator(), {
      signatureData: { callbackURL: bank.callbackUrl },
    });
    const watched = await openPage(
      browser,
      walletUrl(simulator(), 'push', { pushAccountData: signature }),
      DESKTOP,
    );
    const { page } = watched;
    const goingBack = page.waitForRequest((request) => request.url().startsWith(bank.callbackUrl));
    await page.getByText('For testers').click();
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Add' }).click();
    const request = await goingBack;
    await page.waitForURL((url) => url.origin === bank.url);

    expect(request.url()).toContain(`results[${receipts[0]}]=APPROVED`);
    expect(await page.evaluate('document.referrer')).toBe('');
    await page.context().close();
  });

  test('stays where there is no way back, and says that the card is there', async () => {
    const { receipts } = await handed(simulator(), { tokenRequestorId: TIDAL });
    const parameters = { pushAccountReceipts: receipts.join() };
    const watched = await openPage(browser, walletUrl(simulator(), 'push', parameters, TIDAL), PHONE);
    await watched.page.getByRole('button', { name: 'Add' }).click();
    await watched.page.getByRole('heading', { name: 'Your card is in the wallet' }).waitFor();
    await expectFits(watched);
    expectQuiet(watched);
    await watched.page.context().close();
  });
});

describe('the proprietary wallet', () => {
  test.each([
    ['Add it', 'Your card is added', 'APPROVED'],
    [
      'Add it, activation needed',
      'Your card is added, but not active yet',
      'REQUIRE_ADDITIONAL_AUTHENTICATION',
    ],
    ['Decline it', 'Your card was declined', 'DECLINED'],
    ['Cancel', 'You cancelled', 'CANCELLED'],
  ])('takes digitization data by its link: %s', async (choice, heading, result) => {
    const { digitizationData } = await handed(simulator(), { tokenRequestorId: LARK, digitization: true });
    const url = walletUrl(simulator(), 'add', { data: digitizationData[0] ?? '' }, LARK);
    for (const [, viewport] of VIEWPORTS) {
      const watched = await openPage(browser, url, viewport);
      await watched.page.getByText('For testers').click();
      await expectFits(watched);
      expectQuiet(watched);
      await watched.page.context().close();
    }
    const watched = await openPage(browser, url, PHONE);
    const { page } = watched;
    await page.getByText('For testers').click();
    await page.getByRole('radio', { name: choice, exact: true }).check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: heading, exact: true }).waitFor();

    expect(await page.locator('#result').textContent()).toBe(result);
    await expectFits(watched);
    expectQuiet(watched);
    await page.context().close();
  });

  test('says that the card was used before when its link is opened again', async () => {
    const { digitizationData } = await handed(simulator(), { tokenRequestorId: LARK, digitization: true });
    const url = walletUrl(simulator(), 'add', { data: digitizationData[0] ?? '' }, LARK);
    const { page } = await openPage(browser, url, PHONE);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Your card is added' }).waitFor();
    await page.goto(url.href);

    expect(await page.locator('#result').textContent()).toBe('DUPLICATE_REQUEST');
    expect(await page.getByText('the receipt was redeemed before').isVisible()).toBe(true);
    await page.context().close();
  });
});

test('nothing in an address runs in the page', async () => {
  const attack = `MCC-<svg/onload=alert(1)>`;
  const parameters = {
    pushAccountReceipts: attack,
    callbackURL: `https://b.example/"><img/src=x/onerror=alert(1)>`,
    locale: '<script>alert(1)</script>',
  };
  const { page, foreignRequests, complaints } = await openPage(
    browser,
    walletUrl(simulator(), 'push', parameters, TIDAL),
    PHONE,
  );
  // The logo is the only picture, and no script is there.
  expect(await page.locator('img, svg').count()).toBe(1);
  expect(await page.locator('script').count()).toBe(0);
  await page.getByText('For testers').click();
  expect(await page.getByText('<script>alert(1)</script>').isVisible()).toBe(true);
  expect([foreignRequests, complaints]).toEqual([[], []]);
  await page.context().close();
});
