/** The ways to a wallet and back, in the demo bank: by redirect, and three cards one after the other; and what goes wrong. */
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { TestGateway } from '../../../support/gateway.js';
import { startBrowser } from '../../browser.js';
import { BankPage, startBankGateway } from '../bank-page.js';

const ALL_CARDS = ['Moon Bank Credit', 'Moon Bank Debit', 'Moon Bank Current Account'];

let browser: Browser;
let gateway: TestGateway;

beforeAll(async () => {
  [gateway, browser] = await Promise.all([startBankGateway(), startBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await gateway?.close();
});

describe('the walk by redirect', () => {
  it('takes three cards to the wallet and back, and remembers them', async () => {
    const bank = await BankPage.open(browser, gateway);
    await bank.choose(...ALL_CARDS);
    await bank.phone.getByRole('searchbox').fill('swallow');
    await bank.phone.getByRole('link', { name: 'Swallow' }).click();
    await bank.title('Add to Swallow Redirect Wallet?').waitFor();
    await bank.phone.getByRole('button', { name: 'Agree and add' }).click();
    await bank.title('Almost there').waitFor();
    expect(await bank.phone.getByRole('timer').innerText()).toMatch(/^1[45]:\d\d$/);
    await bank.expectAccessible();
    const wallet = await bank.goOn();
    for (const lastFour of ['0012', '0028', '1234']) {
      await wallet.getByText(`•••• ${lastFour}`).first().waitFor();
    }
    await bank.expectAccessible(wallet);
    await wallet.getByRole('button', { name: 'Add' }).click();
    await bank.title('It is there').waitFor();

    await bank.line('Gateway → MDES').filter({ hasText: 'pushMultipleAccounts' }).click();
    await bank.page.getByText('5204740000000012').waitFor();
    await bank.line('Wallet → MDES').filter({ hasText: 'APPROVED, APPROVED, APPROVED' }).waitFor();
    await bank.line('App → gateway').filter({ hasText: 'mutation PushCards' }).click();
    await bank.expectAccessible('html');
    expect(await runAsCurl(bank)).toMatchObject({ data: { pushCard: { status: 'COMPLETED' } } });
    expect(await runAsTypeScript(bank)).toMatchObject({ pushCard: { status: 'COMPLETED' } });

    await bank.phone.getByRole('link', { name: 'Done' }).click();
    await bank.choose(...ALL_CARDS);
    const first = bank.phone.getByRole('listitem').first();
    expect(await first.innerText()).toMatch(/Swallow[\s\S]*Already added/);
    await bank.phone.getByRole('link', { name: 'Back' }).click();
    await bank.phone.getByRole('link', { name: 'History' }).click();
    await bank.phone.getByRole('link', { name: /Swallow/ }).waitFor();
    await bank.close();
  });
});

async function copied(page: Page, what: string): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: `Copy as ${what}` }).click();
  await page.getByText(`Copied as ${what}`).waitFor();
  return String(await page.evaluate('navigator.clipboard.readText()'));
}

/** By the typed client as it was built; the same push again, by its key. */
async function runAsTypeScript({ page }: BankPage): Promise<unknown> {
  const client = new URL('../../../../dist/client/index.js', import.meta.url).href;
  const program = (await copied(page, 'TypeScript')).replace("'token-connect-client'", `'${client}'`);
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program]);
  return JSON.parse(stdout);
}

/** What is copied means in a shell what was sent: the same push again, by its key. No curl is needed to see that. */
async function runAsCurl({ page }: BankPage): Promise<unknown> {
  const command = await copied(page, 'curl');
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  const [url = '', ...options] = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0');
  const headers = options.filter((_, index) => options[index - 1] === '-H');
  const body = options[options.indexOf('--data') + 1] ?? '';
  const pairs = headers.map((header) => header.split(/: (.*)/s).slice(0, 2));
  return (await fetch(url, { method: 'POST', headers: Object.fromEntries(pairs), body })).json();
}

describe('a wallet that knows both ways', () => {
  it.each([
    ['Redirect', 'Add'],
    ['Proprietary', 'Continue'],
  ])('takes one card by %s', async (way, button) => {
    const bank = await BankPage.open(browser, gateway);
    await bank.choose('Moon Bank Credit');
    await bank.phone.getByRole('link', { name: 'Lark Wallet' }).click();
    await bank.phone.getByText(/^For testers/).click();
    await bank.phone.getByRole('radio', { name: way }).check({ force: true });
    await bank.phone.getByRole('button', { name: 'Agree and add' }).click();
    await bank.title('Almost there').waitFor();
    const wallet = await bank.goOn();
    await wallet.getByRole('button', { name: button }).click();
    if (way === 'Proprietary') await wallet.getByRole('link', { name: 'Back to your bank’s app' }).click();
    await bank.title('It is there').waitFor();
    await bank.close();
  });
});

