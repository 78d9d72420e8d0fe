/** The demo bank in a real Chromium: one whole walk, looked over at each step; `npm run faults -- B1` takes all the others. */
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { TestGateway } from '../../support/gateway.js';
import { within } from '../../support/measurements.js';
import { startBrowser } from '../browser.js';
import { BankPage, startBankGateway } from './bank-page.js';

const MAXIMUM_BYTES = 150_000;

let browser: Browser;
let gateway: TestGateway;

beforeAll(async () => {
  [gateway, browser] = await Promise.all([startBankGateway(), startBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await gateway?.close();
});

describe('the walk with digitization data', () => {
  it('takes a card to a wallet and back, remembers it, and axe finds nothing at any step', async () => {
    const bank = await BankPage.open(browser, gateway);
    await bank.expectAccessible();
    await bank.choose('Moon Bank Credit');
    await bank.expectAccessible();
    await bank.phone.getByRole('link', { name: 'Keystone Ring' }).click();
    await bank.title(/^Add to /).waitFor();
    await bank.expectAccessible();
    await bank.phone.getByRole('button', { name: 'Agree and add' }).click();
    await bank.title('Almost there').waitFor();
    await bank.expectAccessible();
    const wallet = await bank.goOn();
    await wallet.getByText('For testers').click();
    await bank.expectAccessible(wallet);
    await wallet.getByRole('radio', { name: 'Add it', exact: true }).check();
    await wallet.getByRole('button', { name: 'Continue' }).click();
    await wallet.getByRole('link', { name: 'Back to your bank’s app' }).click();
    await bank.title('It is there').waitFor();
    await bank.line('Wallet → MDES').filter({ hasText: 'APPROVED' }).waitFor();
    await bank.line('App → gateway').filter({ hasText: 'mutation PushCards' }).click();
    await bank.expectAccessible('html');
    await bank.phone.getByRole('link', { name: 'Done' }).click();
    await bank.phone.getByRole('link', { name: 'History' }).click();
    await bank.phone.getByRole('link', { name: /Keystone Ring/ }).waitFor();
    await bank.expectAccessible();
    await bank.close();
  });
});

describe('the page at /', () => {
  it('is small, allows no other host, and can be used at once', async () => {
    const sizes: number[] = [];
    const context = await browser.newContext();
    const page = await context.newPage();
    page.on('response', (response) => {
      void response.body().then((body) => sizes.push(brotliCompressSync(body).length));
    });
    const answer = await page.goto(gateway.url);
    await page.getByRole('checkbox').first().waitFor();
    expect(await page.evaluate('performance.now()')).toBeLessThan(within(1000));
    await page.waitForLoadState('networkidle');

    expect(sizes.length).toBeGreaterThan(6);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(MAXIMUM_BYTES);
    const policy = (await answer?.headerValue('content-security-policy')) ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
    expect(policy).not.toMatch(/unsafe|https:/);
    await context.close();
  });
});
