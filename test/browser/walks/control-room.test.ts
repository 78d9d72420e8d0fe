/** The control room in a real browser: it gives orders, shows what came of them, and fits. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { DESKTOP, openPage, PHONE, startBrowser } from '../browser.js';

const PUSH = `mutation ($input: PushCardInput!) { pushCard(input: $input) { ... on PushRefusal { reasonCode } } }`;

let gateway: TestGateway;
let browser: Browser;
beforeAll(async () => {
  [gateway, browser] = await Promise.all([startTestGateway(), startBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await gateway?.close();
});

test('orders an outcome, and shows the push that came to it, decrypted', async () => {
  const { page, foreignRequests, complaints } = await openPage(
    browser,
    new URL(gateway.simulatorUrl),
    DESKTOP,
  );
  await page.getByLabel('What the next push comes to').selectOption('AUTHORIZATION_FAILED');
  await page.getByRole('button', { name: 'Force an outcome' }).click();
  await page.getByText('Ordered.').waitFor();
  const input = { idempotencyKey: 'key-1', tokenRequestorId: '50130000001', fundingAccountIds: ['card-1'] };
  const { data } = await gateway.graphql(PUSH, { input });
  expect(data.pushCard.reasonCode).toBe('AUTHORIZATION_FAILED');

  await page.locator('summary', { hasText: 'signed, envelope opened' }).click();
  await page.getByText('Decrypted payload').waitFor();
  expect(await page.locator('details[open]').innerText()).toContain('"accountNumber"');
  expect([foreignRequests, complaints]).toEqual([[], []]);

  await page.setViewportSize(PHONE);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
  await page.context().close();
});
