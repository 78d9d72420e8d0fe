/** A key of the audit trail: it chains lines and hides who they are about; its id tells which one did. */
import { createHmac, hkdfSync } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Secret } from '../domain/secret.js';

const KEY_BYTES = 32;
/** Enough that no two names meet. */
const NAME_BYTES = 16;
const MOST_HIDDEN = 1000;

type HiddenName = 'account-holder' | 'account';

export class AuditKey {
  /** It tells nothing about the key. */
  readonly id: string;
  readonly #chain: Buffer;
  readonly #names: Buffer;
  /** A push is told of twice, and who has pushed has read before. */
  readonly #hidden = new LRUCache<string, string>({ max: MOST_HIDDEN });

  /** @param secret one of AUDIT_KEYS, or of LEDGER_KEYS: the ledger derives from it under other names */
  constructor(secret: Secret<Buffer>) {
    const derive = (use: string) =>
      Buffer.from(hkdfSync('sha256', secret.reveal(), '', `token-connect audit ${use} v1`, KEY_BYTES));
    this.#chain = derive('chain');
    this.#names = derive('names');
    this.id = derive('id').subarray(0, 6).toString('base64url');
  }

  mac(text: string): string {
    return createHmac('sha256', this.#chain).update(text).digest('base64url');
  }

  /** The same name gives the same text; nobody without the key can tell the name from it. */
  hide(kind: HiddenName, name: string): string {
    const shown = `${kind} ${name}`;
    const known = this.#hidden.get(shown);
    if (known !== undefined) return known;
    const hash = createHmac('sha256', this.#names).update(shown).digest();
    const hidden = hash.subarray(0, NAME_BYTES).toString('base64url');
    this.#hidden.set(shown, hidden);
    return hidden;
  }
}
