/** Where a token requestor may send the account holder back to: the issuer's own sites and apps, nobody else's. */
import { isLoopbackHost } from './loopback.js';
import { isDangerous, isIntent, parseUrl } from './url.js';

/** MDES takes at most 256 characters, printable ASCII (URL-encoded). */
const CALLBACK_FORM = /^[\x21-\x7e]{4,256}$/;

const MOST_DECODINGS = 5;
/** A backslash is a slash to browsers and to some servers; control characters end or split what they read, `?` and `#` the path. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are meant
const UNSURE = /[\\?#\u0000-\u001f\u007f]/;
/** What a token requestor appends about each account: written by the caller, it would stand before the real one. */
const RESULTS = /^(?:amp;)?results(?:\[|%5b|$)/i;

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
const loopbackCallbackRule: CallbackRule = {
  direct: false,
  matches: (url) => isWeb(url) && isLoopbackHost(url.hostname),
};

/** The demo's: a front end on this machine, and the app of the demo's bank on a phone. */
export const demoCallbackRules: readonly CallbackRule[] = [
  loopbackCallbackRule,
  { direct: true, matches: ({ protocol }) => protocol === 'moonbank:' },
];

/** undefined when no rule allows it. Where several do, the first counts. */
export function allowedCallback(text: string, rules: readonly CallbackRule[]): AllowedCallback | undefined {
  if (!CALLBACK_FORM.test(text) || text.includes('\\')) return undefined;
  const url = parseUrl(text);
  if (url === undefined || !isSafe(url) || url.href.length > 256) return undefined;
  // As callbacks are read: a further `?` begins a parameter, too.
  const names = new URLSearchParams(url.search.replaceAll('?', '&')).keys();
  if ([...names].some((name) => RESULTS.test(name.trim()))) return undefined;
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
  if (!meansOneThing(path)) return false;
  const folder = root.endsWith('/') ? root : `${root}/`;
  return root === '' || path === root || path.startsWith(folder);
}

/**
 * A path that every server behind understands as it stands here: decoded once more than it should be, with path
 * parameters taken off (`..;` is `..` to a servlet) or letters folded, it has the same segments, and none steps up.
 */
function meansOneThing(path: string): boolean {
  const depth = path.split('/').length;
  for (let text = path, left = MOST_DECODINGS; ; left -= 1) {
    const plain = text.normalize('NFKC');
    const segments = plain.split('/');
    const names = segments.map((segment) => segment.split(';')[0]?.trim());
    const isPlain = segments.length === depth && !UNSURE.test(plain);
    if (!isPlain || names.includes('.') || names.includes('..') || left === 0) return false;
    const decoded = decode(text);
    if (decoded === text) return true;
    if (decoded === undefined) return false;
    text = decoded;
  }
}

/** undefined for what is no UTF-8, and is read by some all the same (`%c0%ae` is a dot to them). */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
