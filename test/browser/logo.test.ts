/** Logos in a real browser: fetched once, and a picture even where one is opened as a document. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { DESKTOP, openPage, startBrowser } from './browser.js';
import { type RunningGateway, startGateway } from './running-gateway.js';

const LARK = '0b6f3c1e-52a4-4d0e-9f61-7a1c3e5d9001';

describe('a logo', () => {
  let gateway: RunningGateway;
  let pages: Server;
  let browser: Browser;

  beforeAll(async () => {
    gateway = await startGateway();
    pages = createServer((_, response) => {
      const logos = ['svg', 'png'].map((form) => `<img src="${gateway.url}/assets/${LARK}.${form}" alt="">`);
      response
        .setHeader('content-type', 'text/html')
        .end(`<!doctype html><title>Bank</title>${logos.join('')}`);
    });
    await listen(pages);
    browser = await startBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    pages?.close();
    await gateway?.close();
  });

  test('is fetched once, however often a page of another origin shows it', async () => {
    const { page, complaints } = await openPage(browser, urlOf(pages), DESKTOP);
    expect(await shownLogos(page)).toEqual([true, true]);
    await page.goto(`${urlOf(pages).href}again`);
    expect(await shownLogos(page)).toEqual([true, true]);
    await page.reload();
    expect(await shownLogos(page)).toEqual([true, true]);

    expect(logoRequests(gateway)).toEqual([200, 200]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('is shown when it is opened as a document', async () => {
    const logo = new URL(`/assets/${LARK}.svg`, gateway.url);
    const { page, complaints } = await openPage(browser, logo, DESKTOP);
    expect(await page.locator('svg').boundingBox()).toMatchObject({ width: DESKTOP.width });
    const { channels } = await sharp(await page.screenshot()).stats();
    expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(20);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('could run no script and load nothing, even if the gateway had let it pass', async () => {
    const headers = new Headers((await fetch(`${gateway.url}/assets/${LARK}.svg`)).headers);
    headers.delete('content-length');
    const asked: (string | undefined)[] = [];
    const active = createServer((request, response) => {
      asked.push(request.url);
      response.setHeaders(headers).end(ACTIVE_SVG);
    });
    await listen(active);
    try {
      const { page } = await openPage(browser, urlOf(active), DESKTOP);
      await page.waitForLoadState('networkidle');
      expect(await pixelOf(page, 640, 400)).toEqual(GREEN);
      // A picture inside of it is shown nevertheless.
      expect(await pixelOf(page, 270, 30)).toEqual(BLUE);
      expect(asked).toEqual(['/']);
      await page.context().close();
    } finally {
      active.closeAllConnections();
      active.close();
    }
  });
});

/** Whether each is one, once it is loaded. */
function shownLogos(page: Page): Promise<boolean[]> {
  return page.evaluate(`Promise.all([...document.images].map(async (image) => {
    await image.decode().catch(() => undefined);
    return image.naturalWidth > 0;
  }))`);
}

/** The statuses that the gateway has answered with. */
function logoRequests({ logs }: RunningGateway): number[] {
  const lines = logs.map((line) => JSON.parse(line) as { route?: string; status: number });
  return lines.filter(({ route }) => route === '/assets/:file').map(({ status }) => status);
}

async function listen(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function urlOf(server: Server): URL {
  const { port } = server.address() as AddressInfo;
  return new URL(`http://127.0.0.1:${port}/`);
}

async function pixelOf(page: Page, left: number, top: number): Promise<number[]> {
  const pixel = sharp(await page.screenshot()).extract({ left, top, width: 1, height: 1 });
  return [...(await pixel.removeAlpha().raw().toBuffer())];
}

const GREEN = [0, 128, 0];
const BLUE = [0, 0, 255];
const BLUE_PNG = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'blue' } })
  .png()
  .toBuffer();
const RUN = "document.querySelector('rect').setAttribute('fill','red')";
/** Green, with a blue corner; red when a script has run. */
const ACTIVE_SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" onload="${RUN}">
<style>@import "/style.css";</style><rect width="100" height="100" fill="green"/>
<image width="9" height="9" href="data:image/png;base64,${BLUE_PNG.toString('base64')}"/>
<image href="/picture.png"/><script>${RUN}</script><script href="/script.js"/>
<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="/frame"/></foreignObject></svg>`;
