/** Why TLS does not stand, by the code of the error: the same everywhere, whoever was to be reached. */

/**
 * `UNTRUSTED`: their certificate is signed by nobody whom we trust. `DATES`: it is not valid today. `NAME`: it is of another
 * host. `WANTS_CERTIFICATE`: they ask for one of ours. `REFUSED`: they do not take ours. `OLD`: they speak an old version
 * alone. `NO_TLS`: they do not speak it.
 */
export type TlsFault = 'UNTRUSTED' | 'DATES' | 'NAME' | 'WANTS_CERTIFICATE' | 'REFUSED' | 'OLD' | 'NO_TLS';

/** As OpenSSL 3.0 names them, and since 3.2 (`SSL/TLS_ALERT`). */
const FAULTS: readonly (readonly [TlsFault, RegExp])[] = [
  [
    'UNTRUSTED',
    /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_\w+|CERT_UNTRUSTED|CERT_REJECTED|CERT_SIGNATURE_FAILURE|INVALID_CA)$/,
  ],
  ['DATES', /^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/],
  ['NAME', /^ERR_TLS_CERT_ALTNAME_INVALID$/],
  ['WANTS_CERTIFICATE', /^ERR_SSL_\S*ALERT_CERTIFICATE_REQUIRED$/],
  ['OLD', /^ERR_SSL_(?:\S*ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE)$/],
  ['REFUSED', /^ERR_SSL_\S*ALERT_/],
  ['NO_TLS', /^(?:EPROTO|ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|RECORD_LAYER_FAILURE))$/],
];

/** null: it is something else that has failed. */
export function tlsFault(code: string): TlsFault | null {
  return FAULTS.find(([, codes]) => codes.test(code))?.[0] ?? null;
}