describe('the wallets that always fail', () => {
  it('are offered to testers alone', async () => {
    const bank = await BankPage.open(browser, gateway);
    await bank.page.getByRole('combobox', { name: 'Account holder' }).selectOption('amir');
    await bank.choose('Desert Bank Credit');
    await bank.phone.getByRole('link', { name: 'Cactus' }).waitFor();
    expect(await bank.phone.getByText('Always Locked').count()).toBe(0);
    await bank.page.getByText('For testers').first().click();
    await bank.page.getByRole('checkbox', { name: /^Sign in as Amir/ }).check();
    await bank.choose('Desert Bank Credit');
    await bank.phone.getByText(/^For testers/).click();
    await bank.phone.getByRole('link', { name: 'Always Locked' }).waitFor();
    await bank.close();
  });
});

describe('the walk with digitization data', () => {
  it('gives each of three cards to the wallet, and reports what it said', async () => {
    const bank = await BankPage.open(browser, gateway);
    await bank.choose('Moon Bank Credit', 'Moon Bank Debit', 'Moon Bank Maestro');
    await bank.addTo('Keystone Ring');
    for (const choice of ['Add it', 'Decline it', 'Add it, activation needed']) {
      const wallet = await bank.goOn();
      await wallet.getByText('For testers').click();
      await wallet.getByRole('radio', { name: choice, exact: true }).check();
      await wallet.getByRole('button', { name: 'Continue' }).click();
      await wallet.getByRole('link', { name: 'Back to your bank’s app' }).click();
    }
    await bank.title('One more step').waitFor();
    await bank.phone.getByRole('button', { name: 'Activate now' }).click();
    await bank.title('Some of it is there').waitFor();
    await bank.close();
  });

  it('finds a wallet of one card at a time among those that do not take two', async () => {
    const bank = await BankPage.open(browser, gateway);
    await bank.choose('Moon Bank Credit', 'Moon Bank Debit');
    await bank.phone.getByText(/^Not for this choice/).click();
    await bank.line('Copper Fox').getByText('one card or account at a time').waitFor();
    await bank.expectAccessible();
    await bank.close();
  });
});

describe('what goes wrong', () => {
  it('is told: a refusal, MDES away, an old sign-in', async () => {
    const bank = await BankPage.open(browser, gateway);
    await bank.page.getByText('For testers').first().click();
    await bank.expectAccessible('html');
    await bank.page.getByRole('button', { name: 'MDES refuses it' }).click();
    await bank.page.getByText('Next push: MDES refuses it').waitFor();
    await bank.page.getByRole('checkbox', { name: /^Signed in two hours ago/ }).check();
    await bank.page.getByText('For testers').first().click();
    await bank.choose('Moon Bank Credit');
    await bank.addTo('Aurora Band');
    await bank.page.getByRole('dialog', { name: 'Is it you?' }).waitFor();
    await bank.expectAccessible();
    await bank.page.getByRole('button', { name: 'Confirm' }).click();
    await bank.phone.getByText('MDES_INTERNAL_FAILURE').waitFor();
    const [again, foot] = await Promise.all([
      bank.phone.getByRole('button', { name: 'Try again' }).boundingBox(),
      bank.phone.locator('.screen-foot').boundingBox(),
    ]);
    expect((again?.y ?? Infinity) + (again?.height ?? 0)).toBeLessThanOrEqual(foot?.y ?? 0);
    await bank.expectAccessible();
    await bank.phone.getByRole('button', { name: 'Try again' }).click();
    await bank.title('Almost there').waitFor();
    await bank.close();
  });

  it('is an expired link, and a new one is got', async () => {
    const bank = await BankPage.open(browser, gateway);
    await bank.page.clock.install();
    await bank.choose('Moon Bank Credit');
    await bank.addTo('Aurora Band');
    await bank.title('Almost there').waitFor();
    await bank.page.clock.fastForward('16:00');
    await bank.title('Too late').waitFor();
    await bank.expectAccessible();
    const before = bank.page.url();
    await bank.phone.getByRole('button', { name: 'Get a new link' }).click();
    await bank.page.waitForURL((url) => url.href !== before);
    await bank.title('Almost there').waitFor();
    await bank.close();
  });
});
