/** Two gateways as they are run for real, one of them with two workers, on ports that stay theirs. */

import { startDemoCardStore } from '../../../../src/simulator/demo-card-store.js';
import { type GatewayProcess, runGateway } from '../../../support/processes.js';
import { freePort } from '../../../support/redis-server.js';
import { KEYED } from '../pushes/keyed-pushes.js';
import type { Scene } from '../scene.js';

const CARD_STORE_TOKEN = 'card-store-token';
const WORKERS = [2, 1];

export interface GatewayPair {
  readonly ports: readonly number[];
  readonly token: string;
  /** Whatever runs there has ended before. */
  start(at: number): Promise<void>;
  running(at: number): GatewayProcess;
}

export async function startGatewayPair(
  scene: Scene,
  settings: Readonly<Record<string, string>>,
): Promise<GatewayPair> {
  const { stage } = scene;
  const [issuer, redis, cardStore] = await Promise.all([
    scene.issuer(),
    scene.redis(),
    startDemoCardStore({ token: CARD_STORE_TOKEN }),
    scene.postgres(),
  ]);
  scene.owns(() => cardStore.close());
  const ports = await Promise.all(WORKERS.map(() => freePort()));
  const running: GatewayProcess[] = [];
  const start = async (at: number) => {
    const workers = WORKERS[at] ?? 1;
    const run = await runGateway({
      ...stage.environment,
      ...KEYED,
      ...scene.ledgerSettings,
      ...issuer.environment,
      CARD_VAULT_URL: cardStore.url,
      CARD_VAULT_TOKEN: CARD_STORE_TOKEN,
      CACHE_URL: redis.url,
      MDES_ACCOUNT_RANGES: stage.knownRanges.join(','),
      TRUSTED_PROXIES: '127.0.0.1',
      WORKERS: String(workers),
      PORT: String(ports[at]),
      ...settings,
    });
    running[at] = run;
    scene.owns(async () => void run.child.kill('SIGKILL'));
    await run.says(new RegExp(`(?:"msg":"listening"[^]*){${workers}}`));
  };
  await Promise.all(WORKERS.map((_, at) => start(at)));
  const token = await issuer.token('susan', 'bank-1', {}, '1h');
  return {
    ports,
    token,
    start,
    running(at) {
      const run = running[at];
      if (run === undefined) throw new RangeError('no such gateway');
      return run;
    },
  };
}
