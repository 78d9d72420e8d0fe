/** The explorer in a real browser: it works from this host alone, and its first click shows data. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { walksOf } from '../support/models.js';
import { DESKTOP, openPage, PHONE, startBrowser, type WatchedPage } from './browser.js';
import { type RunningGateway, startGateway } from './running-gateway.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const WINDOWS = walksOf([
  ['phone', PHONE],
  ['desktop', DESKTOP],
] as const);
const WALK = [
  'FundingAccounts',
  'Eligibility',
  'Consent',
  'PushCard',
  'Push',
  'RecordHandOff',
  'RecordOutcome',
  'Pushes',
];

describe('the explorer', () => {
  let gateway: RunningGateway;
  let browser: Browser;
  /** By the window. Each is loaded once, since the editor is dear: the tests go on with it as the one before has left it. */
  const pages = new Map<string, WatchedPage>();

  beforeAll(async () => {
    gateway = await startGateway();
    browser = await startBrowser();
    for (const [name, viewport] of WINDOWS) {
      const watched = await openPage(browser, new URL('/explorer', gateway.url), viewport);
      await editorReady(watched.page);
      pages.set(name, watched);
    }
  });

  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
  });

  function explorerOn(name: string): WatchedPage {
    const watched = pages.get(name);
    if (watched === undefined) throw new Error(`no explorer on a ${name}`);
    return watched;
  }

  for (const [name] of WINDOWS) {
    test(`runs its first query on a ${name}, asks no other host and has nothing to complain about`, async () => {
      const { page, foreignRequests, complaints } = explorerOn(name);
      expect(await page.locator('.graphiql-tab-button').allInnerTexts()).toEqual(WALK);
      await run(page);
      await page.locator('.result-window', { hasText: '"fundingAccounts"' }).waitFor();

      expect(foreignRequests).toEqual([]);
      expect(complaints).toEqual([]);
    });

    test(`shows every tab whole on a ${name}, also beside the open documentation`, async () => {
      const { page } = explorerOn(name);
      expect(await tabsOutsideOf(page, '.graphiql-tabs')).toEqual([]);
      await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
      await page.locator('.graphiql-doc-explorer').waitFor();

      expect(await tabsOutsideOf(page, '.graphiql-tabs')).toEqual([]);
      expect(await tabsOutsideOf(page, '.graphiql-sessions')).toEqual([]);
      await page.getByRole('button', { name: 'Hide Documentation Explorer' }).click();
    });
  }

  test('keeps no access token in the browser', async () => {
    const { page } = explorerOn('desktop');
    await page.locator('.result-window', { hasText: '"data"' }).waitFor();
    const stored = await page.evaluate('JSON.stringify({ ...localStorage, ...sessionStorage })');

    expect(stored).not.toContain('Bearer');
  });

  test('opens PushCard with an account and a token requestor that exist, and a new key on each load', async () => {
    const { page } = explorerOn('desktop');
    const first = await pushCardVariables(page);
    await page.reload();
    await editorReady(page);
    const second = await pushCardVariables(page);

    expect(first).toContain('"card-1"');
    expect(first).toMatch(/"tokenRequestorId": "\d{11}"/);
    // the wallet of the README's first query, which stands below the picture of this tab
    expect(README).toContain(`tokenRequestor(id: ${/"tokenRequestorId": ("\d{11}")/.exec(first)?.[1]})`);
    expect(keyOf(first)).not.toBe(keyOf(second));
  });

  test('goes the whole walk when play is pressed from tab to tab, and opens the page of the wallet', async () => {
    // The test before has opened PushCard.
    const { page } = explorerOn('desktop');
    await run(page);
    await page.locator('.result-window', { hasText: '"status": "READY"' }).waitFor();
    const wallet = page.getByRole('link', { name: 'Open the wallet’s page' });
    expect(await (await fetch((await wallet.getAttribute('href')) ?? '')).text()).toContain('Lark Wallet');
    for (const [tab, answer] of [
      ['RecordHandOff', '"status": "HANDED_OFF"'],
      ['RecordOutcome', '"status": "COMPLETED"'],
      ['Pushes', '"createdAt"'],
    ] as const) {
      await page.getByRole('tab', { name: tab, exact: true }).click();
      await run(page);
      await page.locator('.result-window', { hasText: answer }).waitFor();
      // Once it is handed off it is opened; once the outcome is known there is nothing left to open.
      expect(await wallet.count()).toBe(tab === 'RecordHandOff' ? 1 : 0);
    }
  });
});

/** The names of the tabs that some part of the page cuts off, on whichever side. */
async function tabsOutsideOf(page: Page, frame: string): Promise<string[]> {
  const edges = await page.locator(frame).boundingBox();
  const cutOff: string[] = [];
  for (const tab of await page.locator('.graphiql-tab').all()) {
    const box = await tab.boundingBox();
    const isInside =
      edges !== null &&
      box !== null &&
      box.x >= edges.x &&
      box.y >= edges.y &&
      box.x + box.width <= edges.x + edges.width &&
      box.y + box.height <= edges.y + edges.height;
    if (!isInside) cutOff.push(await tab.innerText());
  }
  return cutOff;
}

async function editorReady(page: Page): Promise<void> {
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
}

async function run(page: Page): Promise<void> {
  await page.locator('.graphiql-execute-button').click();
}

/** What the variables editor shows in the tab PushCard. */
async function pushCardVariables(page: Page): Promise<string> {
  await page.getByRole('tab', { name: 'PushCard', exact: true }).click();
  const variables = page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden) .view-lines');
  await page.locator('.graphiql-editor-tool', { hasText: 'idempotencyKey' }).waitFor();
  return (await variables.allInnerTexts()).join().replaceAll(/\s+/g, ' ');
}

function keyOf(variables: string): string | undefined {
  return /"idempotencyKey": "([^"]+)"/.exec(variables)?.[1];
}
