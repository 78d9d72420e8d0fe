/** The bytes of logos that were sent, by their path: what stands behind an asset id never changes. */
import { LRUCache } from 'lru-cache';
import { type MediaContent, PNG_TYPE } from '../../domain/asset.js';
import { EncodedBytes } from '../pipeline/encoded-bytes.js';

const MOST_BYTES = 32 * 1024 * 1024;
/** Of what is kept beside them. */
const BOOKKEEPING_BYTES = 500;

export interface SentLogo {
  readonly type: string;
  readonly bytes: EncodedBytes;
}

export class SentLogos {
  readonly #sent = new LRUCache<string, SentLogo>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ bytes }) => BOOKKEEPING_BYTES + bytes.size,
  });

  /** @param file its asset id with the form, as a URL names it */
  get(file: string): SentLogo | undefined {
    return this.#sent.get(file);
  }

  keep(file: string, { type, data }: MediaContent): SentLogo {
    const known = this.#sent.get(file);
    if (known !== undefined) return known;
    const text = Buffer.from(data, 'base64');
    // In memory of its own: Node would take a small one out of a block that it shares with others.
    const bytes = new EncodedBytes(Buffer.alloc(text.length, text), {
      packed: type === PNG_TYPE,
      // Counted anew.
      onGrown: () => this.#sent.peek(file) === sent && this.#sent.set(file, sent),
    });
    const sent = { type, bytes };
    this.#sent.set(file, sent);
    return sent;
  }
}
