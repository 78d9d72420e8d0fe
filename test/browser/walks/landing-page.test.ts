/** The landing page at /graphql, seen without internet: the Sandbox cannot load, the way to the explorer is there. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { DESKTOP, startBrowser } from '../browser.js';
import { type RunningGateway, startGateway } from '../running-gateway.js';

describe('the landing page', () => {
  let gateway: RunningGateway;
  let browser: Browser;

  beforeAll(async () => {
    gateway = await startGateway();
    browser = await startBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
  });

  test('leads to the explorer when there is no internet', async () => {
    const context = await browser.newContext({ viewport: DESKTOP });
    const page = await context.newPage();
    await page.route(
      (url) => url.origin !== gateway.url,
      (route) => route.abort(),
    );
    await page.goto(`${gateway.url}/graphql`);
    await page.getByRole('link', { name: 'Open the explorer' }).click();
    await page.locator('.graphiql-query-editor .view-line').first().waitFor();

    expect(page.url()).toBe(`${gateway.url}/explorer`);
    await context.close();
  });
});
