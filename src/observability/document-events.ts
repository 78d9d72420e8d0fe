/** One function per event in what apps ask. */
import type { Logger } from './logger.js';

/** A name is the caller's own words. */
const NUMBER = /\d{9}/;
const LONGEST_NAME = 80;

/** No manifest holds it: where that is enforced it will not be answered. */
export function documentNotTrusted(log: Logger, hash: string, operationName: string | null): void {
  const isName =
    operationName !== null && operationName.length <= LONGEST_NAME && !NUMBER.test(operationName);
  log.warn(
    { event: 'document.not-trusted', hash, operationName: isName ? operationName : null },
    'answered a document that no manifest holds',
  );
}
