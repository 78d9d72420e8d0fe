/** Where a gateway's connections lead, one an entry: what its log says when one is broken, and what is not promised then. */
import { MDES_HOST } from '../gateway/names.js';
import { mayBeWritten, type Phase } from './phases.js';

/** How what is asked of a gateway ends. */
export interface Ends {
  /** Of an account range that it has asked MDES for before. */
  readonly cached: string;
  readonly cold: string;
  readonly accounts: string;
  readonly push: string;
  /** A token of a key that nobody knows. */
  readonly stranger: string;
}

/** Where nothing is broken. */
export const WELL_ENDS: Ends = {
  cached: 'ok',
  cold: 'ok',
  accounts: 'ok',
  push: 'READY',
  stranger: 'UNAUTHENTICATED',
};

export interface Destination {
  readonly name: string;
  readonly host: string;
  /** Of the lines that tell what is wrong, each is one of these. */
  readonly lines: RegExp;
  /** In the members of `/readyz` while it is away. */
  readonly readiness: RegExp;
  /** What differs from the ends where all is well. */
  ends(phase: Phase): Partial<Ends>;
}

export const DESTINATIONS: readonly Destination[] = [
  {
    name: 'Redis',
    host: 'redis.test',
    lines: /"msg":"(catalogue cache|push limits): /,
    readiness: /"cache":"degraded"/,
    ends: () => ({}),
  },
  {
    name: 'database',
    host: 'ledger.test',
    lines: /"msg":"push ledger: /,
    readiness: /"ledger":"unavailable"/,
    ends: () => ({ push: 'LEDGER_UNAVAILABLE' }),
  },
  {
    name: 'MDES',
    host: MDES_HOST,
    lines: /"msg":"(MDES: |push ended unclear|an upstream|upstream)|UPSTREAM_UNAVAILABLE/,
    readiness: /"mdes":"unavailable"/,
    ends: (phase) => ({
      cold: 'UPSTREAM_UNAVAILABLE',
      push: mayBeWritten(phase) ? 'UNKNOWN' : 'UPSTREAM_UNAVAILABLE',
    }),
  },
  {
    name: 'card store',
    host: 'cards.test',
    lines: /CardStoreError|CARD_STORE_UNAVAILABLE/,
    readiness: /./,
    ends: () => ({ accounts: 'CARD_STORE_UNAVAILABLE', push: 'CARD_STORE_UNAVAILABLE' }),
  },
  {
    name: 'key set',
    host: 'keys.test',
    lines: /the keys of the token issuer cannot be fetched/,
    readiness: /"keys":"(stale|empty)"/,
    ends: () => ({}),
  },
];
