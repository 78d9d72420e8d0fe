/** All that set-ups lead to: MDES as it should be and bent in every way, a card store, a sign-in, Redis, databases. */
import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import type { SimulatorKeys } from '../../../src/simulator/simulator-keys.js';
import { type OwnCardStore, startOwnCardStore } from '../issuer/own-card-store.js';
import { startTokenIssuer, type TokenIssuer } from '../issuer/token-issuer.js';
import { type FakeMdes, startFakeMdes } from '../mdes/fake-mdes.js';
import { PostgresServer } from '../postgres-server.js';
import { RedisServer } from '../redis-server.js';
import { simulatorKeys } from '../simulator/start-simulator.js';
import { pass, startTamperingProxy, type TamperingProxy } from './tampering-proxy.js';

export interface DoctorWorld {
  readonly mdes: TamperingProxy;
  /** Answers whatever a set-up says; `fakeTls` shows a certificate that nobody knows. */
  readonly fake: FakeMdes;
  readonly keys: SimulatorKeys;
  readonly strangers: KeyPairKeyObjectResult;
  readonly cardStore: OwnCardStore;
  readonly signIn: TokenIssuer;
  /** MDES, card store and sign-in, all right. */
  readonly environment: Readonly<Record<string, string>>;
  redis(...args: readonly string[]): Promise<RedisServer>;
  /** One for all set-ups. */
  postgres(): Promise<PostgresServer>;
  /** Closed with the world. */
  owns(close: () => Promise<unknown>): void;
  /** Everything is as it should be again. */
  reset(): void;
  close(): Promise<void>;
}

const RANGE = '541333900';

export async function startDoctorWorld(): Promise<DoctorWorld> {
  const keys = await simulatorKeys();
  const [mdes, fake, signIn] = await Promise.all([
    startTamperingProxy(),
    startFakeMdes(),
    startTokenIssuer(),
  ]);
  const cardStore = await startOwnCardStore([
    { id: 'own-1', accountHolder: 'susan', range: RANGE, accountNumber: '5413339000000012' },
  ]);
  const open: (() => Promise<unknown>)[] = [];
  let database: Promise<PostgresServer> | undefined;
  const strangers = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    ...{ mdes, fake, keys, strangers, cardStore, signIn },
    environment: {
      MDES_BASE_URL: mdes.url,
      MDES_CONSUMER_KEY: keys.consumerKey,
      MDES_SIGNING_KEY: keys.signingKeyPem,
      MDES_ENCRYPTION_CERTIFICATE: keys.encryptionCertificatePem,
      MDES_ACCOUNT_RANGES: mdes.simulator.mdes.accountRanges.join(),
      ...cardStore.environment,
      ...signIn.environment,
      AUTH_SCOPES: 'off',
    },
    async redis(...args) {
      const server = await RedisServer.start({ args });
      open.push(() => server.stop());
      return server;
    },
    postgres() {
      database ??= PostgresServer.start({ args: ['-c', 'fsync=on'] });
      return database;
    },
    owns: (close) => void open.push(close),
    reset() {
      mdes.tamper = pass;
      signIn.stand = null;
    },
    async close() {
      await Promise.all(open.map((close) => close()));
      if (database !== undefined) await (await database).stop();
      await Promise.all([mdes.close(), fake.close(), signIn.close(), cardStore.close()]);
    },
  };
}
