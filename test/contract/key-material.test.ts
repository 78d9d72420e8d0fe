/** Keys and certificates in every form that openssl makes, and what an operator reads when one cannot be used. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readEncryptionCertificate, readSigningKey } from '../../src/config/keys/key-material.js';
import { Secret } from '../../src/domain/secret.js';
import { makeOpensslDirectory, type OpensslDirectory } from '../support/mdes/mdes-openssl.js';

const PASSWORD = new Secret('wrong sesame');
const SHELL_PASSWORD = 'pass:opensesame';
const OPEN_SESAME = new Secret('opensesame');

let openssl: OpensslDirectory;
let expected: KeyObject;

beforeAll(() => {
  openssl = makeOpensslDirectory();
  openssl.run('genrsa -traditional -out pkcs1.pem 2048');
  openssl.run('pkcs8 -topk8 -nocrypt -in pkcs1.pem -out pkcs8.pem');
  openssl.run(`pkcs8 -topk8 -v2 aes-256-cbc -in pkcs1.pem -out encrypted.pem -passout ${SHELL_PASSWORD}`);
  openssl.run(`rsa -traditional -aes128 -in pkcs1.pem -out old-encrypted.pem -passout ${SHELL_PASSWORD}`);
  openssl.run('req -x509 -new -key pkcs1.pem -out cert.pem -days 30 -subj /CN=issuer');
  openssl.run('x509 -in cert.pem -outform DER -out cert.der');
  openssl.run('rsa -in pkcs1.pem -pubout -out public.pem');
  const pair = '-inkey pkcs1.pem -in cert.pem -name keyalias';
  openssl.run(`pkcs12 -export ${pair} -out modern.p12 -passout ${SHELL_PASSWORD}`);
  openssl.run(
    `pkcs12 -export ${pair} -out legacy.p12 -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1 -passout ${SHELL_PASSWORD}`,
  );
  openssl.run(`pkcs12 -export ${pair} -out empty.p12 -passout pass:`);
  openssl.run(`pkcs12 -export -nokeys -in cert.pem -out no-key.p12 -passout ${SHELL_PASSWORD}`);
  openssl.run('pkcs12 -in modern.p12 -nodes -out bags.pem -passin pass:opensesame');
  openssl.run('genrsa -out weak.pem 1024');
  openssl.run('req -x509 -new -key weak.pem -out weak-cert.pem -days 30 -subj /CN=weak');
  openssl.run('ecparam -name prime256v1 -genkey -noout -out ec.pem');
  openssl.run('req -x509 -new -key ec.pem -out ec-cert.pem -days 30 -subj /CN=ec');
  openssl.run(`pkcs12 -export -inkey ec.pem -in ec-cert.pem -out ec.p12 -passout ${SHELL_PASSWORD}`);
  expected = createPublicKey(openssl.read('public.pem'));
});

afterAll(() => openssl.remove());

describe('a signing key', () => {
  it.each([
    ['PKCS#1', 'pkcs1.pem', undefined],
    ['PKCS#8', 'pkcs8.pem', undefined],
    ['PKCS#8 although a password is set', 'pkcs8.pem', OPEN_SESAME],
    ['encrypted PKCS#8', 'encrypted.pem', OPEN_SESAME],
    ['encrypted PKCS#1', 'old-encrypted.pem', OPEN_SESAME],
    ['PEM with bag attributes and certificate around it', 'bags.pem', undefined],
    ['PKCS#12 with PBES2, AES-256 and SHA-256', 'modern.p12', OPEN_SESAME],
    ['PKCS#12 with SHA-1 and 3DES', 'legacy.p12', OPEN_SESAME],
    ['PKCS#12 with an empty password', 'empty.p12', undefined],
  ])('is read from %s', (_, file, password) => {
    const key = readSigningKey(openssl.read(file), password);
    expect(key.type).toBe('private');
    expect(createPublicKey(key).equals(expected)).toBe(true);
  });

  it.each([
    ['encrypted.pem', undefined, /encrypted.*set MDES_SIGNING_KEY_PASSWORD/],
    ['encrypted.pem', PASSWORD, /password does not open it/],
    ['old-encrypted.pem', PASSWORD, /password does not open it/],
    ['modern.p12', undefined, /encrypted.*set MDES_SIGNING_KEY_PASSWORD/],
    ['modern.p12', PASSWORD, /password does not open it/],
    ['legacy.p12', PASSWORD, /password does not open it/],
    ['no-key.p12', OPEN_SESAME, /without a private key/],
    ['public.pem', undefined, /holds a public key: give the private key/],
    ['cert.pem', undefined, /holds a certificate: give the private key/],
    ['cert.der', undefined, /neither PEM nor a PKCS#12 file/],
    ['weak.pem', undefined, /1024 bits; at least 2048/],
    ['ec.pem', undefined, /its key is ec/],
    ['ec.p12', OPEN_SESAME, /its key is ec/],
  ])('from %s is refused with the reason', (file, password, reason) => {
    expect(() => readSigningKey(openssl.read(file), password)).toThrow(reason);
  });

  it.each([
    ['nothing', Buffer.alloc(0), /empty/],
    ['noise', Buffer.from('not a key at all'), /neither PEM nor PKCS#12/],
    ['a PEM cut short', Buffer.from('-----BEGIN PRIVATE KEY-----\nMIIE'), /damaged/],
  ])('from %s is refused with the reason', (_, bytes, reason) => {
    expect(() => readSigningKey(bytes, undefined)).toThrow(reason);
  });

  it('from a damaged file is refused without quoting the file', () => {
    const damaged = openssl
      .read('pkcs8.pem')
      .toString()
      .replace(/\n.{8}/, '\nAAAAAAAA');
    const body = damaged.split('\n')[2] ?? '';
    try {
      readSigningKey(Buffer.from(damaged), undefined);
      throw new Error('it was read');
    } catch (error) {
      expect(String(error)).toMatch(/damaged/);
      expect(String(error)).not.toContain(body.slice(0, 12));
      expect(error).not.toHaveProperty('cause');
    }
  });
});

describe('an encryption certificate', () => {
  it.each(['cert.pem', 'cert.der'])('is read from %s with fingerprint and validity', (file) => {
    const certificate = readEncryptionCertificate(openssl.read(file));
    expect(certificate.key.equals(expected)).toBe(true);
    expect(certificate.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    const days = (certificate.notAfter.getTime() - certificate.notBefore.getTime()) / 86_400_000;
    expect(days).toBe(30);
  });

  it('has the fingerprint that openssl tells', () => {
    openssl.run('dgst -sha256 -out digest.txt cert.der');
    const digest = openssl.read('digest.txt').toString().trim().split(' ').at(-1);
    expect(readEncryptionCertificate(openssl.read('cert.pem')).fingerprint).toBe(digest);
  });

  it.each([
    ['pkcs1.pem', /holds a key, not a certificate/],
    ['modern.p12', /no certificate in PEM or DER/],
    ['weak-cert.pem', /1024 bits/],
    ['ec-cert.pem', /its key is ec/],
  ])('from %s is refused with the reason', (file, reason) => {
    expect(() => readEncryptionCertificate(openssl.read(file))).toThrow(reason);
  });
});
