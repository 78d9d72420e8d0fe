/** K2: a requestor is renamed at MDES, several times; two gateways on one Redis, one of them of two workers, serve no byte of what it was called before. */
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliDecompressSync } from 'node:zlib';
import { type RawAnswer, send } from '../../../support/raw-http.js';
import { startWorkersWorld } from '../../../support/workers-world.js';
import { atLeast, atMost, type Figure, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { eventually } from '../../support/eventually.js';

const LIST = '{ tokenRequestors(accountRanges: ["520474000"]) { id consumerFacingEntityName } }';
const NAMES = ['Lark Wallet', 'Nightingale', 'Wren', 'Kingfisher'];
const SOFT_TTL = '3s';
/** Until somebody asks MDES again. */
const FETCHED_MS = 5000;
/** And until all others have it: they look every 2 s. */
const EVERYWHERE_MS = 3000;
const STEADY_MS = 2000;
const CODINGS = ['identity', 'br'];

export const staleBytes: Row = {
  id: 'K2',
  title: 'a requestor renamed, two gateways on one Redis, one of two workers',
  async run(scene) {
    const world = await startWorkersWorld();
    scene.owns(() => world.close());
    const settings = { CATALOGUE_SOFT_TTL: SOFT_TTL };
    const gateways = [await world.start(2, settings), await world.start(1, settings)];
    for (const { child } of gateways) scene.owns(async () => void child.kill('SIGKILL'));
    const authorization = `Bearer ${await world.forge.sign()}`;
    const headers = { 'content-type': 'application/json', authorization };
    const body = JSON.stringify({ query: LIST });
    /** Each gateway several times, plain and packed, each on a connection of its own. */
    const namesEverywhere = async (): Promise<string[]> => {
      const answers = gateways.flatMap(({ url }) =>
        [...CODINGS, ...CODINGS, ...CODINGS].map((coding) =>
          send(url, { headers: { ...headers, 'accept-encoding': coding }, body }),
        ),
      );
      return (await Promise.all(answers)).map(nameIn);
    };
    const figures: Figure[] = [];
    const stale: string[] = [];
    let asked = 0;
    for (const [index, name] of NAMES.entries()) {
      if (index === 0) continue;
      world.mdes.flip(NAMES[0] ?? '', name);
      const fetchedMs = await eventually(() => world.mdes.told > 0, FETCHED_MS);
      const everywhereMs = await eventually(
        async () => (await namesEverywhere()).every((found) => found === name),
        EVERYWHERE_MS,
      );
      for (const until = performance.now() + STEADY_MS; performance.now() < until; ) {
        const found = await namesEverywhere();
        asked += found.length;
        stale.push(...found.filter((one) => one !== name));
        await sleep(5);
      }
      figures.push(
        atMost(`${name}: fetched after`, fetchedMs, FETCHED_MS, 'ms'),
        atMost('everywhere after', everywhereMs, EVERYWHERE_MS, 'ms'),
      );
    }
    const kept = gateways.map(({ stdout }) => stdout().split('"kept":true').length - 1);
    return [
      ...figures,
      atLeast('answers then', asked, 200),
      atLeast('kept ones at each', Math.min(...kept), 100),
      noneOf('stale', stale),
    ];
  },
};

function nameIn({ bytes, headers, status }: RawAnswer): string {
  const text = String(headers['content-encoding'] === 'br' ? brotliDecompressSync(bytes) : bytes);
  return NAMES.find((name) => text.includes(`"${name}"`)) ?? `none (${status})`;
}
