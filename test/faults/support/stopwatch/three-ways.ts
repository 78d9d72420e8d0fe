/** Three ways from a running gateway to a card in a wallet, as a newcomer goes them: in a browser, and with the typed client. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { DESKTOP } from '../../../browser/browser.js';
import type { FreshClone } from './fresh-clone.js';

export async function byDemoBank(browser: Browser, url: string): Promise<void> {
  const page = await pageAt(browser, url);
  const phone = page.getByRole('main');
  await phone.getByRole('checkbox', { name: 'Moon Bank Credit' }).check({ force: true });
  await phone.getByRole('button', { name: 'Continue' }).click();
  await phone.getByRole('link', { name: 'Swallow' }).click();
  await phone.getByRole('button', { name: 'Agree and add' }).click();
  await phone.getByRole('button', { name: /^Continue to/ }).click();
  await page.frameLocator('iframe').getByRole('button', { name: 'Add' }).click();
  await phone.getByRole('heading', { level: 1, name: 'It is there' }).waitFor();
  await page.context().close();
}

/** Play is pressed in each tab from left to right, and the wallet's page opened where the explorer offers it. */
export async function byExplorer(browser: Browser, url: string): Promise<void> {
  const page = await pageAt(browser, `${url}/explorer`);
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  for (const tab of await page.locator('.graphiql-tab-button').all()) {
    await tab.click();
    const name = await tab.innerText();
    const answered = page.waitForResponse((response) => response.url().endsWith('/graphql'));
    await page.locator('.graphiql-execute-button').click();
    await answered;
    if (name === 'RecordHandOff') await takeInWallet(page);
  }
  await page.locator('.result-window', { hasText: '"status": "COMPLETED"' }).waitFor();
  await page.context().close();
}

async function takeInWallet(page: Page): Promise<void> {
  const opening = page.context().waitForEvent('page');
  await page.getByRole('link', { name: 'Open the wallet’s page' }).click();
  const wallet = await opening;
  await wallet.getByRole('button', { name: 'Add' }).click();
  await wallet.getByRole('heading', { name: 'Your card is in the wallet' }).waitFor();
  await wallet.close();
}

/** Plays the account holder too: sends the form of the wallet's page, follows the way back, and waits for the end. */
const PROGRAM = `import { createTokenConnectClient } from 'token-connect-client';
const answer = await fetch(process.env.GATEWAY + '/demo/token?sub=susan');
const { access_token } = await answer.json();
const client = createTokenConnectClient({ url: process.env.GATEWAY + '/graphql', token: () => access_token });
const { pushCard } = await client.PushAndHandOff({
  input: {
    idempotencyKey: crypto.randomUUID(),
    tokenRequestorId: '50130000014',
    fundingAccountIds: ['card-1'],
    platform: 'WEB',
    callbackUrl: process.env.GATEWAY + '/demo/back',
  },
});
await client.RecordHandOff({ pushId: pushCard.id, platform: 'WEB' });
await fetch(pushCard.nextStep.url, { method: 'POST', body: new URLSearchParams({ result: 'APPROVED' }) });
const push = await client.followPush(pushCard.id);
console.log(push.status);
`;

/** Packed from the clone, since it is not published yet, and installed into an empty project. */
export async function byTypedClient(fresh: FreshClone, url: string): Promise<void> {
  const place = join(fresh.folder, 'app');
  mkdirSync(place);
  writeFileSync(join(place, 'package.json'), '{ "private": true, "type": "module" }\n');
  await fresh.npm(fresh.root, 'pack', './dist/client', '--silent', '--pack-destination', place);
  const tarball = readdirSync(place).find((file) => file.endsWith('.tgz')) ?? '';
  await fresh.npm(place, 'install', '--silent', `./${tarball}`);
  writeFileSync(join(place, 'push.js'), PROGRAM);
  const said = await fresh.node(place, 'push.js', { GATEWAY: url });
  if (said.trim() !== 'COMPLETED') throw new Error(`the typed client came to ${said}`);
}

async function pageAt(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: DESKTOP });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}
