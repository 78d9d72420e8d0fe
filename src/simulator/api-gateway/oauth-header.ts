/** Reads the OAuth 1.0a Authorization header, its values verbatim. */

/**
 * Values are not decoded: today's signers write raw values, the old ones percent-encoded values that they encode
 * again for the signature base string. Taken verbatim and encoded once, both come out right.
 */
export type OAuthParameters = ReadonlyMap<string, string>;

const PARAMETER = /^\s*([A-Za-z_]+)="([^"]*)"\s*$/;

/** `undefined` when this is not an OAuth header or names a parameter twice. */
export function parseOAuthHeader(header: string): OAuthParameters | undefined {
  const list = /^OAuth +(\S.*)$/.exec(header)?.[1];
  if (list === undefined) return undefined;
  const parameters = new Map<string, string>();
  for (const part of list.split(',')) {
    const [, name, value] = PARAMETER.exec(part) ?? [];
    if (name === undefined || value === undefined || parameters.has(name)) return undefined;
    parameters.set(name, value);
  }
  return parameters;
}
