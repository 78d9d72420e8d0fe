/** Asks the embedded demo sign-in for an access token, fresh on every load of the page. */

/** Null where there is no demo sign-in: the gateway then takes the tokens of the issuer's own sign-in. */
export async function fetchDemoToken(url: URL): Promise<string | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(3_000), cache: 'no-store' });
    const body: unknown = response.ok ? await response.json() : null;
    return readToken(body);
  } catch {
    return null;
  }
}

function readToken(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('access_token' in body)) {
    return null;
  }
  return typeof body.access_token === 'string' ? body.access_token : null;
}
