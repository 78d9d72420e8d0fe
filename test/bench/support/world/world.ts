/** MDES and a card store that answer at once, in a process beside the load. */
import { randomBytes } from 'node:crypto';
import type { OwnAccount } from '../../../support/issuer/own-card-store.js';
import { simulatorKeys } from '../../../support/simulator/start-simulator.js';
import type { Keeper } from '../keeper.js';
import { PinnedProcess } from '../servers/pinned-process.js';
import type { WorldPlace, WorldPlan } from './world-plan.js';

export interface World {
  readonly place: WorldPlace;
  readonly cardStoreToken: string;
  /** For a gateway. */
  readonly mdes: Readonly<Record<string, string>>;
  readonly cardStore: Readonly<Record<string, string>>;
  /** Puts something where peers may fetch it. */
  serve(path: string, value: unknown): Promise<void>;
  /** How many have arrived at MDES. */
  pushes(): Promise<number>;
}

interface WorldWish {
  readonly accounts: readonly OwnAccount[];
  readonly requestors?: number;
  readonly delayMs?: number;
}

/** As many as MDES's simulator has. */
const REQUESTORS = 24;

export async function startWorld(
  keeper: Keeper,
  { accounts, requestors = REQUESTORS, delayMs = 0 }: WorldWish,
) {
  const keys = await simulatorKeys();
  const cardStoreToken = randomBytes(16).toString('hex');
  const process = PinnedProcess.node('MDES and card store', 'load', 'world-process');
  await keeper.owns(() => process.kill());
  const privateKeyPem = keys.encryptionPrivateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const place = await process.ask<WorldPlace>('start', {
    requestors,
    delayMs,
    accounts,
    cardStoreToken,
    encryption: { privateKeyPem, fingerprint: keys.encryptionFingerprint },
  } satisfies WorldPlan);
  return {
    place,
    cardStoreToken,
    mdes: {
      MDES_BASE_URL: place.mdesUrl,
      MDES_CONSUMER_KEY: keys.consumerKey,
      MDES_SIGNING_KEY: keys.signingKeyPem,
      MDES_ENCRYPTION_CERTIFICATE: keys.encryptionCertificatePem,
    },
    cardStore: { CARD_VAULT_URL: place.cardStoreUrl, CARD_VAULT_TOKEN: cardStoreToken },
    serve: (path: string, value: unknown) => process.ask<void>('serve', { path, value }),
    pushes: () => process.ask<number>('pushes'),
  } satisfies World;
}
