/** JSON of megabytes, read in slices: the elements of the lists in its outermost object are parsed a few at a time. */
import type { Turns } from '../../resilience/turns.js';
import { readJson } from './json.js';

/** What is parsed at once, in bytes: a millisecond or two. */
const SLICE_BYTES = 16 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const [OPEN_OBJECT, OPEN_LIST, CLOSE_OBJECT, CLOSE_LIST] = [0x7b, 0x5b, 0x7d, 0x5d];
/** The outermost object and a list in it. */
const IN_LIST = 2;

/** As `readJson`: undefined when it is not JSON in UTF-8. */
export async function readLargeJson(bytes: Buffer, turns: Turns): Promise<unknown> {
  if (bytes.length <= SLICE_BYTES) return readJson(bytes);
  const lists = await findLists(bytes, turns);
  const root = readJson(Buffer.concat(withoutElements(bytes, lists)));
  // Two members of one name may be the same when read whole, and differ by the numbers of their lists.
  if (root === undefined || Array.isArray(root)) return readJson(bytes);
  if (typeof root !== 'object' || root === null) return root;
  const read: unknown[][] = [];
  for (const { slices } of lists) {
    const elements: unknown[] = [];
    for (const slice of slices) {
      if (turns.isOver) await turns.next();
      const some = readJson(Buffer.concat([Buffer.from('['), slice, Buffer.from(']')]));
      if (!Array.isArray(some)) return undefined;
      elements.push(...some);
    }
    read.push(elements);
  }
  return Object.fromEntries(
    Object.entries(root).map(([name, value]) => [name, Array.isArray(value) ? read[value[0]] : value]),
  );
}

interface List {
  /** Between its brackets. */
  readonly start: number;
  readonly end: number;
  /** Cut between elements. */
  readonly slices: readonly Buffer[];
}

/** Finds brackets and commas only: whether all of it is JSON is for the parser to say. */
async function findLists(bytes: Buffer, turns: Turns): Promise<List[]> {
  const lists: List[] = [];
  let slices: Buffer[] = [];
  let depth = 0;
  let start = 0;
  let cut = 0;
  for (let at = 0; at < bytes.length; at++) {
    const sign = bytes[at];
    if (sign === QUOTE) at = endOfString(bytes, at);
    else if (sign === OPEN_OBJECT || sign === OPEN_LIST) {
      depth++;
      if (depth === IN_LIST && sign === OPEN_LIST) [start, cut, slices] = [at + 1, at + 1, []];
    } else if (sign === CLOSE_OBJECT || sign === CLOSE_LIST) {
      if (depth === IN_LIST && sign === CLOSE_LIST && start > 0) {
        slices.push(bytes.subarray(cut, at));
        lists.push({ start, end: at, slices });
        start = 0;
      }
      depth--;
    } else if (sign === COMMA && depth === IN_LIST && start > 0 && at - cut >= SLICE_BYTES) {
      slices.push(bytes.subarray(cut, at));
      cut = at + 1;
      if (turns.isOver) await turns.next();
    }
  }
  return lists;
}

/** Where its closing quote is. */
function endOfString(bytes: Buffer, opening: number): number {
  let at = opening + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

/** The text with each list's number in place of its elements. */
function withoutElements(bytes: Buffer, lists: readonly List[]): Buffer[] {
  const parts: Buffer[] = [];
  let from = 0;
  for (const [number, { start, end }] of lists.entries()) {
    parts.push(bytes.subarray(from, start), Buffer.from(String(number)));
    from = end;
  }
  return [...parts, bytes.subarray(from)];
}
