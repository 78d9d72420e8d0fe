/** The phases in which a connection outwards can fail, one a line: who wants another, adds it here. */

/** What the other end does in a phase; what is not said is as it should be. */
export interface Phase {
  readonly name: string;
  /** In the line that tells of it, of whichever destination. */
  readonly says: RegExp;
  /** The name has no address (`nowhere`), or its resolver is silent. */
  readonly naming?: 'nowhere' | 'silent';
  /** Nothing listens. */
  readonly refuses?: true;
  /** Once TCP stands: it says nothing, or it breaks off at the first byte. */
  readonly onBytes?: 'silence' | 'reset';
  /** Whose certificate it shows, and whether it asks for ours, which we have not got: TLS 1.3 says so after the handshake. */
  readonly tls?: 'unknown' | 'wants-ours' | 'none';
  /** After half of an answer. */
  readonly onAnswer?: 'silence' | 'reset' | 'end';
}

const LOST = /ECONNRESET|EPIPE|UND_ERR_SOCKET|SocketClosed|CONNECTION_LOST|CONTENT_LENGTH_MISMATCH/;
const LATE = /TIMEOUT|Timeout|in time|DEADLINE|DeadlineExceeded|Silence/;

export const PHASES: readonly Phase[] = [
  { name: 'name gone', naming: 'nowhere', says: /ENOTFOUND|EAI_AGAIN|host of LEDGER_URL is not known/ },
  { name: 'resolver silent', naming: 'silent', says: LATE },
  { name: 'refused', refuses: true, says: /ECONNREFUSED|nothing listens/ },
  { name: 'silent once connected', onBytes: 'silence', says: LATE },
  { name: 'reset on the first byte', onBytes: 'reset', says: LOST },
  { name: 'no TLS', tls: 'none', says: /ERR_SSL_|EPROTO|does not (take|speak) TLS/ },
  { name: 'certificate unknown', tls: 'unknown', says: /SELF_SIGNED_CERT|signed by nobody whom we trust/ },
  // undici hears the end of the connection before it hears why.
  {
    name: 'alert after the handshake',
    tls: 'wants-ours',
    says: /ALERT|asks for a (client )?certificate|UND_ERR_SOCKET/,
  },
  { name: 'reset in the answer', onAnswer: 'reset', says: LOST },
  { name: 'end in the answer', onAnswer: 'end', says: LOST },
  { name: 'silent in the answer', onAnswer: 'silence', says: LATE },
];

export const WELL: Phase = { name: 'well', says: /^/ };

/** Whether a new connection comes as far as to the other end, and stands there. */
export function isMet({ naming, refuses, onAnswer }: Phase): boolean {
  return naming === undefined && refuses === undefined && onAnswer === undefined;
}

/** Whether a request may have been written before the fault: then nobody can tell what became of it. */
export function mayBeWritten({ tls, onAnswer }: Phase): boolean {
  return tls === 'wants-ours' || onAnswer !== undefined;
}
