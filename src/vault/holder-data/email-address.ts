/** An e-mail address in the form that every mail system takes: ASCII, with the domain in lower case. */
import { domainToASCII } from 'node:url';
import { cleanText } from './text.js';

const LENGTH = { least: 6, local: 64, domain: 253 } as const;
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const DOMAIN = new RegExp(`^(${LABEL}\\.)+(?!\\d+$)${LABEL}$`);

/** undefined for what is no address. A local part beyond ASCII is none here: hardly a wallet could write to it. */
export function toEmailAddress(text: string): string | undefined {
  const address = cleanText(text);
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
