/** What the caller reads: the language ranges of Accept-Language (RFC 9110), best first. */
import { LRUCache } from 'lru-cache';

/** What is longer, or names more, is looked at so far. */
const MAX_LENGTH = 200;
const MAX_RANGES = 10;
const DEFAULT: readonly string[] = ['en'];

/** Phones send one of a few hundred. */
const known = new LRUCache<string, readonly string[]>({ max: 1000 });

const WEIGHT = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

/** Never empty. What is malformed or not wanted (`q=0`) is left out, and so is `*`, which says nothing. */
export function languagesOf(header: string | undefined): readonly string[] {
  const text = whole(header ?? '');
  const tags = known.get(text) ?? read(text);
  known.set(text, tags);
  return tags;
}

function read(header: string): readonly string[] {
  const ranges = header
    .split(',')
    .slice(0, MAX_RANGES)
    .flatMap((text) => {
      const range = parse(text);
      return range === undefined || range.weight === 0 ? [] : [range];
    });
  // A stable sort: among equals the first named counts.
  const tags = ranges.sort((a, b) => b.weight - a.weight).map(({ tag }) => tag);
  return tags.length === 0 ? DEFAULT : [...new Set(tags)];
}

/** Without a range that the cut would go through: half of it might be another language. */
function whole(header: string): string {
  if (header.length <= MAX_LENGTH) return header;
  return header.slice(0, Math.max(0, header.lastIndexOf(',', MAX_LENGTH)));
}

function parse(text: string): { readonly tag: string; readonly weight: number } | undefined {
  const [range = '', weight = 'q=1', ...more] = text.split(';').map((part) => part.trim());
  const q = WEIGHT.exec(weight)?.[1];
  const tag = canonical(range);
  return tag === undefined || q === undefined || more.length > 0 ? undefined : { tag, weight: Number(q) };
}

function canonical(range: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(range)[0];
  } catch {
    return undefined;
  }
}
