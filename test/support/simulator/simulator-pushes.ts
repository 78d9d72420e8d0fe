/** Makes pushes for the simulator; CBC envelopes by Mastercard's own library, others by hand. */
import {
  constants,
  createCipheriv,
  createHash,
  publicEncrypt,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import type { RunningSimulator } from '../../../src/simulator/simulator.js';
import { mastercardEncryption } from '../mdes/mdes-mastercard.js';
import { LARK } from '../requestors.js';
import { type Answer, PUSH, send } from './simulator-requests.js';

type Hash = 'SHA256' | 'SHA512';
export type EncryptedPayload = Readonly<Record<string, unknown>>;

/** Susan's credit card in the demo card store, and her financial account. */
export const CARD = { accountNumber: '5204740000000012', expiryMonth: '11', expiryYear: '38' };
export const DEBIT_CARD = { accountNumber: '5413339000000028', expiryMonth: '02', expiryYear: '37' };
export const MAESTRO_CARD = { accountNumber: '6771798000000037', expiryMonth: '07', expiryYear: '36' };
export const BANK_ACCOUNT = {
  financialAccountId: 'GB00MOON00000040051234',
  interbankCardAssociationId: '10231',
  countryCode: 'GBR',
};

/** Requestors of the catalogue by what they are good for. */

export function card(accountNumber = CARD.accountNumber, more: object = {}): object {
  return { cardAccountData: { ...CARD, accountNumber }, ...more };
}

export function accounts(...data: readonly unknown[]): unknown[] {
  return data.map((fundingAccountData, index) => ({ pushAccountId: `account-${index}`, fundingAccountData }));
}

/** Encrypted by Mastercard's own library: AES-128-CBC. */
export function libraryEnvelope(
  simulator: RunningSimulator,
  clear: unknown,
  hash: Hash = 'SHA512',
): EncryptedPayload {
  const library = mastercardEncryption({
    certificatePem: simulator.mdes.encryptionCertificatePem,
    oaepHash: hash === 'SHA512' ? 'SHA-512' : 'SHA-256',
  });
  const encryptedPayload = { encryptedData: clear };
  // It puts the envelope into the very object that it is given.
  library.encrypt(PUSH, null, { pushFundingAccounts: { encryptedPayload } });
  return encryptedPayload;
}

interface EnvelopeOptions {
  readonly mode?: 'CBC' | 'GCM';
  readonly keyBytes?: number;
  readonly hash?: Hash;
  readonly iv?: Buffer;
  readonly aad?: Buffer;
  /** The clear bytes, when they are not the JSON of the accounts. */
  readonly bytes?: Buffer;
}

/** Encrypted by hand, with no code of the simulator or of a library. */
export function ownEnvelope(
  simulator: RunningSimulator,
  clear: unknown,
  options: EnvelopeOptions = {},
): EncryptedPayload {
  const { mode = 'CBC', keyBytes = 16, hash = 'SHA512', aad = Buffer.from('lark') } = options;
  const bytes = options.bytes ?? Buffer.from(JSON.stringify(clear));
  const key = randomBytes(keyBytes);
  const iv = options.iv ?? randomBytes(mode === 'GCM' ? 12 : 16);
  const common = {
    publicKeyFingerprint: fingerprint(simulator),
    encryptedKey: wrapKey(simulator, key, hash).toString('hex'),
    oaepHashingAlgorithm: hash,
    iv: iv.toString('hex'),
  };
  if (mode === 'GCM') {
    const cipher = createCipheriv(keyBytes === 16 ? 'aes-128-gcm' : 'aes-256-gcm', key, iv);
    cipher.setAAD(aad);
    const encryptedData = Buffer.concat([cipher.update(bytes), cipher.final()]).toString('hex');
    const tag = cipher.getAuthTag().toString('hex');
    return { ...common, encryptedData, algorithmCipherMode: 'GCM', tag, aad: aad.toString('hex') };
  }
  const cipher = createCipheriv(keyBytes === 16 ? 'aes-128-cbc' : 'aes-256-cbc', key, iv);
  return { ...common, encryptedData: Buffer.concat([cipher.update(bytes), cipher.final()]).toString('hex') };
}

export function wrapKey(simulator: RunningSimulator, key: Buffer, hash: Hash): Buffer {
  const { publicKey } = new X509Certificate(simulator.mdes.encryptionCertificatePem);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return publicEncrypt({ key: publicKey, padding, oaepHash: hash.toLowerCase() }, key);
}

function fingerprint(simulator: RunningSimulator): string {
  const { raw } = new X509Certificate(simulator.mdes.encryptionCertificatePem);
  return createHash('sha256').update(raw).digest('hex');
}

export interface PushOptions {
  readonly tokenRequestorId?: string;
  readonly accounts?: unknown;
  readonly envelope?: EncryptedPayload;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Members of the request that are left out. */
  readonly without?: readonly string[];
}

export function pushBody(simulator: RunningSimulator, options: PushOptions = {}): Record<string, unknown> {
  const encryptedPayload = options.envelope ?? ownEnvelope(simulator, options.accounts ?? accounts(card()));
  const body: Record<string, unknown> = {
    requestId: 'request-1',
    pushFundingAccounts: { encryptedPayload },
    tokenRequestorId: options.tokenRequestorId ?? LARK,
    ...options.body,
  };
  for (const member of options.without ?? []) delete body[member];
  return body;
}

export function push(simulator: RunningSimulator, options: PushOptions = {}): Promise<Answer> {
  return send(simulator, PUSH, { body: JSON.stringify(pushBody(simulator, options)) });
}
