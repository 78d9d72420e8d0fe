/** Set-ups whose way to MDES is broken: what Mastercard's developers report, and what a bank's network does. */
import { createHash, X509Certificate } from 'node:crypto';
import { selfSignedCertificate } from '../../../src/simulator/self-signed-certificate.js';
import { freePort } from '../redis-server.js';
import type { DoctorWorld } from './doctor-world.js';
import type { Case, SetUp } from './set-up.js';
import type { Passing, Reply } from './tampering-proxy.js';

const TEN_MINUTES = 600_000;
const SHUT: Reply = { status: 200, body: ofMdes('CRYPTOGRAPHY_ERROR', 'Cryptography Error') };

export const BROKEN_MDES: readonly Case[] = [
  {
    name: 'the consumer key of another project',
    codes: ['CONSUMER_KEY_UNKNOWN'],
    make: having({ MDES_CONSUMER_KEY: `${'a'.repeat(48)}!${'0'.repeat(48)}` }),
  },
  {
    name: 'a consumer key as it stands in a URL',
    codes: ['CONSUMER_KEY_UNKNOWN'],
    says: /%21/,
    make: answering(({ keys }) => ({ MDES_CONSUMER_KEY: keys.consumerKey.replace('!', '%21') }), {
      status: 401,
      body: ofGateway('INVALID_KEY', 'The signing certificate is not valid.'),
    }),
  },
  {
    name: 'a consumer key of which a part is missing',
    codes: ['CONSUMER_KEY_UNKNOWN'],
    says: /96 characters/,
    make: having(({ keys }) => ({ MDES_CONSUMER_KEY: keys.consumerKey.slice(0, -1) })),
  },
  {
    name: 'the signing key of another project',
    codes: ['SIGNING_KEY_DIFFERS'],
    make: having(({ strangers }) => ({
      MDES_SIGNING_KEY: strangers.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    })),
  },
  {
    name: 'a clock that is ten minutes ahead',
    codes: ['CLOCK_DIFFERS'],
    says: /ahead/,
    make: ({ environment }) => ({ environment, aheadMs: TEN_MINUTES }),
  },
  {
    name: 'a clock that is ten minutes behind',
    codes: ['CLOCK_DIFFERS'],
    says: /behind/,
    make: ({ environment }) => ({ environment, aheadMs: -TEN_MINUTES }),
  },
  {
    name: 'a clock that is two minutes ahead, which MDES still takes',
    codes: ['CLOCK_DIFFERS'],
    make: ({ environment }) => ({ environment, aheadMs: 120_000 }),
  },
  {
    name: 'a base URL that Mastercard spells otherwise',
    codes: ['URL_DIFFERS'],
    make: having(({ mdes }) => ({ MDES_BASE_URL: mdes.simulator.url })),
  },
  {
    name: 'a proxy that writes JSON anew',
    codes: ['BODY_CHANGED_ON_THE_WAY'],
    make: through((passing) => ({ ...passing, body: reformatted(passing.body) })),
  },
  {
    name: 'a proxy that takes the Authorization header away',
    codes: ['SIGNATURE_TAKEN_AWAY'],
    make: through(({ headers: { authorization: _, ...headers }, ...passing }) => ({ ...passing, headers })),
  },
  {
    name: 'the host that wants a client certificate',
    codes: ['HOST_WANTS_CLIENT_CERTIFICATE'],
    make: answering(
      {},
      {
        status: 400,
        type: 'text/html',
        body: '<html><head><title>400 No required SSL certificate was sent</title></head></html>',
      },
    ),
  },
  {
    name: 'a project that is not bound to an implementation project',
    codes: ['NOT_ENTITLED'],
    make: answering({}, { status: 401, body: ofGateway('DECLINED', 'Unauthorized - Access Not Granted') }),
  },
  {
    name: 'a client that has not been onboarded',
    codes: ['NOT_ONBOARDED'],
    make: answering({}, { status: 200, body: ofMdes('AUTHORIZATION_FAILED', 'Authorization failed.') }),
  },
  {
    name: 'a quota that is used up',
    codes: ['THROTTLED'],
    make: answering(
      {},
      { status: 429, body: ofGateway('RATE_LIMIT_EXCEEDED', 'You have exceeded the service rate limit') },
    ),
  },
  {
    name: 'a base URL that goes on to the operations',
    codes: ['NOT_THE_API'],
    make: having(({ mdes }) => ({ MDES_BASE_URL: `${mdes.url}/connect/1/0` })),
  },
  {
    name: 'a firewall that answers with a page of its own',
    codes: ['REFUSED_ON_THE_WAY'],
    make: answering({}, { status: 403, type: 'text/html', body: '<h1>Blocked by policy</h1>' }),
  },
  {
    name: 'a proxy that wants a password',
    codes: ['PROXY_WANTS_PASSWORD'],
    make: answering({}, { status: 407, type: 'text/html', body: '' }),
  },
  {
    name: 'a gateway in trouble',
    codes: ['MDES_IN_TROUBLE'],
    make: answering({}, { status: 503, body: ofGateway('SERVICE_UNAVAILABLE', 'down') }),
  },
  {
    name: 'a port at which nobody listens',
    codes: ['NOBODY_LISTENS'],
    make: async ({ environment }) => ({
      environment: { ...environment, MDES_BASE_URL: `http://127.0.0.1:${await freePort()}/mdes` },
    }),
  },
  {
    name: 'https where http is spoken',
    codes: ['NO_TLS'],
    make: having(({ fake }) => ({ MDES_BASE_URL: fake.baseUrl.replace('http:', 'https:') })),
  },
  {
    name: 'account ranges that MDES does not know',
    codes: ['ENVELOPE_NOT_SHOWN', 'NO_REQUESTORS'],
    make: having({ MDES_ACCOUNT_RANGES: '555599999' }),
  },
  {
    name: 'the encryption certificate of another environment',
    codes: ['CERTIFICATE_OF_ANOTHER'],
    make: having(({ strangers }) => ({
      MDES_ENCRYPTION_CERTIFICATE: selfSignedCertificate(
        strangers.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
        'MTF request encryption',
      ),
    })),
  },
  {
    name: 'the SHA-1 fingerprint of the certificate',
    codes: ['FINGERPRINT_DIFFERS'],
    says: /sent is the SHA-1 of the certificate.*Leave MDES_ENCRYPTION_FINGERPRINT out/,
    make: having(({ keys }) => ({
      MDES_ENCRYPTION_FINGERPRINT: new X509Certificate(keys.encryptionCertificatePem).fingerprint,
    })),
  },
  {
    name: 'the fingerprint of the public key',
    codes: ['FINGERPRINT_DIFFERS'],
    says: /sent is the SHA-256 of its public key/,
    make: having(({ keys }) => ({
      MDES_ENCRYPTION_FINGERPRINT: fingerprintOfKey(keys.encryptionCertificatePem),
    })),
  },
  {
    name: 'a fingerprint of something else',
    codes: ['FINGERPRINT_DIFFERS', 'FINGERPRINT_OF_ANOTHER'],
    make: having({ MDES_ENCRYPTION_FINGERPRINT: 'ab'.repeat(32) }),
  },
  {
    name: 'another hash than was set at onboarding',
    codes: ['OAEP_HASH_DIFFERS'],
    says: /Set MDES_OAEP_HASH to SHA256/,
    make: through((passing) => (/"oaepHashingAlgorithm":"SHA512"/.test(passing.body) ? SHUT : passing)),
  },
  {
    name: 'another cipher than was set at onboarding',
    codes: ['CIPHER_MODE_DIFFERS'],
    says: /Set MDES_CIPHER_MODE to CBC/,
    make: (world) => {
      const { environment } = world;
      world.mdes.tamper = (passing) => (/"algorithmCipherMode":"GCM"/.test(passing.body) ? SHUT : passing);
      return { environment: { ...environment, MDES_CIPHER_MODE: 'GCM' } };
    },
  },
];

type Settings = Readonly<Record<string, string>>;
type Change = Settings | ((world: DoctorWorld) => Settings);

function having(change: Change) {
  return (world: DoctorWorld): SetUp => ({
    environment: { ...world.environment, ...(typeof change === 'function' ? change(world) : change) },
  });
}

function through(tamper: (passing: Passing) => Passing | Reply) {
  return (world: DoctorWorld): SetUp => {
    world.mdes.tamper = tamper;
    return { environment: world.environment };
  };
}

function answering(change: Change, reply: Reply) {
  return (world: DoctorWorld): SetUp => {
    world.mdes.tamper = () => reply;
    return having(change)(world);
  };
}

function reformatted(body: string): string {
  return body === '' ? '' : JSON.stringify(JSON.parse(body), null, 1);
}

function ofGateway(ReasonCode: string, Description: string): string {
  const error = { Source: 'Gateway', ReasonCode, Description, Recoverable: false, Details: null };
  return JSON.stringify({ Errors: { Error: [error] } });
}

function ofMdes(reasonCode: string, description: string): string {
  return JSON.stringify({ responseId: 'x', errors: [{ source: 'MDES', reasonCode, description }] });
}

function fingerprintOfKey(pem: string): string {
  const der = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex');
}
