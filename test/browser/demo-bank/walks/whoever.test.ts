/** The demo bank for whoever walks it: each screen under axe, and a walk by keyboard from right to left. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { TestGateway } from '../../../support/gateway.js';
import { PHONE, startBrowser } from '../../browser.js';
import { BankPage, startBankGateway } from '../bank-page.js';

let browser: Browser;
let gateway: TestGateway;

beforeAll(async () => {
  [gateway, browser] = await Promise.all([startBankGateway(), startBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await gateway?.close();
});

describe('whoever walks it', () => {
  it('finds each screen before the push, and the history after it, without a violation', async () => {
    const bank = await BankPage.open(browser, gateway);
    await bank.expectAccessible();
    await bank.choose('Moon Bank Credit');
    await bank.expectAccessible();
    await bank.phone.getByRole('link', { name: 'Swallow' }).click();
    await bank.title('Add to Swallow Redirect Wallet?').waitFor();
    await bank.expectAccessible();
    await bank.phone.getByRole('button', { name: 'Agree and add' }).click();
    await bank.title('Almost there').waitFor();
    await bank.page.goto(`${gateway.url}/#/history`);
    await bank.phone.getByRole('link', { name: /Swallow/ }).waitFor();
    await bank.expectAccessible();
    await bank.close();
  });

  it('needs no more than a keyboard, from right to left on a phone', async () => {
    const bank = await BankPage.open(browser, gateway, PHONE);
    const { page } = bank;
    await page.getByText('Settings', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Language' }).selectOption('ar');
    await page.getByText('Settings', { exact: true }).click();
    await bank.title('بطاقاتك').waitFor();
    expect(await bank.phone.getAttribute('dir')).toBe('rtl');
    await tabTo(bank, 'card-1');
    await page.keyboard.press('Space');
    await tabTo(bank, 'متابعة');
    await page.keyboard.press('Enter');
    await bank.title('إلى أين؟').waitFor();
    await tabTo(bank, 'Swallow');
    await page.keyboard.press('Enter');
    await bank.title(/Swallow/).waitFor();
    await bank.expectAccessible();
    await tabTo(bank, 'موافقة وإضافة');
    await page.keyboard.press('Enter');
    await bank.title('أوشكنا على الانتهاء').waitFor();
    await tabTo(bank, 'المتابعة إلى');
    await page.keyboard.press('Enter');
    await page.locator('iframe').waitFor();
    await page.frameLocator('iframe').getByRole('button', { name: 'Add' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await bank.title('تمت الإضافة').waitFor();
    await bank.close();
  });
});

/** By the tabulator alone, from wherever the focus is. */
async function tabTo({ page }: BankPage, text: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate('document.activeElement.value + document.activeElement.innerText');
    if (String(here).includes(text)) return;
  }
  throw new Error(`no way to ${text} by keyboard`);
}
