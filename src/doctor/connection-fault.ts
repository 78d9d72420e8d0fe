/** Why there was no answer at all, from the code that a connection fails with: the same words for whoever was asked. */
import { type TlsFault, tlsFault } from '../domain/network/tls-fault.js';
import { type Diagnosis, diagnosis } from './finding.js';

const NO_WAY = /^(?:E(?:HOSTUNREACH|NETUNREACH|TIMEDOUT|ACCES|PERM)|UND_ERR_CONNECT_TIMEOUT)$/;
/** Where its TLS settings begin; a browser that comes to PUBLIC_URL knows none of them. */
const TLS_OF: Readonly<Record<string, string>> = {
  MDES_BASE_URL: 'MDES_TLS',
  CARD_VAULT_URL: 'CARD_VAULT_TLS',
  AUTH_JWKS_URL: 'AUTH_JWKS_TLS',
  CACHE_URL: 'CACHE_TLS',
};

/** @param setting the one that says where it is */
export function connectionFault(code: string, setting: string): Diagnosis {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return diagnosis(
      'NAME_UNKNOWN',
      `No name server knows the host of ${setting} (${code}).`,
      'Look for a typo; inside a bank, a proxy or an entry in its name servers may be wanted.',
    );
  }
  if (code === 'ECONNREFUSED') {
    return diagnosis(
      'NOBODY_LISTENS',
      `Nobody listens at the host and port of ${setting} (${code}).`,
      'Start it there, or mend the address.',
    );
  }
  const ofTls = tlsFault(code);
  if (ofTls !== null) return OF_TLS[ofTls](setting, code, TLS_OF[setting]);
  if (code === 'DEADLINE') {
    return diagnosis(
      'NO_ANSWER',
      `Nothing comes back from ${setting} within the time that the gateway waits (${code}).`,
      'It may hang: its own log says more. Or a firewall swallows it: open the way, or name the proxy that leads there.',
    );
  }
  if (NO_WAY.test(code)) {
    return diagnosis(
      'NO_ANSWER',
      `Nothing comes back from ${setting} (${code}).`,
      'A firewall may swallow it: open the way to it, or name the proxy that leads there.',
    );
  }
  return diagnosis(
    'CONNECTION_BROKEN',
    `The connection to ${setting} breaks off before an answer (${code}).`,
    'Look at what stands in between: a proxy, a firewall, a load balancer without a server behind it. Some break off so when they miss a client certificate.',
  );
}

/** The code in words like `no answer: ECONNREFUSED`; null where it is something else that failed. */
export function codeIn(message: string): string | null {
  return /^no answer: ([A-Z][A-Z0-9_]*)$/.exec(message)?.[1] ?? null;
}

export const OF_TLS: Readonly<
  Record<TlsFault, (setting: string, code: string, tls: string | undefined) => Diagnosis>
> = {
  UNTRUSTED: (setting, code, tls) =>
    diagnosis(
      'TLS_UNTRUSTED',
      `The certificate at ${setting} is signed by nobody whom this machine knows, or by itself (${code}).`,
      tls === undefined
        ? 'Browsers do not know it either: have it signed by an authority that they know, with those between in its chain.'
        : `An authority of your own is named in ${tls}_CA. Or a proxy opens TLS on the way: have it passed through, or name its authority there.`,
    ),
  DATES: (setting, code) =>
    diagnosis(
      'TLS_DATES',
      `The certificate at ${setting} is not valid today (${code}).`,
      "Compare this machine's clock; if that is right, the certificate has to be renewed there.",
    ),
  NAME: (setting, code) =>
    diagnosis(
      'TLS_NAME',
      `Whoever answers at ${setting} shows the certificate of another name (${code}).`,
      'Name the host that the certificate is for; or something on the way answers in its place.',
    ),
  WANTS_CERTIFICATE: (setting, code, tls = '…_TLS') =>
    diagnosis(
      'TLS_WANTS_CERTIFICATE',
      `Whoever answers at ${setting} asks for a client certificate (${code}).`,
      `Set ${tls}_CERTIFICATE and ${tls}_KEY.`,
    ),
  REFUSED: (setting, code, tls = '…_TLS') =>
    diagnosis(
      'TLS_REFUSED',
      `Whoever answers at ${setting} does not take our client certificate, or asks for one (${code}).`,
      `Have ${tls}_CERTIFICATE signed by an authority that is trusted there, and look at its dates.`,
    ),
  OLD: (setting, code) =>
    diagnosis(
      'TLS_OLD',
      `Whoever answers at ${setting} speaks a version of TLS that is not safe any more (${code}).`,
      'Have it speak TLS 1.2 or 1.3.',
    ),
  NO_TLS: (setting, code) =>
    diagnosis(
      'NO_TLS',
      `Whoever answers at ${setting} does not speak TLS (${code}).`,
      'Mend the port, or the scheme of the URL.',
    ),
};
