/** The gateway as an operator starts it: built, with production's settings, in a process of its own. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { freePort } from '../../../support/redis-server.js';
import type { Keeper } from '../keeper.js';
import { ROOT } from '../root.js';
import { bundled, PinnedProcess } from './pinned-process.js';
import { type Server, whenListening } from './server.js';

const COMMAND = join(ROOT, 'bin/token-connect-gateway.mjs');
export const ACR = 'urn:openbanking:psd2:sca';
/** Counted, and never reached. */
const MOST = 999_999_999;
const CATALOGUE_MS = 60_000;

const PRODUCTION: Readonly<Record<string, string>> = {
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  ISSUER_ID: 'moon-bank',
  LEDGER_URL: 'memory:',
  LEDGER_KEYS: randomBytes(32).toString('base64'),
  STEP_UP_ACR: ACR,
  STEP_UP_MAX_AGE: '2h',
  RATE_LIMITS: `${MOST}/m per account-holder, ${MOST}/m per client, ${MOST}/m per address`,
  PUSH_LIMITS: `${MOST}/h per account-holder, ${MOST}/h per account`,
};

export interface GatewayWish {
  readonly name?: string;
  /** Of MDES, card store and sign-in; and what differs from production's. An empty value takes a setting away. */
  readonly environment: Readonly<Record<string, string>>;
  /** false: nothing is loaded beside it, so that its start and its memory are its own. */
  readonly probed?: boolean;
}

export async function spawnGateway(keeper: Keeper, wish: GatewayWish): Promise<Server> {
  const { name = 'gateway', environment, probed = true } = wish;
  const port = await freePort();
  const all = { ...PRODUCTION, ...environment, PORT: String(port) };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
  const probe = probed ? ['--import', pathToFileURL(bundled('probe')).href] : [];
  const command = [process.execPath, ...probe, COMMAND];
  const started = new PinnedProcess(name, 'server', command, given, { asks: probed });
  await keeper.owns(() => started.kill());
  return { name, port, process: started };
}

/** Once it listens, and has its catalogue where it keeps one. */
export async function startGateway(keeper: Keeper, wish: GatewayWish): Promise<Server> {
  const server = await spawnGateway(keeper, wish);
  await whenListening(server);
  if (wish.environment['CATALOGUE_WARM'] !== 'off') await whenWarm(server);
  return server;
}

async function whenWarm({ name, port, process }: Server): Promise<void> {
  const until = Date.now() + CATALOGUE_MS;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    const { catalogue } = (await answer.json()) as { readonly catalogue?: string };
    if (catalogue === 'ok') return;
    if (Date.now() > until) throw new Error(`${name}: its catalogue is ${catalogue}:\n${process.logTail}`);
    await sleep(100);
  }
}
