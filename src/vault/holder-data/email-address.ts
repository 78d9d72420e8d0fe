/** An e-mail address in the form that every mail system takes: ASCII, with the domain in lower case. */
import { domainToASCII } from 'node:url';
import { cleanText } from './text.js';

const LENGTH = { least: 6, most: 320, local: 64, domain: 253 } as const;
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** Labels of up to 63 characters; the last is no number, as that of an IP address is. */
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** undefined for what is no address. A local part beyond ASCII is none here: hardly a wallet could write to it. */
export function toEmailAddress(text: string): string | undefined {
  const address = cleanText(text);
  if (address.length > LENGTH.most) return undefined;
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0));
  const written = address.slice(at + 1);
  // Node reads a domain as browsers do, percent signs and all.
  const domain = /^[\p{L}\p{M}\p{N}.-]+$/u.test(written) ? domainToASCII(written) : '';
  if (local.length > LENGTH.local || domain.length > LENGTH.domain) return undefined;
  if (!LOCAL.test(local) || !DOMAIN.test(domain)) return undefined;
  const normal = `${local}@${domain}`;
  return normal.length < LENGTH.least ? undefined : normal;
}
