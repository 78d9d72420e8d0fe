/** Finds one token requestor: MDES has no look-up by id, so the ranges that it may be enabled for are searched. */
import type { AccountRange } from '../domain/account-range.js';
import { type Answers, requireAll } from '../domain/answers.js';
import type { TokenRequestor } from '../domain/token-requestor.js';
import { mergeRanges, type RangeEntry } from './catalogue-entries.js';

/** `Catalogue.entriesFor`, or a loader that shares its answers within a request. */
export type LoadRanges = (ranges: readonly AccountRange[]) => Promise<Answers<RangeEntry>>;

/** @throws what made a range fail, when the requestor is in none of the others: it may be in that one */
export async function findRequestor(
  id: string,
  ranges: readonly AccountRange[],
  load: LoadRanges,
): Promise<TokenRequestor | null> {
  const answers = await load(ranges);
  const found = requestorsOf(ranges, answers).find((requestor) => requestor.id === id);
  return found ?? requireAll(answers, null);
}

/** Those that can be told: a range that failed shows none. */
export function requestorsOf(
  ranges: readonly AccountRange[],
  answers: Answers<RangeEntry>,
): TokenRequestor[] {
  const entries = answers.map((answer) => (answer instanceof Error ? undefined : answer));
  return mergeRanges(ranges, entries);
}
