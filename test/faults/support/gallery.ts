/** Pages that show one picture each, as an app or a web page would, and what Chromium does with them. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { startBrowser } from '../../browser/browser.js';

export const WAYS = ['alone', 'img', 'inlined'] as const;
export type Way = (typeof WAYS)[number];

/** Where a page shows a picture, and how large. */
const BOX = { left: 100, top: 100, size: 200 };
const VIEWPORT = { width: 500, height: 400 };
/** Of a picture that hangs: it is not waited for longer. */
const MOST_MS = 15_000;

export interface Shown {
  readonly ms: number;
  /** What it did besides being painted: asked for something, ran, said something, painted beyond its box. */
  readonly deeds: readonly string[];
}

export class Gallery {
  readonly #server: Server;
  readonly #pages = new Map<string, { readonly type: string; readonly body: Buffer | string }>();
  readonly #asked: string[] = [];
  #browser: Browser;
  #count = 0;
  #frame: Buffer | undefined;

  static async open(): Promise<Gallery> {
    const gallery = new Gallery(await startBrowser());
    await new Promise<void>((resolve) => gallery.#server.listen(0, '127.0.0.1', resolve));
    gallery.#frame = await gallery.#outside(await gallery.#screenshotOf(pageWith('')));
    return gallery;
  }

  private constructor(browser: Browser) {
    this.#browser = browser;
    this.#server = createServer(({ url = '' }, response) => {
      const page = this.#pages.get(url);
      if (page === undefined) this.#asked.push(url);
      response.statusCode = page === undefined ? 404 : 200;
      // Without the headers of the gateway: the picture by itself is what is looked at.
      response.setHeader('content-type', page?.type ?? 'text/plain').end(page?.body);
    });
  }

  async show(svg: Buffer, way: Way): Promise<Shown> {
    const picture = this.#put('image/svg+xml', svg);
    if (way === 'alone') return this.#watch(picture, false);
    const inside = way === 'img' ? `<img src="${picture}" alt="">` : svg.toString();
    return this.#watch(this.#put('text/html; charset=utf-8', pageWith(inside)), way === 'inlined');
  }

  /** Several side by side, as they are painted. */
  async sheet(svgs: readonly Buffer[]): Promise<Buffer> {
    const images = svgs.map(
      (svg) => `<img src="${this.#put('image/svg+xml', svg)}" width="64" height="64" alt="">`,
    );
    const shot = await this.#screenshotOf(
      `<!doctype html><body style="margin:0;font-size:0">${images.join('')}`,
    );
    return sharp(shot).removeAlpha().raw().toBuffer();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #watch(path: string, isInlined: boolean): Promise<Shown> {
    const deeds: string[] = [];
    const before = this.#asked.length;
    const context = await this.#browser.newContext({ viewport: VIEWPORT });
    const page = await context.newPage();
    page.on('dialog', (dialog) => {
      deeds.push('ran');
      void dialog.dismiss().catch(() => undefined);
    });
    page.on('popup', () => deeds.push('opened a window'));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.host !== new URL(this.#url).host && url.protocol !== 'data:')
        deeds.push(`asked for ${url.host}`);
    });
    page.on('framenavigated', (frame) => {
      if (new URL(frame.url()).pathname !== path) deeds.push('went elsewhere');
    });
    const startedAt = performance.now();
    try {
      await page.goto(this.#url + path, { timeout: MOST_MS });
      const shot = await page.screenshot({ timeout: MOST_MS, animations: 'allow' });
      const ms = performance.now() - startedAt;
      // What it would do a little later, or when somebody points at it.
      await page.mouse.move(BOX.left + 50, BOX.top + 50);
      await page.mouse.click(BOX.left + 60, BOX.top + 60);
      await page.waitForTimeout(50);
      if (isInlined && !(await this.#outside(shot)).equals(this.#frame ?? Buffer.alloc(0)))
        deeds.push('painted outside');
      if (isInlined && (await isCovering(page))) deeds.push('lies over the page');
      deeds.push(
        ...this.#asked
          .slice(before)
          .filter((url) => url !== '/favicon.ico')
          .map((url) => `asked for ${url}`),
      );
      return { ms, deeds };
    } catch (error) {
      const [why = ''] = String(error).split('\n');
      // A browser that hangs is no use to the next picture.
      await this.#browser.close().catch(() => undefined);
      this.#browser = await startBrowser();
      return { ms: MOST_MS, deeds: [...deeds, `hung: ${why}`] };
    } finally {
      await context.close().catch(() => undefined);
    }
  }

  async #screenshotOf(html: string): Promise<Buffer> {
    const page = await this.#browser.newPage({ viewport: { width: 640, height: 640 } });
    await page.goto(this.#url + this.#put('text/html; charset=utf-8', html));
    await page.setViewportSize(html.includes('font-size:0') ? { width: 640, height: 640 } : VIEWPORT);
    const shot = await page.screenshot();
    await page.close();
    return shot;
  }

  /** The pixels of a page beside its box. */
  async #outside(screenshot: Buffer): Promise<Buffer> {
    const { left, top, size } = BOX;
    const cover = await sharp({ create: { width: size, height: size, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    return sharp(screenshot)
      .composite([{ input: cover, left, top }])
      .removeAlpha()
      .raw()
      .toBuffer();
  }

  #put(type: string, body: Buffer | string): string {
    const path = `/page-${++this.#count}`;
    this.#pages.set(path, { type, body });
    return path;
  }

  get #url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
}

/** With a picture and text of its own, in the classes and ids that pictures have as well. */
function pageWith(inside: string): string {
  const { left, top, size } = BOX;
  return `<!doctype html><title>Bank</title><style>
    body { margin: 0 } #box { position: absolute; left: ${left}px; top: ${top}px }
    #box, #box > * { width: ${size}px; height: ${size}px; display: block }
    .fixed { position: fixed } .inset-0 { inset: 0 } .z-50 { z-index: 50 } .modal { width: 9999px !important; background: red }
  </style><p class="page cls-1 a" id="page">Your cards</p><div id="box">${inside}</div>
  <svg width="50" height="50"><rect class="a cls-1" width="50" height="50" fill="#00f"/></svg><input id="amount" value="1">`;
}

/** Whether anything of the box lies over the places beside it. */
function isCovering(page: Page): Promise<boolean> {
  const places = [
    [10, 10],
    [300 + 20, 150],
    [150, 300 + 20],
    [450, 350],
  ];
  return page.evaluate(
    `${JSON.stringify(places)}.some(([x, y]) => document.elementFromPoint(x, y)?.closest('#box') != null)`,
  );
}
