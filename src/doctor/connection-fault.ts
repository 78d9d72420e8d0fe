/** Why there was no answer at all, from the code that a connection fails with: the same words for whoever was asked. */
import { TLS_URLS, type TlsDestination } from '../config/network/tls-settings.js';
import { type Diagnosis, diagnosis } from './finding.js';

const DESTINATIONS = Object.keys(TLS_URLS) as TlsDestination[];

const CERTIFICATE =
  /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_\w+|CERT_UNTRUSTED|CERT_REJECTED|INVALID_CA)$/;
const DATES = /^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/;
const NO_WAY = /^(?:E(?:HOSTUNREACH|NETUNREACH|TIMEDOUT|ACCES|PERM)|DEADLINE|UND_ERR_CONNECT_TIMEOUT)$/;
const NO_TLS = /^(?:EPROTO|ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNSUPPORTED_PROTOCOL))$/;

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
  if (CERTIFICATE.test(code)) {
    return diagnosis(
      'TLS_UNTRUSTED',
      `The certificate at ${setting} is signed by nobody whom this machine knows (${code}).`,
      `It may be a proxy that opens TLS, or an authority of your own: have it passed through, or trust it by ${authorityOf(setting)}.`,
    );
  }
  if (DATES.test(code)) {
    return diagnosis(
      'TLS_DATES',
      `The certificate at ${setting} is not valid today (${code}).`,
      "Compare this machine's clock; if that is right, the certificate has to be renewed there.",
    );
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return diagnosis(
      'TLS_NAME',
      `Whoever answers at ${setting} shows the certificate of another name (${code}).`,
      'Name the host that the certificate is for; or something on the way answers in its place.',
    );
  }
  if (NO_TLS.test(code)) {
    return diagnosis(
      'NO_TLS',
      `Whoever answers at ${setting} does not speak TLS (${code}).`,
      'Mend the port, or the scheme of the URL.',
    );
  }
  if (/^ERR_SSL_.*ALERT/.test(code)) {
    return diagnosis(
      'TLS_REFUSED',
      `Whoever answers at ${setting} refuses our side of TLS (${code}).`,
      'It may ask for a client certificate, or want another version of TLS.',
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
    'Look at what stands in between: a proxy, a firewall, a load balancer without a server behind it.',
  );
}

/** Node reads its own variable before it reads `--env-file`, and says nothing of it. */
function authorityOf(setting: string): string {
  const destination = DESTINATIONS.find((to) => TLS_URLS[to] === setting);
  return destination === undefined
    ? 'NODE_EXTRA_CA_CERTS, set before Node starts (a file of --env-file is too late)'
    : `${destination}_TLS_CA_FILE`;
}

/** The code in words like `no answer: ECONNREFUSED`; null where it is something else that failed. */
export function codeIn(message: string): string | null {
  return /^no answer: ([A-Z][A-Z0-9_]*)$/.exec(message)?.[1] ?? null;
}
