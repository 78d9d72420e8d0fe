/** Builds the OAuth 1.0a signature base string (RFC 5849, 3.4.1) as Mastercard's gateway does. */

export interface SignedRequest {
  readonly method: string;
  /** Scheme, host, port unless default, path. */
  readonly baseUri: string;
  /** Without the question mark. */
  readonly query: string;
}

type Pair = readonly [name: string, value: string];

export function signatureBaseString(request: SignedRequest, oauth: ReadonlyMap<string, string>): string {
  const signed = [...oauth].filter(([name]) => name !== 'oauth_signature' && name !== 'realm');
  const parameters = [...signed, ...queryPairs(request.query)]
    .sort(byNameThenValue)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return [request.method.toUpperCase(), encode(request.baseUri), encode(parameters)].join('&');
}

function queryPairs(query: string): Pair[] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    });
}

function byNameThenValue([nameA, valueA]: Pair, [nameB, valueB]: Pair): number {
  if (nameA !== nameB) return nameA < nameB ? -1 : 1;
  if (valueA === valueB) return 0;
  return valueA < valueB ? -1 : 1;
}

/** RFC 3986: encodeURIComponent leaves five characters that OAuth does not. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
