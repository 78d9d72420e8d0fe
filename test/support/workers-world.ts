/** A gateway of several workers with all that it needs: simulator, card store, sign-in, Redis and PostgreSQL, each by itself. */
import { randomBytes } from 'node:crypto';
import { startDemoCardStore } from '../../src/simulator/demo-card-store.js';
import { startTokenForge, type TokenForge } from './issuer/token-forge.js';
import { PostgresServer } from './postgres-server.js';
import { type GatewayProcess, runGateway } from './processes.js';
import { type RawAnswer, send } from './raw-http.js';
import { RedisServer } from './redis-server.js';
import { type FlippedSimulator, startFlippedSimulator } from './simulator/flipped-simulator.js';
import { simulatorEnvironment } from './simulator/simulator-environment.js';

export interface WorkersWorld {
  readonly mdes: FlippedSimulator;
  readonly forge: TokenForge;
  readonly environment: Readonly<Record<string, string>>;
  /** Once all of its workers listen. */
  start(workers: number, more?: Readonly<Record<string, string>>): Promise<WorkersGateway>;
  close(): Promise<void>;
}

export interface WorkersGateway extends GatewayProcess {
  /** Their process ids, of those that have ever listened. */
  pids(): number[];
  /** By POST, over a connection of its own: each goes to the next worker. */
  ask(query: string, headers: Readonly<Record<string, string>>): Promise<RawAnswer>;
  get(path: string): Promise<RawAnswer>;
}

export async function startWorkersWorld(): Promise<WorkersWorld> {
  const cardStoreToken = 'card-store-token';
  const [mdes, forge, cardStore, redis, postgres] = await Promise.all([
    startFlippedSimulator(),
    startTokenForge(),
    startDemoCardStore({ token: cardStoreToken }),
    RedisServer.start(),
    PostgresServer.start({ args: ['-c', 'fsync=off'] }),
  ]);
  const environment = {
    ...simulatorEnvironment(mdes.simulator),
    ...forge.environment,
    CARD_VAULT_URL: cardStore.url,
    CARD_VAULT_TOKEN: cardStoreToken,
    CACHE_URL: redis.url,
    LEDGER_URL: postgres.url,
    LEDGER_KEYS: randomBytes(32).toString('base64'),
  };
  return {
    mdes,
    forge,
    environment,
    async start(workers, more = {}) {
      const run = await runGateway({ ...environment, WORKERS: String(workers), LOG_LEVEL: 'debug', ...more });
      const pids = () =>
        [...run.stdout().matchAll(/"action":"process.started".*?"pid":(\d+)/g)].map(([, pid]) => Number(pid));
      await run.says(new RegExp(`(?:"msg":"listening"[^]*){${workers}}`));
      return {
        ...run,
        pids,
        ask: (query, headers) =>
          send(run.url, {
            headers: { 'content-type': 'application/json', ...headers },
            body: JSON.stringify({ query }),
          }),
        get: (path) => send(run.url, { method: 'GET', path }),
      };
    },
    async close() {
      forge.close();
      await Promise.all([mdes.close(), cardStore.close(), redis.stop(), postgres.stop()]);
    },
  };
}
