/** A token that must be refused, as data: what it is, the reason that must stand in the log, and how it is made. */
import type { RefusalReason } from '../../../../src/server/sign-in/refusal-reason.js';
import type { TokenForge } from '../../../support/issuer/token-forge.js';

/** Headers of a request; a list is sent as several of that name. */
export type Headers = Readonly<Record<string, string | string[]>>;

/** A token alone is sent as `Bearer`. */
export type BadToken = readonly [
  name: string,
  reason: RefusalReason,
  make: (forge: TokenForge, url: string) => string | Headers | Promise<string | Headers>,
];

export async function headersOf([, , make]: BadToken, forge: TokenForge, url: string): Promise<Headers> {
  const made = await make(forge, url);
  return typeof made === 'string' ? { authorization: `Bearer ${made}` } : made;
}
