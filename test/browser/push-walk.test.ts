/** The whole walk in a real Chromium: the bank's app pushes a card, the wallet takes it, and the push comes to its end. */
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type RunningSimulator, startSimulator } from '../../src/simulator/simulator.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { SimulatorControl } from '../support/simulator-control.js';
import { simulatorEnvironment } from '../support/simulator-environment.js';
import { DESKTOP, PHONE, startBrowser } from './browser.js';

const LARK = '50130000001';
const SWALLOW = '50130000014';
const PUSH_FIELDS = `
  id status
  accounts { fundingAccountId outcome outcomeCertainty pushAccountReceipt }
  handOffs { platform url recommended fundingAccountId }`;
const PUSH_CARD = `mutation ($input: PushCardInput!) {
  pushCard(input: $input) { __typename ... on Push { ${PUSH_FIELDS} } ... on PushRefusal { code } }
}`;
const PUSH = `query ($id: ID!) { push(id: $id) { ${PUSH_FIELDS} } }`;
const HAND_OFF = 'mutation ($id: ID!) { recordHandOff(pushId: $id, platform: WEB) { status } }';
const OUTCOME = `mutation ($id: ID!, $outcomes: [AccountOutcomeInput!]!) {
  recordOutcome(pushId: $id, outcomes: $outcomes) { status }
}`;
const CALLBACK =
  'mutation ($id: ID!, $url: String!) { recordPushCallback(pushId: $id, url: $url) { status } }';

interface WalkedPush {
  readonly id: string;
  readonly status: string;
  readonly accounts: readonly {
    readonly outcome: string | null;
    readonly outcomeCertainty: string | null;
    readonly pushAccountReceipt: string;
  }[];
  readonly handOffs: readonly { readonly url: string; readonly recommended: boolean }[];
}

let browser: Browser;
let simulator: RunningSimulator;
let control: SimulatorControl;
let gateway: TestGateway;
let bank: Server;
let bankUrl: string;

beforeAll(async () => {
  simulator = await startSimulator();
  control = new SimulatorControl(simulator.url);
  const link = `${simulator.url}/wallet/${LARK}/add`;
  const profile = { link, parameter: 'data', encoding: 'BASE64URL' };
  bank = createServer((_request, response) => {
    response
      .setHeader('content-type', 'text/html')
      .end('<title>Moon Bank</title><link rel="icon" href="data:,">');
  });
  await new Promise<void>((resolve) => bank.listen(0, '127.0.0.1', resolve));
  bankUrl = `http://127.0.0.1:${(bank.address() as AddressInfo).port}`;
  gateway = await startTestGateway({
    ...simulatorEnvironment(simulator),
    HAND_OFF_PROFILES: JSON.stringify({ [LARK]: { WEB: profile, IOS: { sdk: 'LarkWalletKit' } } }),
    CALLBACK_ALLOWLIST: `${bankUrl}/,moonbank://`,
  });
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await gateway?.close();
  await simulator?.close();
  bank?.closeAllConnections();
  bank?.close();
});

/** The bank's app: a page of another origin, which asks the gateway itself. */
class App {
  private constructor(
    readonly page: Page,
    readonly token: string,
  ) {}

  static async open(viewport = DESKTOP): Promise<App> {
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    await page.goto(bankUrl);
    return new App(page, await gateway.token('susan'));
  }

  // biome-ignore lint/suspicious/noExplicitAny: the walk looks into whatever came back
  async ask(query: string, variables: object = {}): Promise<any> {
    const url = new URL(this.page.url());
    if (url.origin !== bankUrl) await this.page.goto(bankUrl);
    const request = {
      url: `${gateway.url}/graphql`,
      token: this.token,
      body: JSON.stringify({ query, variables }),
    };
    const { data, errors } = (await this.page.evaluate(
      `fetch(${JSON.stringify(request.url)}, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer ' + ${JSON.stringify(request.token)} },
        body: ${JSON.stringify(request.body)},
      }).then((answer) => answer.json())`,
    )) as { data: unknown; errors?: unknown };
    expect(errors).toBeUndefined();
    return data;
  }

  async push(tokenRequestorId: string, more: object = {}): Promise<WalkedPush> {
    const { fundingAccounts, tokenRequestors } = await this.ask(
      '{ fundingAccounts { id } tokenRequestors { id } }',
    );
    expect(fundingAccounts[0].id).toBe('card-1');
    expect(tokenRequestors.map(({ id }: { id: string }) => id)).toContain(tokenRequestorId);
    const input = {
      idempotencyKey: randomUUID(),
      tokenRequestorId,
      fundingAccountIds: ['card-1'],
      platform: 'WEB',
      ...more,
    };
    const { pushCard } = await this.ask(PUSH_CARD, { input });
    expect(pushCard).toMatchObject({ __typename: 'Push', status: 'READY' });
    return pushCard;
  }

  /** Opens what is recommended, after it has told the gateway so. */
  async handOver({ id, handOffs }: WalkedPush): Promise<void> {
    expect(await this.ask(HAND_OFF, { id })).toEqual({ recordHandOff: { status: 'HANDED_OFF' } });
    await this.page.goto(handOffs.find(({ recommended }) => recommended)?.url ?? '');
  }

