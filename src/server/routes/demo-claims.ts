/** What whoever asks the demo sign-in for a token may wish for, as an app would of a real one: scopes, sign-in, and the push it is for. */

/** Claims put over the usual ones; undefined takes one away. */
export type DemoClaims = Readonly<Record<string, unknown>>;

const SECONDS = /^\d{1,12}$/;

/** @returns a sentence for what cannot be read */
export function readDemoClaims(query: Readonly<Record<string, unknown>>): DemoClaims | string {
  const claims: Record<string, unknown> = {};
  for (const [parameter, value] of Object.entries(query)) {
    const read = READERS.get(parameter);
    if (read === undefined) continue;
    const found = typeof value === 'string' ? read(value) : undefined;
    if (found === undefined) return `${parameter} cannot be read: ${TAKES}`;
    Object.assign(claims, found);
  }
  return claims;
}

const TAKES =
  'scope takes scopes separated by blanks; acr a value, acr_values some, best first; auth_time seconds since the epoch; ' +
  'max_age seconds; authorization_details a JSON list. Name each once.';

/** What each parameter makes of its value; undefined: it cannot be read. Without its value a claim is left out. */
const READERS: ReadonlyMap<string, (value: string) => DemoClaims | undefined> = new Map([
  ['scope', (value: string) => ({ scope: value === '' ? undefined : value })],
  ['acr', (value: string) => ({ acr: value === '' ? undefined : value })],
  // As a challenge says them (RFC 9470): she signs in anew, as well as was asked for.
  ['acr_values', (value: string) => ({ acr: value.split(' ')[0] })],
  ['max_age', (value: string) => (SECONDS.test(value) ? {} : undefined)],
  ['auth_time', authTimeOf],
  ['authorization_details', detailsOf],
]);

function authTimeOf(value: string): DemoClaims | undefined {
  if (value === '') return { auth_time: undefined };
  return SECONDS.test(value) ? { auth_time: Number(value) } : undefined;
}

function detailsOf(value: string): DemoClaims | undefined {
  try {
    const details: unknown = JSON.parse(value);
    return Array.isArray(details) ? { authorization_details: details } : undefined;
  } catch {
    return undefined;
  }
}
