/** What runs inside the process where nothing else is configured: MDES simulator, demo accounts, demo sign-in. */
import { randomBytes } from 'node:crypto';
import type { AccessSettings } from '../config/access-settings.js';
import type { Config } from '../config/config.js';
import { readEncryptionCertificate } from '../config/keys/encryption-certificate.js';
import { readSigningKey } from '../config/keys/signing-key.js';
import type { MdesIdentity } from '../config/mdes-identity.js';
import { type AccountRange, parseAccountRange } from '../domain/account-range.js';
import { SCOPES } from '../domain/grant.js';
import { Secret } from '../domain/secret.js';
import type { DemoTokens } from '../server/routes/demo-token.js';

export type SimulatorOptions = import('../simulator/simulator.js').SimulatorOptions;

/** null: configured, not embedded. */
export interface EmbeddedParts {
  readonly mdes: MdesIdentity | null;
  readonly cardStore: NonNullable<Config['cardStore']> | null;
  readonly signIn: NonNullable<Config['auth']> | null;
  readonly demoTokens: DemoTokens | null;
  /** Those of the demo accounts. */
  readonly accountRanges: readonly AccountRange[];
  close(): Promise<void>;
}

export const NOTHING_EMBEDDED: EmbeddedParts = {
  mdes: null,
  cardStore: null,
  signIn: null,
  demoTokens: null,
  accountRanges: [],
  close: async () => undefined,
};

/** Where a person finds the simulator at each start, if it is free. */
const FIRST_SIMULATOR_PORT = 4010;

/** The simulator's code is loaded only here, so that a production process never holds it. */
export async function startEmbeddedParts(
  config: Config,
  /** Where the pictures of the demo's cards are served. */
  artUrl: () => string,
  simulatorOptions?: SimulatorOptions,
): Promise<EmbeddedParts> {
  const token = randomBytes(24).toString('base64url');
  // Loaded one after the other: Jest's module loader on Node 20 fails when dynamic imports run side by side.
  const { startSimulator } = await import('../simulator/simulator.js');
  const { DEMO_ACCOUNT_RANGES, startDemoCardStore } = await import('../simulator/demo-card-store.js');
  const { startDemoSignIn } = await import('../simulator/demo-sign-in.js');
  const [simulator, cardStore, signIn] = await Promise.all([
    config.mdes.identity === null ? startSimulator({ ...placeOf(config), ...simulatorOptions }) : null,
    config.cardStore === null ? startDemoCardStore({ token, artUrl }) : null,
    config.auth === null ? startDemoSignIn({ claims: claimsFor(config.access) }) : null,
  ]);
  return {
    mdes: simulator === null ? null : await identityOf(simulator.mdes, config.mdes),
    cardStore: cardStore === null ? null : { url: cardStore.url, token: new Secret(token) },
    signIn: signIn === null ? null : authOf(signIn),
    demoTokens: signIn === null ? null : (accountHolder, claims) => signIn.issueToken(accountHolder, claims),
    accountRanges: DEMO_ACCOUNT_RANGES.map(parseAccountRange).filter((range) => range !== undefined),
    async close() {
      await Promise.all([simulator?.close(), cardStore?.close(), signIn?.close()]);
    },
  };
}

/** Who asks for any port, as tests do that run side by side, means all of it. */
function placeOf({ port }: Config): SimulatorOptions {
  return port === 0 ? {} : { firstPort: FIRST_SIMULATOR_PORT };
}

function authOf({
  issuer,
  audience,
  jwksUrl,
}: {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
}): NonNullable<Config['auth']> {
  return { issuer, audiences: [audience], withoutAudience: false, jwksUrl };
}

/** A token of the demo may do everything that this gateway asks a token for. */
function claimsFor({ scopes, stepUp }: AccessSettings): Readonly<Record<string, unknown>> {
  const names = SCOPES.map((scope) => scopes?.names[scope][0] ?? scope);
  return { scope: names.join(' '), acr: stepUp?.acrValues?.[0] };
}

async function identityOf(
  mdes: {
    readonly baseUrl: string;
    readonly consumerKey: string;
    readonly signingKeyPem: string;
    readonly encryptionCertificatePem: string;
  },
  { cipherMode, oaepHash }: Config['mdes'],
): Promise<MdesIdentity> {
  const signingKey = await readSigningKey(Buffer.from(mdes.signingKeyPem));
  const certificate = readEncryptionCertificate(Buffer.from(mdes.encryptionCertificatePem), signingKey);
  return {
    baseUrl: mdes.baseUrl,
    consumerKey: new Secret(mdes.consumerKey),
    signingKey,
    encryptionKey: certificate.key,
    encryptionFingerprint: certificate.fingerprint,
    cipherMode,
    oaepHash,
  };
}
