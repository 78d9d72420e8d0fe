/** What an access token allows, beside whom it is about. */

export const SCOPES = [
  'token-requestors:read',
  'assets:read',
  'accounts:read',
  'push:read',
  'push:write',
] as const;
export type Scope = (typeof SCOPES)[number];

export interface Grant {
  /** In the order of SCOPES, whatever they are called in the token. */
  readonly scopes: ReadonlySet<Scope>;
  /** How the account holder has signed in (OpenID Connect); null where the token does not say, or says what is none. */
  readonly acr: string | null;
  /** When, in seconds since the epoch; null likewise. */
  readonly authTime: number | null;
  readonly pushes: PushPermission;
}

/** Of who has no token. */
export const NO_GRANT: Grant = {
  scopes: new Set(),
  acr: null,
  authTime: null,
  pushes: { kind: 'UNREADABLE' },
};

/** Which pushes a token is bound to by its authorization_details (RFC 9396). */
export type PushPermission =
  /** It does not say. */
  | { readonly kind: 'ANY' }
  | { readonly kind: 'ONLY'; readonly permitted: readonly PermittedPush[] }
  /** It says what nobody understands: none. */
  | { readonly kind: 'UNREADABLE' };

export interface PermittedPush {
  readonly fundingAccountIds: readonly string[];
  readonly tokenRequestorId: string;
}
