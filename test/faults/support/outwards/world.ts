/** All that a gateway connects to, each a real server behind a TLS end that breaks on order. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemoCardStore } from '../../../../src/simulator/demo-card-store.js';
import { startSimulator } from '../../../../src/simulator/simulator.js';
import type { TokenIssuer } from '../../../support/issuer/token-issuer.js';
import { SimulatorControl } from '../../../support/simulator/simulator-control.js';
import { MDES_HOST } from '../gateway/names.js';
import type { Scene } from '../scene.js';
import { makeAuthority } from './authority.js';
import { BreakingProxy } from './breaking-proxy.js';

export interface World {
  readonly environment: Readonly<Record<string, string>>;
  readonly issuer: TokenIssuer;
  readonly simulator: SimulatorControl;
  proxy(host: string): BreakingProxy;
}

/** Of the key set: moved on by this much, it is asked for again. */
export const COOLDOWN_MS = 30_000;
const CARD_STORE_TOKEN = 'card-store-token';

export async function startWorld(scene: Scene): Promise<World> {
  const authority = makeAuthority();
  const proxies = new Map<string, BreakingProxy>();
  const before = async (host: string, startsPlain = false) => {
    const proxy = await BreakingProxy.start({ host, authority, startsPlain });
    proxies.set(host, proxy);
    scene.owns(() => proxy.close());
    return proxy;
  };
  const folder = mkdtempSync(join(tmpdir(), 'token-connect-outwards-'));
  scene.owns(async () => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  const redis = await before('redis.test');
  redis.target = (await scene.redis()).port;
  const ledger = await before('ledger.test', true);
  ledger.target = (await scene.postgres({ args: ['-c', 'fsync=off'] })).port;
  const mdes = await before(MDES_HOST);
  const simulator = await startSimulator({ publicUrl: `https://${mdes.place}` });
  scene.owns(() => simulator.close());
  mdes.target = portOf(simulator.url);
  const cards = await before('cards.test');
  const cardStore = await startDemoCardStore({ token: CARD_STORE_TOKEN });
  scene.owns(() => cardStore.close());
  cards.target = portOf(cardStore.url);
  const keys = await before('keys.test');
  const issuer = await scene.issuer();
  keys.target = portOf(issuer.environment['AUTH_JWKS_URL'] ?? '');

  return {
    environment: {
      ...issuer.environment,
      CACHE_URL: `rediss://${redis.place}`,
      LEDGER_URL: `postgres://postgres@${ledger.place}/postgres?sslmode=verify-full`,
      LEDGER_KEYS: randomBytes(32).toString('base64'),
      ISSUER_ID: 'moon-bank',
      MDES_BASE_URL: simulator.mdes.baseUrl,
      MDES_CONSUMER_KEY: simulator.mdes.consumerKey,
      MDES_SIGNING_KEY_FILE: file('signing-key.pem', simulator.mdes.signingKeyPem),
      MDES_ENCRYPTION_CERTIFICATE_FILE: file('encryption.pem', simulator.mdes.encryptionCertificatePem),
      CARD_VAULT_URL: `https://${cards.place}`,
      CARD_VAULT_TOKEN: CARD_STORE_TOKEN,
      AUTH_JWKS_URL: `https://${keys.place}/keys`,
      PUSH_LIMITS: '1000/h per account-holder',
      NODE_EXTRA_CA_CERTS: file('authority.pem', authority.cert),
    },
    issuer,
    simulator: new SimulatorControl(simulator.url),
    proxy(host) {
      const proxy = proxies.get(host);
      if (proxy === undefined) throw new RangeError(`nothing is called ${host}`);
      return proxy;
    },
  };
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
