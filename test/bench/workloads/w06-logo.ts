/** W6: a logo by HTTP, as browsers and apps ask for it. */
import { type Ask, answerOf, dataIn, onTheWire } from '../support/load/requests.js';
import { compare, seriesTable } from '../support/measure.js';
import { startBare } from '../support/servers/peers.js';
import type { Workload } from '../workload.js';
import { goalAgainst } from './w01-hot-catalogue.js';

export const logo: Workload = {
  id: 'W6',
  title: 'a logo by HTTP',
  patienceMs: 60_000,
  async run(bench) {
    const { gateway, catalogue } = await bench.home();
    const { tokenRequestors } = dataIn((await answerOf(gateway.port, catalogue)).bytes);
    const url = tokenRequestors.find((one: { logo: object | null }) => one.logo !== null).logo.svgUrl;
    const ask: Ask = {
      method: 'GET',
      path: new URL(url).pathname,
      headers: { accept: 'image/svg+xml' },
      body: '',
    };
    const answer = await answerOf(gateway.port, ask);
    const prepared = await bench.load.prepare([onTheWire(ask)]);
    const bare = await startBare(bench.row, bench.answerFile(answer));
    const series = await compare(bench.load, [
      { name: 'this gateway', server: gateway, prepared },
      { name: bare.name, server: bare, prepared },
    ]);
    const profiles = await bench.profileUnderLoad('W6', gateway, prepared);
    return {
      goals: [goalAgainst(series[0], series, 'bare node:http', 0.8)],
      tables: [seriesTable('W6, requests', series), ...profiles],
      notes: [`${answer.bytes.length} bytes.`],
    };
  },
};
