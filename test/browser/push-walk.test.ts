/** The whole walk in a real Chromium: the bank's app pushes a card, the wallet takes it, and the push comes to its end. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page, ViewportSize } from 'playwright-core';
import type { PushCardInput, PushOutcome, PushStatus } from '../../src/client/generated.js';
import { WALLET_OUTCOMES } from '../../src/push/wallet-outcome.js';
import type { RunningSimulator } from '../../src/simulator/simulator.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { type Bank, BankApp, startBank } from '../support/issuer/bank-app.js';
import { walksOf } from '../support/models.js';
import { LARK, SWALLOW } from '../support/requestors.js';
import { SimulatorControl } from '../support/simulator/simulator-control.js';
import { simulatorEnvironment } from '../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../support/simulator/start-simulator.js';
import { DESKTOP, openPage, PHONE, startBrowser, type WatchedPage } from './browser.js';

/** Takes digitization data in a way of its own. */
/** Takes signed receipts by redirect, of several cards at once. */
/** By how many pixels a page is too wide and too high for its window. */
const OVERFLOW = `[
  document.documentElement.scrollWidth - innerWidth,
  document.documentElement.scrollHeight - innerHeight,
]`;

let browser: Browser;
let simulator: RunningSimulator;
let control: SimulatorControl;
let gateway: TestGateway;
let bank: Bank;

beforeAll(async () => {
  [simulator, bank, browser] = await Promise.all([startTestSimulator(), startBank(), startBrowser()]);
  control = new SimulatorControl(simulator.url);
  const profile = { link: `${simulator.url}/wallet/${LARK}/add`, parameter: 'data', encoding: 'BASE64URL' };
  gateway = await startTestGateway({
    ...simulatorEnvironment(simulator),
    HAND_OFF_PROFILES: JSON.stringify({ [LARK]: { WEB: profile, IOS: { sdk: 'LarkWalletKit' } } }),
    CALLBACK_ALLOWLIST: `${bank.url}/,moonbank://`,
  });
});

afterAll(async () => {
  await browser?.close();
  await gateway?.close();
  await simulator?.close();
  bank?.close();
});

interface OpenApp extends WatchedPage {
  readonly app: BankApp;
}

interface Walk {
  readonly app: BankApp;
  readonly page: Page;
  /** Those of this walk alone: the page is that of the walks before it. */
  complaintsSince(): readonly string[];
  readonly pushId: string;
  /** In the order of the accounts. */
  readonly receipts: readonly string[];
  /** What to open; one for each account that goes over by itself. */
  readonly handOffs: readonly { readonly url: string; readonly fundingAccountId: string | null }[];
}

/** By the window. Each is opened once: a browser context is dear, and who pushes several cards has one app. */
const apps = new Map<ViewportSize, Promise<OpenApp>>();

function appIn(viewport: ViewportSize): Promise<OpenApp> {
  const open = apps.get(viewport) ?? openApp(viewport);
  apps.set(viewport, open);
  return open;
}

async function openApp(viewport: ViewportSize): Promise<OpenApp> {
  const watched = await openPage(browser, new URL(bank.url), viewport);
  return { ...watched, app: new BankApp(watched.page, bank, gateway.url) };
}

/** From the app's first look to where it leaves for the wallet. */
async function push(
  tokenRequestorId: string,
  fundingAccountIds: readonly string[],
  more: Partial<PushCardInput>,
  viewport = DESKTOP,
): Promise<Walk> {
  const opened = await appIn(viewport);
  const { app, complaints } = opened;
  const complained = complaints.length;
  const { fundingAccounts } = await app.client.FundingAccounts();
  expect(fundingAccounts?.map(({ id }) => id)).toEqual(expect.arrayContaining([...fundingAccountIds]));
  const { tokenRequestors } = await app.client.Picker({ fundingAccountIds: [...fundingAccountIds] });
  expect(tokenRequestors?.map(({ id }) => id)).toContain(tokenRequestorId);
  const { pushCard } = await app.client.PushAndHandOff({
    input: {
      idempotencyKey: randomUUID(),
      tokenRequestorId,
      fundingAccountIds: [...fundingAccountIds],
      platform: 'WEB',
      ...more,
    },
  });
  if (pushCard?.__typename !== 'Push') throw new Error(`nothing was pushed: ${pushCard?.code}`);
  const pushId = pushCard.id;
  const receipts = (await app.client.Push({ id: pushId })).push?.accounts.map(
    ({ pushAccountReceipt }) => pushAccountReceipt ?? '',
  );
  const { recordHandOff } = await app.client.RecordHandOff({ pushId, platform: 'WEB' });
  expect([pushCard.status, recordHandOff?.status]).toEqual(['READY', 'HANDED_OFF']);
  return {
    app,
    page: opened.page,
    complaintsSince: () => complaints.slice(complained),
    pushId,
    receipts: receipts ?? [],
    handOffs: pushCard.handOffs.filter(({ recommended }) => recommended),
  };
}

