/** Where a token requestor may send the account holder back to: the issuer's own sites and apps, nobody else's. */
import { isLoopbackHost } from './loopback.js';
import { isDangerous, isIntent, parseUrl } from './url.js';

/** MDES takes at most 256 characters, printable ASCII (URL-encoded). */
const CALLBACK_FORM = /^[\x21-\x7e]{4,256}$/;

/** One entry: a site (with an optional path below which everything is allowed) or an app's scheme. */
export interface CallbackRule {
  /** Whether the requestor sends the account holder there itself, and not by way of this gateway. */
  readonly direct: boolean;
  matches(url: URL): boolean;
}

/** A callback URL as it may be used, normalised. */
export interface AllowedCallback {
  readonly url: string;
  /** App schemes always are; a site where its entry says so. */
  readonly direct: boolean;
}

const DIRECT = 'direct:';

/**
 * `https://bank.example/app/` allows what lies below; `moonbank://` or `moonbank://pushcallback` an app. With `direct:`
 * before it, requestors send the account holder there without coming by us. Else undefined.
 */
export function parseCallbackRule(rule: string): CallbackRule | undefined {
  const direct = rule.startsWith(DIRECT);
  const text = direct ? rule.slice(DIRECT.length) : rule;
  const entry = parseUrl(/^[a-z][a-z0-9+.-]*:$/i.test(text) ? `${text}//` : text);
  if (entry === undefined || !isSafe(entry) || entry.search !== '') return undefined;
  if (entry.protocol === 'http:' && !isLoopbackHost(entry.hostname)) return undefined;
  return {
    direct: direct || !isWeb(entry),
    matches: (url) =>
      url.protocol === entry.protocol &&
      (entry.host === '' && !isWeb(entry) ? true : url.host === entry.host) &&
      isBelow(url.pathname, entry.pathname),
  };
}

/** Every address of this machine, any port: what a developer's front end runs on. */
export const loopbackCallbackRule: CallbackRule = {
  direct: false,
  matches: (url) => isWeb(url) && isLoopbackHost(url.hostname),
};

/** undefined when no rule allows it. Where several do, the first counts. */
export function allowedCallback(text: string, rules: readonly CallbackRule[]): AllowedCallback | undefined {
  if (!CALLBACK_FORM.test(text) || text.includes('\\')) return undefined;
  const url = parseUrl(text);
  if (url === undefined || !isSafe(url) || url.href.length > 256) return undefined;
  const rule = rules.find((one) => one.matches(url));
  return rule === undefined ? undefined : { url: url.href, direct: rule.direct };
}

function isSafe(url: URL): boolean {
  // A fragment that is empty swallows what is appended all the same, and only `href` shows it.
  const hasFragment = url.href.includes('#');
  const mayBeFollowed = !isDangerous(url.protocol) && !isIntent(url.protocol);
  return mayBeFollowed && url.username === '' && url.password === '' && !hasFragment;
}

function isWeb(url: URL): boolean {
  return url.protocol === 'https:' || url.protocol === 'http:';
}

function isBelow(path: string, root: string): boolean {
  // An encoded separator or dot segment means one thing here and another at the server behind.
  if (/%2f|%5c|%2e/i.test(path)) return false;
  const folder = root.endsWith('/') ? root : `${root}/`;
  return root === '' || path === root || path.startsWith(folder);
}
