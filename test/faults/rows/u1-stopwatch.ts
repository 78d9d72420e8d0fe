/** U1: from a fresh clone to a card in a wallet, by the demo bank, by the explorer and with the typed client. */
import { startBrowser } from '../../browser/browser.js';
import { atMost, type Figure } from '../figure.js';
import type { Row } from '../row.js';
import { FreshClone } from '../support/stopwatch/fresh-clone.js';
import { byDemoBank, byExplorer, byTypedClient } from '../support/stopwatch/three-ways.js';

/** Five minutes from clone to understanding, on a machine that does other things too. */
const LONGEST_SECONDS = 300;

export const stopwatch: Row = {
  id: 'U1',
  title: 'fresh clone to a card in the wallet, what the machine takes of it',
  async run(scene) {
    const fresh = new FreshClone();
    scene.owns(() => fresh.close());
    const browser = await startBrowser();
    scene.owns(() => browser.close());
    const installing = await secondsOf(async () => {
      await fresh.clone();
      await fresh.npm(fresh.root, 'ci', '--silent');
    });
    let url = '';
    const starting = await secondsOf(async () => {
      url = await fresh.start();
    });
    const ways = {
      'by the demo bank': () => byDemoBank(browser, url),
      'by the explorer': () => byExplorer(browser, url),
      'with the typed client': () => byTypedClient(fresh, url),
    };
    const figures: Figure[] = [
      atMost('clone and npm ci', installing, LONGEST_SECONDS, 's'),
      atMost('npm start until the banner', starting, LONGEST_SECONDS, 's'),
    ];
    for (const [name, way] of Object.entries(ways)) {
      const walking = await secondsOf(way);
      figures.push(
        atMost(`${name}, after the banner`, walking, LONGEST_SECONDS, 's'),
        atMost(`${name}, in all`, installing + starting + walking, LONGEST_SECONDS, 's'),
      );
    }
    return figures;
  },
};

async function secondsOf(deed: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await deed();
  return (performance.now() - started) / 1000;
}
