/** Why an access token is refused: for the log and the audit stream, never for the caller. */

export type RefusalReason =
  // The header
  | 'TWO_AUTHORIZATION_HEADERS'
  | 'MALFORMED_AUTHORIZATION'
  // The token itself
  | 'MALFORMED_TOKEN'
  | 'ALGORITHM_NOT_ALLOWED'
  | 'TYPE_NOT_ALLOWED'
  | 'NOT_AN_ACCESS_TOKEN'
  | 'KEY_UNKNOWN'
  | 'SIGNATURE_INVALID'
  // Its claims
  | 'ISSUER_DIFFERS'
  | 'ISSUER_DIFFERS_BY_SLASH'
  | 'AUDIENCE_DIFFERS'
  | 'CLIENT_NOT_ALLOWED'
  | 'SUBJECT_INVALID'
  | 'DATE_INVALID'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'TOO_OLD'
  | 'LIFETIME_TOO_LONG'
  // Who may use it
  | 'CONFIRMATION_UNKNOWN'
  | 'BOUND_TOKEN_AS_BEARER'
  | 'UNBOUND_TOKEN_AS_DPOP'
  | 'PROOF_MISSING'
  | 'PROOF_INVALID'
  | 'PROOF_REPLAYED'
  | 'TOO_MANY_PROOFS'
  | 'CERTIFICATE_MISSING'
  | 'CERTIFICATE_DIFFERS';

/** What an operator needs to mend it: never the token, its subject or anything else that is somebody's. */
export interface RefusalDetails {
  readonly because?: string;
  readonly expected?: string;
  readonly found?: string;
}

export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';

  constructor(
    readonly reason: RefusalReason,
    readonly details: RefusalDetails = {},
  ) {
    super(reason);
  }
}

const LONGEST_SHOWN = 100;

/** What a stranger wrote, fit for a log line: short, printable, without what may be a token or somebody's number. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value);
  return text
    .slice(0, 2 * LONGEST_SHOWN)
    .replaceAll(/eyJ[\w.-]*/g, '[token]')
    .replaceAll(/\d(?:[ -]?\d){8,}/g, '[digits]')
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .slice(0, LONGEST_SHOWN);
}
