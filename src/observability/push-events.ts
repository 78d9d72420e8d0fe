/** One function per business event of a push, so that none is forgotten or worded twice. */
import type { Logger } from './logger.js';

/** The push was sent, and this is how it ended: READY, FAILED or UNKNOWN. */
export function pushEnded(
  log: Logger,
  event: {
    readonly accountHolder: string;
    readonly pushId: string;
    readonly tokenRequestorId: string;
    readonly accounts: number;
    readonly status: string;
    /** MDES's reasons for refusing accounts of it that only the operators can mend. */
    readonly forOperators: readonly string[];
    /** Why the end is unclear. */
    readonly cause: unknown;
  },
): void {
  const { cause, forOperators: reasonCodes, ...fields } = event;
  if (event.status === 'UNKNOWN')
    log.error({ event: 'push.ended', ...fields, err: cause }, 'push ended unclear');
  else if (reasonCodes.length > 0)
    log.error(
      { event: 'push.ended', ...fields, reasonCodes },
      'push ended with accounts refused by MDES for what operators mend',
    );
  else log.info({ event: 'push.ended', ...fields }, 'push ended');
}

/** A rule of ours or of MDES said no; nothing was pushed. */
export function pushRefused(
  log: Logger,
  accountHolder: string,
  code: string,
  pushId: string | null = null,
  cause: unknown = undefined,
): void {
  const fields = { accountHolder, code, pushId, err: cause };
  // Keys, certificate or settings: nobody but the operators mends that, and each push fails until then.
  if (code === 'REFUSED_BY_MDES')
    log.error({ event: 'push.refused', ...fields }, 'push refused by MDES for what operators mend');
  else log.info({ event: 'push.refused', ...fields }, 'push refused');
}

/** The app has handed the account holder, or the digitization data, over to the requestor. */
export function pushHandedOff(
  log: Logger,
  push: { readonly id: string; readonly tokenRequestorId: string },
  platform: string,
): void {
  log.info(
    { event: 'push.handed-off', pushId: push.id, tokenRequestorId: push.tokenRequestorId, platform },
    'push handed off',
  );
}

/** The requestor, or the app for it, has said what became of the accounts. */
export function pushOutcomeRecorded(
  log: Logger,
  push: {
    readonly id: string;
    readonly tokenRequestorId: string;
    readonly accounts: readonly {
      readonly outcome: { readonly outcome: string; readonly certainty: string } | null;
    }[];
  },
  status: string,
): void {
  const outcomes = push.accounts.map(
    ({ outcome: known }) => known && `${known.outcome} (${known.certainty})`,
  );
  log.info(
    { event: 'push.outcome', pushId: push.id, tokenRequestorId: push.tokenRequestorId, status, outcomes },
    'push outcome recorded',
  );
}
