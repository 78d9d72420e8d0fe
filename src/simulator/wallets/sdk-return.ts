/** How a proprietary wallet's SDK gives its result to the app that called it: here, by a link to an app on this machine. */
import { isLoopbackHost } from '../../domain/loopback.js';
import { parseUrl, withQuery } from '../../domain/url.js';
import type { WalletResult } from './wallet-results.js';

/** undefined where the app did not say where it is. */
export function backToApp(query: URLSearchParams, result: WalletResult): string | undefined {
  const app = parseUrl(query.get('app') ?? '');
  if (app === undefined || !/^https?:$/.test(app.protocol) || !isLoopbackHost(app.hostname)) return undefined;
  return withQuery(app.href, `outcome=${result}`);
}
