/** The ledger's secrets: they hide who and what is in it. The first writes, all of them find and read. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Secret } from '../../domain/secret.js';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

type HashUse = 'owner' | 'key' | 'input' | 'state';

/** One of the secrets, and what is derived from it. */
export class LedgerKey {
  /** Tells which key a row was written with; it tells nothing about the key. */
  readonly id: string;
  readonly #hashKeys: ReadonlyMap<HashUse, Buffer>;
  readonly #sealKey: Buffer;

  constructor(secret: Secret<Buffer>) {
    const derive = (use: string) =>
      Buffer.from(hkdfSync('sha256', secret.reveal(), '', `token-connect ledger ${use} v1`, KEY_BYTES));
    const uses = ['owner', 'key', 'input', 'state'] as const;
    this.#hashKeys = new Map(uses.map((use) => [use, derive(use)]));
    this.#sealKey = derive('seal');
    this.id = derive('id').subarray(0, 6).toString('base64url');
  }

  /** The same text gives the same hash, for each use another one; nobody without the key can tell the text from it. */
  hash(use: HashUse, text: string): string {
    const key = this.#hashKeys.get(use);
    if (key === undefined) throw new TypeError(`no key for ${use}`);
    return createHmac('sha256', key).update(text).digest('base64url');
  }

  /** AES-256-GCM; what is sealed for one context opens in no other. */
  seal(clear: string, context: string): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#sealKey, iv).setAAD(Buffer.from(context));
    return Buffer.concat([iv, cipher.update(clear, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  }

  /** undefined for what was not sealed so. */
  open(sealed: Buffer, context: string): string | undefined {
    if (sealed.length < IV_BYTES + TAG_BYTES) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', this.#sealKey, sealed.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(context))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      const clear = decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES));
      return Buffer.concat([clear, decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }
}

export class LedgerKeys {
  readonly writing: LedgerKey;
  readonly all: readonly LedgerKey[];

  /** @param secrets 32 bytes each, at least one */
  constructor(secrets: readonly Secret<Buffer>[]) {
    this.all = secrets.map((secret) => new LedgerKey(secret));
    const [first] = this.all;
    if (first === undefined) throw new TypeError('the ledger needs a key');
    this.writing = first;
  }

  byId(id: string): LedgerKey | undefined {
    return this.all.find((key) => key.id === id);
  }

  /** The text's hash under every key. */
  hashes(use: HashUse, text: string): string[] {
    return this.all.map((key) => key.hash(use, text));
  }
}
