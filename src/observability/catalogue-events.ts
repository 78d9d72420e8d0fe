/** One function per event in the life of the catalogue. */
import type { Logger } from './logger.js';

/** A log line stays readable however much Mastercard changes at once. */
const LONGEST_LIST = 50;
/** A whole group of those that are asked for together. */
const SHOWN_RANGES = 25;

/** Account ranges were fetched anew; what Mastercard added, removed or renamed since this process last looked. */
export function catalogueRefreshed(
  log: Logger,
  event: {
    readonly ranges: number;
    readonly tokenRequestors: number;
    /** null at the first look: everything would be new. */
    readonly changes: {
      readonly added: readonly object[];
      readonly removed: readonly object[];
      readonly renamed: readonly object[];
    } | null;
  },
): void {
  const { changes, ...counts } = event;
  const lists = Object.entries(changes ?? {}).flatMap(([what, list]) =>
    list.length === 0 ? [] : [[what, list.slice(0, LONGEST_LIST)]],
  );
  log.info({ event: 'catalogue.refreshed', ...counts, ...Object.fromEntries(lists) }, 'catalogue refreshed');
}

/** MDES did not answer for these account ranges, or refused them; what is there is served on. */
export function catalogueNotRefreshed(log: Logger, ranges: readonly string[], cause: unknown): void {
  const some = ranges.slice(0, SHOWN_RANGES).map((range) => range.replace(/(?<=^\d{9,})0+$/, ''));
  log.warn(
    { event: 'catalogue.not-refreshed', ranges: ranges.length, accountRanges: some, err: cause },
    'a part of the catalogue could not be refreshed',
  );
}

/** The logos are fetched when somebody asks for them. */
export function logosNotFetched(log: Logger, cause: unknown): void {
  log.warn({ event: 'catalogue.logos-not-fetched', err: cause }, 'logos could not be fetched ahead');
}
