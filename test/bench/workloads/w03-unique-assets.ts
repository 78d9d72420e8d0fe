/** W3: one logo after the other with its media, none the same as the last. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstLine } from '../support/first-line.js';
import { SUSAN } from '../support/holders.js';
import { peerSignIn } from '../support/home.js';
import {
  type Ask,
  answerOf,
  dataIn,
  documentNamed,
  graphqlAsk,
  onTheWire,
  requireSameData,
} from '../support/load/requests.js';
import { compare, type Subject, seriesTable } from '../support/measure.js';
import { ROOT } from '../support/root.js';
import { startGateway } from '../support/servers/gateway.js';
import type { PeerData } from '../support/servers/peers.js';
import { startWorld } from '../support/world/world.js';
import { logoId } from '../support/world/world-plan.js';
import type { Workload } from '../workload.js';
import { goalAgainst } from './w01-hot-catalogue.js';

/** As many as the largest catalogue has. */
const LOGOS = 2400;
const RANGE = '5204740000000000000';
const WARM_SECONDS = 60;

export const uniqueAssets: Workload = {
  id: 'W3',
  title: 'asset(id) with its media, 2,400 of them in turn, warm',
  patienceMs: 150_000,
  async run(bench) {
    const world = await startWorld(bench.row, { accounts: [], requestors: LOGOS });
    const gateway = await startGateway(bench.row, {
      environment: {
        ...world.mdes,
        ...world.cardStore,
        ...bench.signIn.environment,
        MDES_ACCOUNT_RANGES: RANGE,
      },
    });
    const token = await bench.signIn.token(SUSAN);
    const query = documentNamed(ROOT, 'Asset');
    const asks: Ask[] = Array.from({ length: LOGOS }, (_, number) =>
      graphqlAsk({ query, variables: { id: logoId(number) }, token }),
    );
    const prepared = await bench.load.prepare(asks.map(onTheWire), '"data"');
    const notes: string[] = [];
    const assets: Record<string, unknown> = {};
    for (const ask of asks) {
      const { asset } = dataIn((await answerOf(gateway.port, ask)).bytes);
      assets[asset.id] = asset;
    }
    const data = bench.file({
      schema: readFileSync(join(ROOT, 'schema.graphql'), 'utf8'),
      requestors: {},
      assets,
      cardStore: { url: '', token: '' },
      signIn: peerSignIn(bench.signIn),
    } satisfies PeerData);
    const subjects: Subject[] = [{ name: 'this gateway', server: gateway, prepared }];
    for (const name of ['mercurius', 'apollo'] as const) {
      try {
        const server = await bench.peers().start(bench.row, name, data);
        const [first] = asks;
        if (first === undefined) throw new RangeError('no logo at all');
        const ours = await answerOf(gateway.port, first);
        requireSameData(ours.bytes, (await answerOf(server.port, first)).bytes, server.name);
        subjects.push({ name: server.name, server, prepared });
      } catch (error) {
        notes.push(`${name} is not measured: ${firstLine(error)}`);
      }
    }
    const warm = { port: gateway.port, prepared, connections: 50, seconds: WARM_SECONDS, inTurn: true };
    await bench.load.closed(warm);
    const series = await compare(bench.load, subjects);
    const [ours] = series;
    const profiles = await bench.profileUnderLoad('W3', gateway, prepared);
    return {
      goals: [goalAgainst(ours, series, 'Mercurius JIT', 1), goalAgainst(ours, series, 'Apollo 5 plain', 2)],
      tables: [seriesTable('W3, requests', series), ...profiles],
      notes: [...notes, 'Each request draws one of the 2,400 at random.'],
    };
  },
};