/** By the push itself and by the list of pushes, which says how sure each outcome is. */
async function expectEnd(
  { app, pushId, receipts, handOffs }: Walk,
  status: PushStatus,
  outcomes: readonly PushOutcome[],
): Promise<void> {
  expect((await app.client.Push({ id: pushId })).push?.status).toBe(status);
  const { pushes } = await app.client.Pushes({ first: 1 });
  expect(pushes?.nodes).toMatchObject([
    {
      id: pushId,
      status,
      accounts: outcomes.map((outcome) => ({ outcome, outcomeCertainty: 'REPORTED' })),
    },
  ]);
  const log = gateway.logs.join('\n');
  expect(log).toContain(pushId);
  const secrets = [...receipts, ...handOffs.flatMap(({ url }) => [...new URL(url).searchParams.values()])];
  expect(secrets).toHaveLength(receipts.length + handOffs.length);
  expect(secrets.filter((secret) => secret === '' || log.includes(secret))).toEqual([]);
  expect(log).not.toMatch(/results(?:\[|%5B)|DWSPMC/);
}

const TAKEN: readonly PushOutcome[] = ['APPROVED', 'REQUIRE_ADDITIONAL_AUTHENTICATION'];

/** What the wallet took cannot be taken again; what it did not take still can. */
async function expectRedeemed(
  { receipts }: Walk,
  tokenRequestorId: string,
  outcomes: readonly PushOutcome[],
): Promise<void> {
  const answers = await Promise.all(receipts.map((receipt) => control.redeem(receipt, tokenRequestorId)));
  expect(answers).toEqual(outcomes.map((outcome) => (TAKEN.includes(outcome) ? 409 : 200)));
}

describe('the wallet with a way of its own', () => {
  /** What the wallet tells the account holder's app. */
  async function saidBy(page: Page): Promise<PushOutcome> {
    const text = await page.locator('#result').innerText();
    const outcome = WALLET_OUTCOMES.find((known) => known === text);
    if (outcome === undefined) throw new Error(`the wallet says ${text}, which is no outcome`);
    return outcome;
  }

  type Row = readonly [choices: readonly string[], outcomes: readonly PushOutcome[], status: PushStatus];
  const ROWS: readonly Row[] = [
    [['Add it'], ['APPROVED'], 'COMPLETED'],
    [['Decline it'], ['DECLINED'], 'DECLINED'],
    [['Cancel'], ['CANCELLED'], 'CANCELLED'],
    [['Add it, activation needed'], ['REQUIRE_ADDITIONAL_AUTHENTICATION'], 'ACTION_REQUIRED'],
    [['Add it', 'Decline it'], ['APPROVED', 'DECLINED'], 'PARTIALLY_COMPLETED'],
  ];
  it.each(walksOf(ROWS))(
    'takes the data by its link, and the app reports %j: %j',
    async (choices, outcomes, status) => {
      const accounts = ['card-1', 'card-2'].slice(0, choices.length);
      const walk = await push(LARK, accounts, { requestIssuerInitiatedDigitizationData: true }, PHONE);
      const { app, page, pushId, handOffs } = walk;
      expect(handOffs.map(({ fundingAccountId }) => fundingAccountId)).toEqual(accounts);
      const said: PushOutcome[] = [];
      for (const [index, { url }] of handOffs.entries()) {
        await app.leaveFor(url);
        await page.getByText('For testers').click();
        await page.getByRole('radio', { name: choices[index] ?? '', exact: true }).check();
        await page.getByRole('button', { name: 'Continue' }).click();
        said.push(await saidBy(page));
      }
      expect(said).toEqual(outcomes);
      const { recordOutcome } = await app.client.RecordOutcome({
        pushId,
        outcomes: accounts.map((fundingAccountId, index) => ({
          fundingAccountId,
          outcome: said[index] ?? 'ERROR',
        })),
      });

      expect(recordOutcome?.status).toBe(status);
      await expectEnd(walk, status, outcomes);
      await expectRedeemed(walk, LARK, outcomes);
      expect(walk.complaintsSince()).toEqual([]);
    },
  );

  it('says of data that it has taken before that this is a duplicate: nothing is missing', async () => {
    const walk = await push(LARK, ['card-1'], { requestIssuerInitiatedDigitizationData: true });
    const { app, page, pushId, receipts, handOffs } = walk;
    expect(await control.redeem(receipts[0] ?? '', LARK)).toBe(200);
    await app.leaveFor(handOffs[0]?.url ?? '');
    const outcome = await saidBy(page);
    expect(outcome).toBe('DUPLICATE_REQUEST');
    const outcomes = [{ fundingAccountId: 'card-1', outcome }];
    await app.client.RecordOutcome({ pushId, outcomes });

    await expectEnd(walk, 'COMPLETED', ['DUPLICATE_REQUEST']);
    expect(await control.redeem(receipts[0] ?? '', LARK)).toBe(409);
  });
});

describe('the wallet that is reached by redirect', () => {
  type Row = readonly [outcomes: readonly PushOutcome[], status: PushStatus, form: 'encoded' | 'raw'];
  const ROWS: readonly Row[] = [
    [['APPROVED'], 'COMPLETED', 'encoded'],
    [['DECLINED'], 'DECLINED', 'encoded'],
    [['CANCELLED'], 'CANCELLED', 'encoded'],
    [['DUPLICATE_REQUEST'], 'COMPLETED', 'encoded'],
    [['ERROR'], 'FAILED', 'encoded'],
    [['APPROVED', 'DECLINED'], 'PARTIALLY_COMPLETED', 'encoded'],
    [['APPROVED', 'REQUIRE_ADDITIONAL_AUTHENTICATION'], 'ACTION_REQUIRED', 'raw'],
  ];
  /** Chooses what becomes of each card, and goes on. */
  async function decide({ app, page, handOffs }: Walk, outcomes: readonly PushOutcome[], form: Row[2]) {
    expect(handOffs).toMatchObject([{ fundingAccountId: null }]);
    await app.leaveFor(handOffs[0]?.url ?? '');
    await page.getByText('For testers').click();
    const results = page.getByRole('combobox', { name: 'What becomes of it' });
    expect(await results.count()).toBe(outcomes.length);
    for (const [index, outcome] of outcomes.entries()) await results.nth(index).selectOption(outcome);
    if (form === 'raw') await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Add' }).click();
  }

  it.each(walksOf(ROWS))(
    'sends her back with %j, and the push is %s (brackets %s)',
    async (outcomes, status, form) => {
      const accounts = ['card-1', 'card-2'].slice(0, outcomes.length);
      const walk = await push(SWALLOW, accounts, { callbackUrl: `${bank.url}/back?session=7` });
      const { app, page, pushId, receipts } = walk;
      const goingBack = page.waitForRequest((request) =>
        request.url().startsWith(`${gateway.url}/callback/`),
      );
      await decide(walk, outcomes, form);

      const [open, close] = form === 'raw' ? ['[', ']'] : ['%5B', '%5D'];
      for (const receipt of receipts) {
        expect((await goingBack).url()).toContain(`results${open}${receipt}${close}=`);
      }
      const shown = await app.shownAtReturn();
      expect(shown).toMatchObject({ pushId, status });
      expect([shown.url.pathname, ...shown.url.searchParams]).toEqual([
        '/back',
        ['session', '7'],
        ['pushId', pushId],
        ['status', status],
      ]);
      expect(await page.evaluate('document.referrer')).toBe('');
      await expectEnd(walk, status, outcomes);
      await expectRedeemed(walk, SWALLOW, outcomes);
      expect(walk.complaintsSince()).toEqual([]);
    },
  );

  it('opens the app itself where the callback is the app’s, which passes the URL on', async () => {
    const outcomes = ['APPROVED', 'DECLINED'] as const;
    const walk = await push(SWALLOW, ['card-1', 'card-2'], { callbackUrl: 'moonbank://pushcallback' });
    const { app, page, pushId } = walk;
    // No app of that scheme is here: what it would be opened with is what the wallet redirects to.
    const redirect = page.waitForResponse((answer) => answer.status() === 303);
    await decide(walk, outcomes, 'raw');
    const url = (await (await redirect).headerValue('location')) ?? '';
    expect(url).toMatch(/^moonbank:\/\/pushcallback\?results\[/);
    const { recordPushCallback } = await app.client.RecordPushCallback({ pushId, url });

    expect(recordPushCallback?.status).toBe('PARTIALLY_COMPLETED');
    await expectEnd(walk, 'PARTIALLY_COMPLETED', outcomes);
    await expectRedeemed(walk, SWALLOW, outcomes);
  });
});

describe('a way back that the gateway has not made', () => {
  it.each([
    ['en', 'This link does not work', 'ltr'],
    ['es', 'Este enlace no funciona', 'ltr'],
    ['ar', 'هذا الرابط لا يعمل', 'rtl'],
  ])('leads to a page that says so in %s, and the push stays as it is', async (locale, title, direction) => {
    const { app, pushId, receipts } = await push(SWALLOW, ['card-1'], { callbackUrl: `${bank.url}/back` });
    const context = await browser.newContext({ viewport: PHONE, locale });
    const page = await context.newPage();
    const url = `${gateway.url}/callback/${pushId}?state=x&results[${receipts[0]}]=APPROVED`;
    expect((await page.goto(url))?.status()).toBe(404);
    expect(await page.getByRole('heading').innerText()).toBe(title);
    expect(await page.evaluate('[document.documentElement.lang, document.documentElement.dir]')).toEqual([
      locale,
      direction,
    ]);
    for (const viewport of [PHONE, DESKTOP]) {
      await page.setViewportSize(viewport);
      expect(await page.evaluate(OVERFLOW)).toEqual([0, 0]);
    }
    await context.close();
    expect((await app.client.Push({ id: pushId })).push?.status).toBe('HANDED_OFF');
  });
});
