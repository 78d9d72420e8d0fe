/** Starts Chromium for the browser tests, and watches what a page asks for and complains about. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type Page, type ViewportSize } from 'playwright-core';

export const DESKTOP: ViewportSize = { width: 1280, height: 800 };
export const PHONE: ViewportSize = { width: 390, height: 844 };

export interface WatchedPage {
  readonly page: Page;
  /** URLs of requests to any other host than the page's own. */
  readonly foreignRequests: readonly string[];
  /** Errors in the page's console, and exceptions that nobody caught. */
  readonly complaints: readonly string[];
}

/** Without these switches Chromium calls its maker's servers at every start; as root it needs --no-sandbox. */
const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The first is without windows, and so much quicker. */
const COMMANDS = ['chromium-headless-shell', 'chromium'];

export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: SWITCHES });
}

function findChromium(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command))).find((file) =>
    existsSync(file),
  );
  if (found === undefined) {
    throw new Error(`There is no ${COMMANDS.join(' or ')} on the PATH. Run: npm run test:tools`);
  }
  return found;
}

/** A page in a fresh profile; close its context when done. */
export async function openPage(browser: Browser, url: URL, viewport: ViewportSize): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  const foreignRequests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    const target = new URL(request.url());
    if (target.protocol.startsWith('http') && target.host !== url.host) {
      foreignRequests.push(request.url());
    }
  });
  page.on('console', (message) => {
    if (message.type() === 'error') {
      complaints.push(`${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url.href);
  return { page, foreignRequests, complaints };
}
