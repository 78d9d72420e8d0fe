/** What is known of URLs wherever they travel: how to read one, which not to follow, how to add to one. */

/** Schemes that run code or read files in the browser or app that follows them. */
const DANGEROUS = /^(?:javascript|data|vbscript|file|blob|about|filesystem|content|view-source):/i;

/** Without throwing. */
export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

export function isDangerous(uri: string): boolean {
  return DANGEROUS.test(uri);
}

/** Starts whatever an Android app offers: a wallet may be reached so when MDES says it, but nobody configures one here. */
export function isIntent(uri: string): boolean {
  return /^intent:/i.test(uri);
}

/** By text, not by `URL`: what somebody else wrote stays as it was written. */
export function withQuery(uri: string, query: string): string {
  const hash = uri.indexOf('#');
  const target = hash < 0 ? uri : uri.slice(0, hash);
  const fragment = hash < 0 ? '' : uri.slice(hash);
  const joint = !target.includes('?') ? '?' : /^[^?]*\?$|&$/.test(target) ? '' : '&';
  return target + joint + query + fragment;
}

/** Parameters that are ours to say: of the same name none stays that somebody else wrote. */
export function withOnly(uri: string, parameters: Readonly<Record<string, string>>): string {
  const isOurs = (part: string) =>
    [...new URLSearchParams(part).keys()].some((name) => Object.hasOwn(parameters, name));
  const others = uri.replace(/(?<=^[^?#]*)\?([^#]*)/, (_, query: string) => {
    const parts = query.split('&').filter((part) => part !== '' && !isOurs(part));
    return parts.length === 0 ? '' : `?${parts.join('&')}`;
  });
  return withQuery(others, new URLSearchParams(parameters).toString());
}
