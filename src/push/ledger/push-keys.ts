/** The keys that keep the ledger's secrets: all derived from the key that signs for MDES, which every process has. */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Every process of the same issuer derives the same keys, also after a restart. When the signing key is replaced, what
 * was sealed before cannot be read any more (receipts live for minutes), and keys used before no longer match.
 */
export class PushKeys {
  readonly #owner: Buffer;
  readonly #fingerprint: Buffer;
  readonly #receipt: Buffer;
  readonly #state: Buffer;
  readonly #seal: Buffer;

  constructor(signingKey: KeyObject) {
    const secret = signingKey.export({ type: 'pkcs8', format: 'der' });
    const derive = (use: string) =>
      Buffer.from(hkdfSync('sha256', secret, '', `token-connect push ${use} v1`, 32));
    this.#owner = derive('owner');
    this.#fingerprint = derive('fingerprint');
    this.#receipt = derive('receipt');
    this.#state = derive('state');
    this.#seal = derive('seal');
    secret.fill(0);
  }

  /** Stands for the account holder in the ledger. */
  owner(accountHolder: string): string {
    return hash(this.#owner, accountHolder);
  }

  /** Tells other input under the same key, and nothing else about it. */
  fingerprint(input: string): string {
    return hash(this.#fingerprint, input);
  }

  /** Tells a receipt again that a callback names. */
  receiptHash(receipt: string): string {
    return hash(this.#receipt, receipt);
  }

  /** What a callback of this push has to carry. */
  state(pushId: string): string {
    return hash(this.#state, pushId).slice(0, 22);
  }

  isState(pushId: string, state: string): boolean {
    const [own, given] = [Buffer.from(this.state(pushId)), Buffer.from(state)];
    return own.length === given.length && timingSafeEqual(own, given);
  }

  /** AES-256-GCM; what is sealed for one context opens in no other. */
  seal(clear: string, context: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#seal, iv).setAAD(Buffer.from(context));
    const sealed = [iv, cipher.update(clear, 'utf8'), cipher.final(), cipher.getAuthTag()];
    return Buffer.concat(sealed).toString('base64url');
  }

  /** undefined for what was not sealed so. */
  open(sealed: string, context: string): string | undefined {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
    const cipher = createDecipheriv('aes-256-gcm', this.#seal, bytes.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      const clear = cipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
      return Buffer.concat([clear, cipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }
}

function hash(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}
