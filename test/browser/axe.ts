/** What axe-core finds against WCAG 2.2 AA in a page or a frame, in light and in dark. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** @param root a selector: axe is dear, and most of a page may have been looked over before */
export async function violations(
  page: Page,
  frame: Frame = page.mainFrame(),
  root = 'html',
): Promise<string[]> {
  const found = await ask(frame, root, { type: 'tag', values: RULES });
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...(await ask(frame, root, { type: 'rule', values: ['color-contrast'] })));
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/** Of a narrow window: what depends on how wide it is. */
export function violationsWhenNarrow(page: Page): Promise<string[]> {
  return ask(page.mainFrame(), 'html', { type: 'rule', values: ['target-size'] });
}

/** By how many pixels the page is wider than its window. */
export async function tooWide(page: Page): Promise<number> {
  return Number(await page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)'));
}

async function ask(frame: Frame, root: string, runOnly: object): Promise<string[]> {
  if ((await frame.evaluate('typeof axe')) === 'undefined') await frame.evaluate(AXE);
  const options = JSON.stringify({ runOnly, iframes: false, resultTypes: ['violations'] });
  return frame.evaluate(`axe.run(document.querySelector('${root}'), ${options}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 200) + ' ' + failureSummary)))`);
}