  async end(id: string): Promise<WalkedPush> {
    return (await this.ask(PUSH, { id })).push;
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}

function expectNoReceiptIn(text: string, push: WalkedPush): void {
  for (const { pushAccountReceipt } of push.accounts) expect(text).not.toContain(pushAccountReceipt);
}

describe('the wallet with a way of its own', () => {
  it.each([
    ['Add it', /APPROVED/, 'APPROVED', 'COMPLETED'],
    ['Decline it', /DECLINED/, 'DECLINED', 'DECLINED'],
    ['Cancel', /CANCELLED/, 'CANCELLED', 'CANCELLED'],
    [
      'Add it, activation needed',
      /REQUIRE_ADDITIONAL_AUTHENTICATION/,
      'REQUIRE_ADDITIONAL_AUTHENTICATION',
      'ACTION_REQUIRED',
    ],
  ])('takes the data by its link; "%s" is reported by the app', async (choice, said, outcome, status) => {
    const app = await App.open(PHONE);
    const push = await app.push(LARK, { requestIssuerInitiatedDigitizationData: true });
    expect(push.handOffs.map(({ recommended }) => recommended)).toEqual([true]);
    await app.handOver(push);
    await app.page.getByRole('radio', { name: choice, exact: true }).check();
    await app.page.getByRole('button', { name: 'Continue' }).click();
    expect(await app.page.locator('#result').innerText()).toMatch(said);
    const outcomes = [{ fundingAccountId: 'card-1', outcome }];
    expect(await app.ask(OUTCOME, { id: push.id, outcomes })).toEqual({ recordOutcome: { status } });
    const end = await app.end(push.id);
    expect(end).toMatchObject({ status, accounts: [{ outcome, outcomeCertainty: 'REPORTED' }] });
    const [{ pushAccountReceipt = '' } = {}] = push.accounts;
    const isTaken = outcome === 'APPROVED' || outcome === 'REQUIRE_ADDITIONAL_AUTHENTICATION';
    expect(await control.redeem(pushAccountReceipt, LARK)).toBe(isTaken ? 409 : 200);
    await app.close();
  });

  it('says of data that it has taken before that this is a duplicate: nothing is missing', async () => {
    const app = await App.open();
    const push = await app.push(LARK, { requestIssuerInitiatedDigitizationData: true });
    const [{ pushAccountReceipt = '' } = {}] = push.accounts;
    expect(await control.redeem(pushAccountReceipt, LARK)).toBe(200);
    await app.handOver(push);
    expect(await app.page.locator('main').innerText()).toContain('DUPLICATE_REQUEST');
    const outcomes = [{ fundingAccountId: 'card-1', outcome: 'DUPLICATE_REQUEST' }];
    await app.ask(OUTCOME, { id: push.id, outcomes });
    expect((await app.end(push.id)).status).toBe('COMPLETED');
    await app.close();
  });
});

describe('the wallet that is reached by redirect', () => {
  it.each([
    [['APPROVED'], 'COMPLETED', false],
    [['APPROVED'], 'COMPLETED', true],
    [['DECLINED'], 'DECLINED', false],
    [['CANCELLED'], 'CANCELLED', false],
    [['DUPLICATE_REQUEST'], 'COMPLETED', false],
    [['ERROR'], 'FAILED', false],
    [['APPROVED', 'DECLINED'], 'PARTIALLY_COMPLETED', false],
    [['APPROVED', 'REQUIRE_ADDITIONAL_AUTHENTICATION'], 'ACTION_REQUIRED', true],
  ] as const)('sends her back with %j: %s (raw brackets: %s)', async (results, status, raw) => {
    const app = await App.open();
    const push = await app.push(SWALLOW, {
      fundingAccountIds: ['card-1', 'card-2'].slice(0, results.length),
      callbackUrl: `${bankUrl}/back?session=7`,
    });
    await app.handOver(push);
    const selects = app.page.getByRole('combobox', { name: 'What becomes of it' });
    for (const [index, result] of results.entries()) await selects.nth(index).selectOption(result);
    if (raw) await app.page.getByRole('checkbox').check();
    await app.page.getByRole('button', { name: 'Add' }).click();
    await app.page.waitForURL((url) => url.origin === bankUrl);
    const { pathname, searchParams } = new URL(app.page.url());
    expect([pathname, ...searchParams]).toEqual([
      '/back',
      ['session', '7'],
      ['pushId', push.id],
      ['status', status],
    ]);
    expectNoReceiptIn(app.page.url(), push);
    const end = await app.end(push.id);
    expect(end.status).toBe(status);
    expect(end.accounts.map(({ outcome }) => outcome)).toEqual(results);
    expect(new Set(end.accounts.map(({ outcomeCertainty }) => outcomeCertainty))).toEqual(
      new Set(['REPORTED']),
    );
    expectNoReceiptIn(gateway.logs.join('\n'), push);
    await app.close();
  });

  it('opens the app where the callback is an app’s, and the app passes the URL on', async () => {
    const app = await App.open();
    const push = await app.push(SWALLOW, { callbackUrl: 'moonbank://pushcallback' });
    const url = push.handOffs.find(({ recommended }) => recommended)?.url ?? '';
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'result=APPROVED',
    });
    const location = answer.headers.get('location') ?? '';
    expect(location).toMatch(/^moonbank:\/\/pushcallback\?results/);
    const recorded = await app.ask(CALLBACK, { id: push.id, url: location });
    expect(recorded).toEqual({ recordPushCallback: { status: 'COMPLETED' } });
    await app.close();
  });
});

describe('a link that is none of ours', () => {
  it.each([
    ['en', 'This link does not work', 'ltr'],
    ['es', 'Este enlace no funciona', 'ltr'],
    ['ar', 'هذا الرابط لا يعمل', 'rtl'],
  ])('says so in %s', async (language, title, direction) => {
    const context = await browser.newContext({ viewport: PHONE, locale: language });
    const page = await context.newPage();
    const answer = await page.goto(`${gateway.url}/callback/${randomUUID()}?state=x&results[a]=APPROVED`);
    expect(answer?.status()).toBe(404);
    expect(await page.getByRole('heading').innerText()).toBe(title);
    expect(await page.evaluate('document.documentElement.dir')).toBe(direction);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await context.close();
  });
});
