/** One function per event at the issuer's card store. */
import type { Logger } from './logger.js';

/** The bank has holder data that cannot be sent as it is: somebody there has to mend it. Never says what it was. */
export function holderDataLeftOut(
  log: Logger,
  fundingAccountId: string,
  leftOut: readonly { readonly item: string; readonly reason: string }[],
): void {
  log.warn(
    { event: 'card-store.holder-data-left-out', fundingAccountId, leftOut },
    'holder data of a funding account cannot be sent',
  );
}
