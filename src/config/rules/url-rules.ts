/** Parts of a URL that the program behind would pass over in silence, or not survive. */

/** What is wrong with it; undefined: nothing. */
export function urlFault(url: URL, parameters: readonly string[] = []): string | undefined {
  if (![url.username, url.password, url.pathname].every(isEncoded)) {
    return 'has a % that encodes nothing: write %25 for the sign itself.';
  }
  const unknown = [...url.searchParams.keys()].find((name) => !parameters.includes(name));
  if (unknown !== undefined) {
    return `has a parameter that nobody reads (${shown(unknown)}): take it out. In a password ? is %3F.`;
  }
  return url.hash === ''
    ? undefined
    : 'has a fragment, which nobody reads: take it out. In a password # is %23.';
}

/** It may be a part of a password. */
function shown(parameter: string): string {
  return /^[a-z_]{1,40}$/i.test(parameter) ? parameter : 'after the ?';
}

function isEncoded(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
