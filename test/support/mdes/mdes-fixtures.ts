/** What the contract tests send to MDES, and what goes wrong with it: identities, accounts, caught errors, log lines. */
import type { KeyObject } from 'node:crypto';
import type { MdesIdentity } from '../../../src/config/mdes-identity.js';
import { type AccountRange, parseAccountRange } from '../../../src/domain/account-range.js';
import type { AccountHolderData } from '../../../src/domain/funding-account.js';
import { Secret } from '../../../src/domain/secret.js';
import type { AccountToPush, PushRequest } from '../../../src/mdes/mdes-client.js';
import { MdesError } from '../../../src/mdes/mdes-error.js';
import { createLogger } from '../../../src/observability/logger.js';
import { rsaKeyPair } from '../keys.js';

export const PAN = '5412346789012342';
export const CONSUMER_KEY = `${'aB3dEf9-'.repeat(6)}!${'0'.repeat(48)}`;

export interface TestKeys {
  readonly identity: (baseUrl: string, overrides?: Partial<MdesIdentity>) => MdesIdentity;
  /** MDES's side: checks signatures, opens envelopes. */
  readonly verifyingKey: KeyObject;
  readonly decryptionKey: KeyObject;
}

export function makeTestKeys(): TestKeys {
  const signing = rsaKeyPair('signing');
  const encryption = rsaKeyPair('encryption');
  return {
    identity: (baseUrl, overrides) => ({
      baseUrl,
      consumerKey: new Secret(CONSUMER_KEY),
      signingKey: signing.privateKey,
      encryptionKey: encryption.publicKey,
      encryptionFingerprint: 'ab'.repeat(32),
      cipherMode: 'CBC',
      oaepHash: 'SHA512',
      ...overrides,
    }),
    verifyingKey: signing.publicKey,
    decryptionKey: encryption.privateKey,
  };
}

export function range(digits: string): AccountRange {
  const parsed = parseAccountRange(digits);
  if (parsed === undefined) throw new Error(`not a range: ${digits}`);
  return parsed;
}

export function card(
  pushAccountId: string,
  accountNumber = PAN,
  holder: AccountHolderData = {},
): AccountToPush {
  return {
    pushAccountId,
    data: {
      account: {
        kind: 'CARD',
        card: {
          accountNumber: new Secret(accountNumber),
          expiry: new Secret({ month: '09', year: '31' }),
        },
      },
      holder: new Secret(holder),
    },
  };
}

export function pushRequest(overrides: Partial<PushRequest> = {}): PushRequest {
  return {
    requestId: 'push-1',
    tokenRequestorId: '50123456789',
    accounts: [card('CA-1')],
    requestIssuerInitiatedDigitizationData: false,
    pushAccountReceiptsValidityPeriod: 15,
    accountHolderDataSupplied: false,
    callbackUrl: null,
    locale: null,
    ...overrides,
  };
}

/** The answer of MDES to `pushRequest()`. */
export function pushAnswer(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    responseId: 'push-1',
    pushAccountReceipts: [{ pushAccountId: 'CA-1', pushAccountReceipt: 'MCC-STL-1' }],
    availablePushMethods: [{ type: 'WEB', uri: 'https://wallet.example/push' }],
    ...overrides,
  };
}

export async function caught(work: Promise<unknown>): Promise<MdesError> {
  const error = await work.then(
    () => new Error('no error came'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof MdesError)) throw error;
  return error;
}

export function recordingLogger() {
  const lines: string[] = [];
  const log = createLogger('trace', { write: (line: string) => void lines.push(line) });
  return { log, lines };
}

/** Everything about an error that a log could show. */
export function everythingOf(error: MdesError): string {
  return JSON.stringify([
    error.message,
    error.stack,
    error.reason,
    String(error.cause),
    Object.entries(error),
  ]);
}

/** How often a secret is in a text: as it is, in base64 and in hex. */
export function countTraces(text: string, secret: string): number {
  const bytes = Buffer.from(secret);
  const base64 = bytes.toString('base64').replace(/=+$/, '').slice(0, -1);
  const forms = [secret, base64, bytes.toString('base64url').slice(0, -1), bytes.toString('hex')];
  return forms.filter((form) => text.toLowerCase().includes(form.toLowerCase())).length;
}
