/** The ways in which no connection to MDES comes to stand. */

import type { GatewayChild } from '../gateway/gateway-child.js';
import { MDES_HOST } from '../gateway/names.js';
import { A_DAY_MS, certify } from './certificates.js';
import type { TlsMdes } from './tls-mdes.js';

interface Unreachable {
  readonly name: string;
  /** What the gateway logs of it: proof that it met this fault and no other. */
  readonly code: RegExp;
  begin(): Promise<unknown>;
  end(): Promise<unknown>;
}

export function waysToBeUnreachable(mdes: TlsMdes, gateway: GatewayChild): readonly Unreachable[] {
  const name = async (naming: 'nowhere' | 'silent') => {
    await gateway.name(MDES_HOST, naming);
    // A connection that stands would need no name.
    mdes.present();
  };
  const rightName = () => gateway.name(MDES_HOST, 'here');
  const rightCertificate = async () => mdes.present();
  const ofItself = certify({ host: MDES_HOST, endsInMs: A_DAY_MS });
  const expired = mdes.certificate(MDES_HOST, -A_DAY_MS);
  const ofAnother = mdes.certificate('mdes.example', A_DAY_MS);
  return [
    {
      name: 'no such name',
      // The second where the machine has no resolver.
      code: /ENOTFOUND|EAI_AGAIN/,
      begin: () => name('nowhere'),
      end: rightName,
    },
    {
      name: 'resolver hangs',
      code: /UND_ERR_CONNECT_TIMEOUT/,
      begin: () => name('silent'),
      end: rightName,
    },
    {
      name: 'certificate signed by itself',
      code: /DEPTH_ZERO_SELF_SIGNED_CERT/,
      begin: async () => mdes.present(ofItself),
      end: rightCertificate,
    },
    {
      name: 'certificate expired',
      code: /CERT_HAS_EXPIRED/,
      begin: async () => mdes.present(expired),
      end: rightCertificate,
    },
    {
      name: 'certificate of another host',
      code: /ERR_TLS_CERT_ALTNAME_INVALID/,
      begin: async () => mdes.present(ofAnother),
      end: rightCertificate,
    },
    { name: 'nothing listens', code: /ECONNREFUSED/, begin: () => mdes.refuse(), end: () => mdes.accept() },
  ];
}
