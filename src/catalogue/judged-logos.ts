/** Logos as they leave the cache: others may write into it, so each is looked at again, and remembered by its content. */
import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Asset, MediaContent } from '../domain/asset.js';
import { readPicture } from '../mdes/pictures/picture.js';
import { PictureFault } from '../mdes/pictures/picture-fault.js';
import type { Turns } from '../resilience/turns.js';
import { readAssetEntry } from './catalogue-entries.js';

/** Two for a logo. */
const MAX_REMEMBERED = 20_000;

export class JudgedLogos {
  readonly #turns: Turns;
  /** Whether it is a picture as it would be served, by a hash of the whole. */
  readonly #verdicts = new LRUCache<string, boolean>({ maxSize: MAX_REMEMBERED, sizeCalculation: () => 1 });

  /** What is held in this process was looked at once; nobody writes into it. */
  readonly #asRead = new WeakMap<object, { readonly asset: Asset | null }>();

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** It was made by `readPicture` just now. */
  trust({ mediaContents }: Asset): void {
    for (const content of mediaContents) this.#verdicts.set(keyOf(content), true);
  }

  /** undefined when the cache holds nothing of that id, or anything that we would not have written. */
  async read(id: string, value: unknown): Promise<{ readonly asset: Asset | null } | undefined> {
    const known = isObject(value) ? this.#asRead.get(value) : undefined;
    if (known?.asset?.id === id) return known;
    const entry = readAssetEntry(value);
    if (entry === undefined || entry.asset === null) return entry;
    const { asset } = entry;
    if (asset.id !== id || asset.mediaContents.length === 0) return undefined;
    for (const content of asset.mediaContents) {
      if (!this.#isGood(content)) return undefined;
      if (this.#turns.isOver) await this.#turns.next();
    }
    if (isObject(value)) this.#asRead.set(value, entry);
    return entry;
  }

  #isGood(content: MediaContent): boolean {
    const key = keyOf(content);
    const known = this.#verdicts.get(key);
    if (known !== undefined) return known;
    const verdict = isServedAsItIs(content);
    this.#verdicts.set(key, verdict);
    return verdict;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function keyOf({ type, data, width, height }: MediaContent): string {
  return hash('sha256', JSON.stringify([type, width, height, data]), 'base64url');
}

function isServedAsItIs({ type, data, width, height }: MediaContent): boolean {
  try {
    const picture = readPicture(type, data);
    return picture.data === data && picture.width === width && picture.height === height;
  } catch (error) {
    if (error instanceof PictureFault) return false;
    throw error;
  }
}
