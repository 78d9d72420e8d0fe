/** What most workloads share: the simulator's catalogue, a card store, a gateway, and what peers need to answer the same. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import { listKnownRanges } from '../../../src/simulator/catalogue/account-ranges.js';
import { cardsOf, holderName, SUSAN } from './holders.js';
import type { Keeper } from './keeper.js';
import { type Ask, answerOf, dataIn, documentNamed, graphqlAsk } from './load/requests.js';
import { HOLDERS, rangeSets, setOf } from './picker-mix.js';
import { ROOT } from './root.js';
import { startGateway } from './servers/gateway.js';
import type { PeerData } from './servers/peers.js';
import { PinnedProcess } from './servers/pinned-process.js';
import type { Server } from './servers/server.js';
import type { SignIn } from './sign-in.js';
import { startWorld, type World } from './world/world.js';

const SUSANS_CARDS = 4;
const SIMULATOR_MS = 20_000;

export interface Home {
  readonly gateway: Server;
  /** MDES is the simulator, the card store is the world's. */
  readonly environment: Readonly<Record<string, string>>;
  readonly world: World;
  /** That have requestors. */
  readonly ranges: readonly string[];
  readonly sets: readonly (readonly string[])[];
  readonly token: string;
  /** W1: all requestors of the range that has the most. */
  readonly catalogue: Ask;
  readonly requestors: number;
  /** A file of PeerData. */
  readonly peerData: string;
}

export async function startHome(keeper: Keeper, signIn: SignIn, folder: string): Promise<Home> {
  const mdes = await startSimulator(keeper, folder);
  const ranges = listKnownRanges()
    .filter(({ issuer }) => issuer !== 'NOBODY')
    .map(({ start }) => start);
  const token = await signIn.token(SUSAN);
  const sets = rangeSets(ranges);
  const world = await startWorld(keeper, {
    accounts: [
      ...cardsOf(SUSAN, ranges.slice(0, SUSANS_CARDS)),
      ...Array.from({ length: HOLDERS }, (_, at) => cardsOf(holderName(at), setOf(sets, at))).flat(),
    ],
  });
  const environment = { ...mdes, ...signIn.environment, ...world.cardStore };
  const gateway = await startGateway(keeper, { environment });
  const requestors = await requestorsOf(gateway, token, ranges);
  const [fullest = ''] = [...ranges].sort((a, b) => count(requestors[b]) - count(requestors[a]));
  const data: PeerData = {
    schema: readFileSync(join(ROOT, 'schema.graphql'), 'utf8'),
    requestors,
    assets: {},
    cardStore: { url: world.place.cardStoreUrl, token: world.cardStoreToken },
    signIn: peerSignIn(signIn),
  };
  const peerData = join(folder, 'peer-data.json');
  writeFileSync(peerData, JSON.stringify(data));
  return {
    gateway,
    environment,
    world,
    ranges,
    sets,
    token,
    catalogue: catalogueAsk(token, fullest),
    requestors: count(requestors[fullest]),
    peerData,
  };
}

export function peerSignIn({ environment }: SignIn): PeerData['signIn'] {
  return {
    issuer: environment['AUTH_ISSUER'] ?? '',
    audience: environment['AUTH_AUDIENCE'] ?? '',
    jwksUrl: environment['AUTH_JWKS_URL'] ?? '',
  };
}

/** What a picker shows of each; without `enabledAccountRanges`, which would be most of the bytes and none of the work. */
const PICKER = `query Picker($accountRanges: [AccountRange!]) {
  tokenRequestors(accountRanges: $accountRanges) {
    id
    name
    consumerFacingEntityName
    type
    walletId
    imageAssetId
    supportedPushMethods
    logo {
      svgUrl
      pngUrl
    }
  }
}`;

export function catalogueAsk(token: string, range: string): Ask {
  return graphqlAsk({ query: PICKER, variables: { accountRanges: [range] }, token });
}

async function requestorsOf(
  { port }: Server,
  token: string,
  ranges: readonly string[],
): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const query = documentNamed(ROOT, 'TokenRequestors');
  const lists: Record<string, readonly unknown[]> = {};
  for (const range of ranges) {
    const ask = graphqlAsk({ query, variables: { accountRanges: [range] }, token });
    const { bytes } = await answerOf(port, ask);
    lists[range] = dataIn(bytes).tokenRequestors;
  }
  return lists;
}

function count(list: readonly unknown[] | undefined): number {
  return list?.length ?? 0;
}

async function startSimulator(keeper: Keeper, folder: string): Promise<Record<string, string>> {
  const home = mkdtempSync(join(folder, 'simulator-'));
  const file = join(home, 'mdes.env');
  const program = join(ROOT, 'dist/simulator/main.js');
  const command = [process.execPath, program, '--port', '0', '--write-env', file];
  const simulator = new PinnedProcess('simulator', 'load', command, {});
  await keeper.owns(() => simulator.kill());
  const until = Date.now() + SIMULATOR_MS;
  for (;;) {
    try {
      const read = Object.entries(parseEnv(readFileSync(file, 'utf8')));
      return Object.fromEntries(read.map(([name, value]) => [name, value ?? '']));
    } catch {
      if (Date.now() > until) throw new Error(`the simulator does not start:\n${simulator.logTail}`);
      await sleep(50);
    }
  }
}
