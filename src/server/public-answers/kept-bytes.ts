/** The bytes of public answers, each once whatever was asked for them; those that were not sent for longest are let go. */
import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { EncodedBytes } from '../pipeline/encoded-bytes.js';

const MOST_BYTES = 96 * 1024 * 1024;
/** Of what is kept beside them. */
const BOOKKEEPING_BYTES = 500;

/** Names the bytes by what they say. */
export type ContentRef = string;

export class KeptBytes {
  readonly #kept = new LRUCache<ContentRef, EncodedBytes>({
    maxSize: MOST_BYTES,
    sizeCalculation: (bytes) => BOOKKEEPING_BYTES + bytes.size,
  });

  get(ref: ContentRef): EncodedBytes | undefined {
    return this.#kept.get(ref);
  }

  /** Those that are kept, where the same are. */
  keep(text: string): { readonly ref: ContentRef; readonly bytes: EncodedBytes } {
    const ref = hash('sha256', text, 'base64url');
    const known = this.#kept.get(ref);
    if (known !== undefined) return { ref, bytes: known };
    // In memory of its own: Node would take a small one out of a block that it shares with others.
    const plain = Buffer.alloc(Buffer.byteLength(text), text);
    const bytes = new EncodedBytes(plain, {
      // Counted anew.
      onGrown: () => this.#kept.peek(ref) === bytes && this.#kept.set(ref, bytes),
    });
    this.#kept.set(ref, bytes);
    return { ref, bytes };
  }
}
