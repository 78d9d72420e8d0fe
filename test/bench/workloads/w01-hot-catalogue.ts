/** W1: the catalogue of one range, asked for again and again, beside servers that answer the same. */

import type { Bench } from '../support/bench.js';
import { firstLine } from '../support/first-line.js';
import type { Home } from '../support/home.js';
import { answerOf, onTheWire, requireSameData } from '../support/load/requests.js';
import { compare, ratio, type Series, type Subject, seriesTable } from '../support/measure.js';
import { type PeerName, startBare, startReadingBare } from '../support/servers/peers.js';
import type { Server } from '../support/servers/server.js';
import { atLeast, type Goal, missing, type Workload } from '../workload.js';

const NODE_PEERS: readonly PeerName[] = ['mercurius', 'apollo-cached', 'yoga', 'apollo'];
/** By the name of the server. */
const GOALS: readonly (readonly [name: string, bound: number])[] = [
  ['bare node:http', 0.8],
  ['Tailcall 1.0', 1],
  ['Mercurius JIT', 4],
  ['Apollo 5 plain', 14],
];

export const hotCatalogue: Workload = {
  id: 'W1',
  title: 'hot catalogue: one range, all of its requestors with logo URLs, signed in',
  patienceMs: 180_000,
  async run(bench) {
    const home = await bench.home();
    const prepared = await bench.load.prepare([onTheWire(home.catalogue)]);
    const answer = await answerOf(home.gateway.port, home.catalogue);
    const notes = [`${home.requestors} requestors, ${answer.bytes.length} bytes.`];
    const subjects: Subject[] = [{ name: 'this gateway', server: home.gateway, prepared }];
    const file = bench.answerFile(answer);
    const bare = [await startBare(bench.row, file), await startReadingBare(bench.row, file)];
    for (const server of [...bare, ...(await startPeers(bench, home, notes))]) {
      try {
        const theirs = await answerOf(server.port, home.catalogue);
        requireSameData(answer.bytes, theirs.bytes, server.name);
        subjects.push({ name: server.name, server, prepared });
      } catch (error) {
        notes.push(`${server.name} is not measured: ${firstLine(error)}`);
      }
    }
    const series = await compare(bench.load, subjects);
    const [ours] = series;
    const profiles = await bench.profileUnderLoad('W1', home.gateway, prepared);
    return {
      goals: GOALS.map(([name, bound]) => goalAgainst(ours, series, name, bound)),
      tables: [seriesTable('W1, requests', series), ...profiles],
      notes,
    };
  },
};

async function startPeers(bench: Bench, home: Home, notes: string[]): Promise<Server[]> {
  const started: Server[] = [];
  const attempt = async (name: string, start: () => Promise<Server>) => {
    try {
      started.push(await start());
    } catch (error) {
      notes.push(`${name} is not measured: ${firstLine(error)}`);
    }
  };
  await attempt('Tailcall', () => startTailcall(bench, home));
  for (const name of NODE_PEERS) {
    await attempt(name, () => bench.peers().start(bench.row, name, home.peerData));
  }
  return started;
}

/** It fetches the list of the range again and again, as often as it is done with those who wait for it. */
async function startTailcall(bench: Bench, { catalogue, gateway, world }: Home): Promise<Server> {
  const { bytes } = await answerOf(gateway.port, catalogue);
  const { data } = JSON.parse(bytes.toString('utf8'));
  const { variables } = JSON.parse(catalogue.body);
  await world.serve(`/requestors?range=${variables.accountRanges[0]}`, data.tokenRequestors);
  return bench.peers().startTailcall(bench.row, world.place.upstreamUrl, bench.folder);
}

export function goalAgainst(
  ours: Series | undefined,
  series: readonly Series[],
  name: string,
  bound: number,
): Goal {
  const other = series.find((one) => one.name === name);
  if (ours === undefined || other === undefined) return missing(name, 'not measured, see the notes');
  return atLeast(`× ${name}`, ratio(ours, other), bound);
}
