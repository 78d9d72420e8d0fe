/** Every state of every page under axe; drawn into the folder that GALLERY names, where it names one. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Secret } from '../../../src/domain/secret.js';
import { Holds } from '../../../src/push/ledger/postgres/holds.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { PostgresServer } from '../../support/postgres-server.js';
import { STOPPED } from '../../support/push/provoked-refusals.js';
import { tooWide, violations, violationsWhenNarrow } from '../axe.js';
import { DESKTOP, PHONE, startBrowser } from '../browser.js';
import { BEFORE_THE_PUSH } from './before-the-push.js';
import { OTHER_PAGES } from './other-pages.js';
import { PUSH_STATES } from './push-states.js';
import { REFUSAL_STATES } from './refusal-states.js';
import { type State, StatesStage } from './state.js';

const FOLDER = process.env['GALLERY'];
const WANTED = (process.env['STATES'] ?? '').split(',');
const STATES: readonly State[] = [...OTHER_PAGES, ...BEFORE_THE_PUSH, ...PUSH_STATES, ...REFUSAL_STATES];

const TO_THE_POINT = `document.querySelector('main .note, main details[open]')?.scrollIntoView({ block: 'center' })`;

let database: PostgresServer;
let gateway: TestGateway;
let stage: StatesStage;

beforeAll(async () => {
  database = await PostgresServer.start();
  const key = randomBytes(32);
  const identity = { issuer: 'moon-bank', url: new Secret(database.url), keys: [new Secret(key)] };
  gateway = await startTestGateway({
    ISSUER_ID: identity.issuer,
    LEDGER_URL: database.url,
    LEDGER_KEYS: key.toString('base64'),
    STEP_UP_MAX_AGE: '600',
    RATE_LIMITS: 'off',
    PUSH_LIMITS: 'off',
  });
  await new Holds(identity).set({ kind: 'token-requestor', name: STOPPED }, '');
  stage = new StatesStage(await startBrowser(), gateway);
});

beforeEach(() => stage.control.reset());

afterAll(async () => {
  await stage?.browser.close();
  await gateway?.close();
  await database?.stop();
});

it.each(STATES.filter(({ name }) => WANTED.some((wanted) => name.startsWith(wanted))))(
  '$name: axe finds nothing, in light and in dark; it fits a phone; nobody else is asked, nothing complained about',
  async ({ name, come }) => {
    const { page, foreignRequests, complaints } = await come(stage);
    if (FOLDER !== undefined) await draw(page, FOLDER, name);
    else await expectAccessible(page);
    expect([foreignRequests, complaints]).toEqual([[], []]);
    await page.context().close();
  },
);

async function expectAccessible(page: Page): Promise<void> {
  const found: string[] = [];
  for (const frame of page.frames()) found.push(...(await violations(page, frame)));
  const wide = await tooWide(page);
  await page.setViewportSize(PHONE);
  found.push(...(await violationsWhenNarrow(page)));
  expect([found, wide, await tooWide(page)]).toEqual([[], 0, 0]);
}

async function draw(page: Page, folder: string, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const viewport of [DESKTOP, PHONE]) {
    await page.setViewportSize(viewport);
    // What was come to in a wide window may lie below the edge of a narrow one.
    if (viewport === PHONE) await page.evaluate(TO_THE_POINT);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(folder, `${name}-${viewport.width}-${colorScheme}.png`) });
    }
  }
}
