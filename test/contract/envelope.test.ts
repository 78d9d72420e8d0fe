/** The envelope against others' code: Mastercard's library for CBC, NIST's vectors and node-forge for GCM. */
import { constants, createDecipheriv, privateDecrypt, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import forge from 'node-forge';
import { readEncryptionCertificate } from '../../src/config/keys/encryption-certificate.js';
import type { MdesIdentity } from '../../src/config/mdes-identity.js';
import { clearPayload } from '../../src/mdes/wire/clear-payload.js';
import { aesGcm, type EncryptedPayload, sealEnvelope } from '../../src/mdes/wire/envelope.js';
import { card, PAN } from '../support/mdes/mdes-fixtures.js';
import {
  type MastercardEncryption,
  mastercardEncryption,
  PUSH_PATH,
} from '../support/mdes/mdes-mastercard.js';
import { makeOpensslDirectory, type OpensslDirectory } from '../support/mdes/mdes-openssl.js';

const PLAIN = [{ pushAccountId: 'CA-1', fundingAccountData: { cardAccountData: { accountNumber: PAN } } }];

let openssl: OpensslDirectory;
let keys: Pick<MdesIdentity, 'encryptionKey' | 'encryptionFingerprint'>;

beforeAll(() => {
  openssl = makeOpensslDirectory();
  openssl.run('req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 30 -subj /CN=mdes');
  const { key, fingerprint } = readEncryptionCertificate(openssl.read('cert.pem'));
  keys = { encryptionKey: key, encryptionFingerprint: fingerprint };
});

afterAll(() => openssl.remove());

function mastercardLibrary(oaepHash: 'SHA-256' | 'SHA-512'): MastercardEncryption {
  const [certificatePem, privateKeyPem] = [
    openssl.read('cert.pem').toString(),
    openssl.read('key.pem').toString(),
  ];
  return mastercardEncryption({ certificatePem, privateKeyPem, oaepHash });
}

function unwrapKey(payload: EncryptedPayload): Buffer {
  return privateDecrypt(
    {
      key: openssl.read('key.pem'),
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: payload.oaepHashingAlgorithm.toLowerCase(),
    },
    Buffer.from(payload.encryptedKey, 'hex'),
  );
}

describe.each(['SHA256', 'SHA512'] as const)('an envelope with OAEP %s', (oaepHash) => {
  const theirHash = oaepHash === 'SHA256' ? 'SHA-256' : 'SHA-512';

  it("in CBC mode is opened by Mastercard's library", () => {
    const plain = Buffer.from(JSON.stringify(PLAIN));
    const encryptedPayload = sealEnvelope(plain, { ...keys, cipherMode: 'CBC', oaepHash });
    const opened = mastercardLibrary(theirHash).decrypt({
      request: { url: PUSH_PATH },
      header: {},
      body: { pushFundingAccounts: { encryptedPayload: { ...encryptedPayload } } },
    });
    expect(JSON.stringify(opened)).toContain(JSON.stringify(PLAIN));
  });

  it("in CBC mode has the form of Mastercard's, which opens with the same steps", () => {
    const body = { pushFundingAccounts: { encryptedPayload: { encryptedData: PLAIN } } };
    const theirs = mastercardLibrary(theirHash).encrypt(PUSH_PATH, {}, body).body as {
      pushFundingAccounts: { encryptedPayload: EncryptedPayload };
    };
    const their = theirs.pushFundingAccounts.encryptedPayload;
    const our = sealEnvelope(Buffer.from(JSON.stringify(PLAIN)), { ...keys, cipherMode: 'CBC', oaepHash });
    const form = (payload: object) =>
      Object.entries(payload)
        .map(([name, value]) => [name, String(value).length])
        .sort();
    expect(form(our)).toEqual(form(their));
    expect(our.publicKeyFingerprint).toBe(their.publicKeyFingerprint);
    for (const payload of [our, their]) {
      const decipher = createDecipheriv('aes-128-cbc', unwrapKey(payload), Buffer.from(payload.iv, 'hex'));
      const data = Buffer.from(payload.encryptedData, 'hex');
      const plain = Buffer.concat([decipher.update(data), decipher.final()]);
      expect(JSON.parse(plain.toString())).toEqual(PLAIN);
    }
  });

  it('in GCM mode is opened by node-forge, and not with another tag or other additional data', () => {
    const payload = sealEnvelope(Buffer.from(JSON.stringify(PLAIN)), {
      ...keys,
      cipherMode: 'GCM',
      oaepHash,
    });
    expect(payload).toMatchObject({
      algorithmCipherMode: 'GCM',
      iv: expect.stringMatching(/^[0-9a-f]{24}$/),
      tag: expect.stringMatching(/^[0-9a-f]{32}$/),
      aad: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(forgeGcm(payload)).toBe(JSON.stringify(PLAIN));
    expect(forgeGcm({ ...payload, tag: '00'.repeat(16) })).toBeNull();
    expect(forgeGcm({ ...payload, aad: '00'.repeat(16) })).toBeNull();
  });
});

function forgeGcm(payload: EncryptedPayload): string | null {
  const bytes = (hex: string | undefined) => forge.util.hexToBytes(hex ?? '');
  const decipher = forge.cipher.createDecipher('AES-GCM', unwrapKey(payload).toString('binary'));
  decipher.start({
    iv: bytes(payload.iv),
    additionalData: bytes(payload.aad),
    tagLength: 128,
    tag: forge.util.createBuffer(bytes(payload.tag)),
  });
  decipher.update(forge.util.createBuffer(bytes(payload.encryptedData)));
  return decipher.finish() ? decipher.output.toString() : null;
}

// AES-128-GCM with a 96-bit IV: test cases 1 to 4 of the GCM specification behind NIST SP 800-38D, and two of
// NIST's CAVS file gcmEncryptExtIV128.
const VECTORS = [
  {
    key: '00000000000000000000000000000000',
    iv: '000000000000000000000000',
    aad: '',
    plain: '',
    ciphertext: '',
    tag: '58e2fccefa7e3061367f1d57a4e7455a',
  },
  {
    key: '00000000000000000000000000000000',
    iv: '000000000000000000000000',
    aad: '',
    plain: '00000000000000000000000000000000',
    ciphertext: '0388dace60b6a392f328c2b971b2fe78',
    tag: 'ab6e47d42cec13bdf53a67b21257bddf',
  },
  {
    key: 'feffe9928665731c6d6a8f9467308308',
    iv: 'cafebabefacedbaddecaf888',
    aad: '',
    plain:
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255',
    ciphertext:
      '42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091473f5985',
    tag: '4d5c2af327cd64a62cf35abd2ba6fab4',
  },
  {
    key: 'feffe9928665731c6d6a8f9467308308',
    iv: 'cafebabefacedbaddecaf888',
    aad: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    plain:
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
    ciphertext:
      '42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091',
    tag: '5bc94fbc3221a5db94fae95ae7121a47',
  },
  {
    key: '11754cd72aec309bf52f7687212e8957',
    iv: '3c819d9a9bed087615030b65',
    aad: '',
    plain: '',
    ciphertext: '',
    tag: '250327c674aaf477aef2675748cf6971',
  },
  {
    key: 'c939cc13397c1d37de6ae0e1cb7c423c',
    iv: 'b3d8cc017cbb89b39e0f67e2',
    aad: '24825602bd12a984e0092d3e448eda5f',
    plain: 'c3b3c41f113a31b73d9a5cd432103069',
    ciphertext: '93fe7d9e9bfd10348a5606e5cafa7354',
    tag: '0032a1dc85f1c9786925a2e71d8272dd',
  },
];

describe('AES-128-GCM', () => {
  it.each(VECTORS)("yields NIST's ciphertext and tag $tag", ({ key, iv, aad, plain, ciphertext, tag }) => {
    const sealed = aesGcm(
      Buffer.from(key, 'hex'),
      Buffer.from(iv, 'hex'),
      Buffer.from(aad, 'hex'),
      Buffer.from(plain, 'hex'),
    );
    expect(sealed.ciphertext.toString('hex')).toBe(ciphertext);
    expect(sealed.tag.toString('hex')).toBe(tag);
  });
});

describe('sealing', () => {
  it.each(['CBC', 'GCM'] as const)('in %s mode leaves nothing of the clear payload behind', (cipherMode) => {
    const plain = Buffer.from(JSON.stringify(PLAIN));
    sealEnvelope(plain, { ...keys, cipherMode, oaepHash: 'SHA512' });
    expect(plain.every((byte) => byte === 0)).toBe(true);
  });

  it('wipes the clear payload when it fails, too', () => {
    const plain = Buffer.from(JSON.stringify(PLAIN));
    const elliptic = readEllipticKey();
    expect(() =>
      sealEnvelope(plain, { ...keys, encryptionKey: elliptic, cipherMode: 'CBC', oaepHash: 'SHA512' }),
    ).toThrow();
    expect(plain.every((byte) => byte === 0)).toBe(true);
  });

  it('never uses a key or an initialisation vector twice', () => {
    const sealed = Array.from({ length: 20 }, () =>
      sealEnvelope(Buffer.from('[]'), { ...keys, cipherMode: 'GCM', oaepHash: 'SHA256' }),
    );
    expect(new Set(sealed.map((payload) => payload.iv)).size).toBe(20);
    expect(new Set(sealed.map((payload) => unwrapKey(payload).toString('hex'))).size).toBe(20);
  });
});

describe('the clear payload', () => {
  it('is half an hour valid and holds of the account holder what is there, no more', () => {
    const now = Date.parse('2026-03-01T12:00:00Z');
    const holder = {
      NAME: 'Susan Doe',
      ADDRESS: { line1: '100 1st Street', country: 'USA', secretNote: 'not for MDES' },
      EMAIL_ADDRESS: undefined,
    };
    expect(JSON.parse(clearPayload([card('CA-1', PAN, holder)], now).toString())).toEqual([
      {
        pushAccountId: 'CA-1',
        fundingAccountData: {
          dataValidUntilTimestamp: '2026-03-01T12:30:00.000Z',
          cardAccountData: { accountNumber: PAN, expiryMonth: '09', expiryYear: '31' },
          accountHolderData: {
            accountHolderName: 'Susan Doe',
            accountHolderAddress: { line1: '100 1st Street', country: 'USA' },
          },
        },
      },
    ]);
  });
});

function readEllipticKey() {
  openssl.run('ecparam -name prime256v1 -genkey -noout -out ec.pem');
  openssl.run('req -x509 -new -key ec.pem -out ec-cert.pem -days 1 -subj /CN=ec');
  return new X509Certificate(openssl.read('ec-cert.pem')).publicKey;
}
