/** HTTPS_PROXY and NO_PROXY: how MDES, card store and key set are reached from inside a bank. */
import type { ProxySettings } from '../../domain/network/outward.js';
import { Secret } from '../../domain/secret.js';
import { parseUrl } from '../../domain/url.js';
import { urlFault } from '../rules/url-rules.js';
import type { SettingReader } from '../setting-reader.js';

const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/** null: none is set, or a fault has been noted. */
export function readProxySettings(reader: SettingReader): ProxySettings | null {
  const text = reader.text('HTTPS_PROXY');
  if (text === null) return null;
  // As other programs take it.
  const full = HAS_SCHEME.test(text) ? text : `http://${text}`;
  const url = parseUrl(full);
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.pathname !== '/') {
    reader.fault('HTTPS_PROXY must be a URL like http://proxy.bank.example:3128, without path.');
    return null;
  }
  const fault = urlFault(url);
  if (fault !== undefined) {
    reader.fault(`HTTPS_PROXY ${fault}`);
    return null;
  }
  const except = (reader.text('NO_PROXY') ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  return { url: new Secret(full), except };
}
