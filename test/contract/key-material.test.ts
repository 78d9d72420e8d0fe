/**
 * Keys and certificates in the forms in which they come: each opens, or is refused with the one sentence of its reason. Row F1 of
 * the fault suite goes through all ways of encrypting them; here are the ways of handing them on, and the reasons.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readEncryptionCertificate } from '../../src/config/keys/encryption-certificate.js';
import { readSigningKey } from '../../src/config/keys/signing-key.js';
import { certificates } from '../support/key-files/certificates.js';
import { handedOn } from '../support/key-files/opened-keys.js';
import { misread, type Pairs, pairsOf } from '../support/key-files/read-key-file.js';
import { ALL_REASONS, REASONS, reasonsFor } from '../support/key-files/reasons.js';
import { refusedKeys } from '../support/key-files/refused-keys.js';
import { Workbench } from '../support/key-files/workbench.js';

const bench = new Workbench();
let pairs: Pairs;

beforeAll(async () => {
  pairs = await pairsOf(bench);
});
afterAll(() => bench.remove());

describe('a signing key', () => {
  it('is read however it is handed on', async () => {
    expect(await misread(handedOn(bench), pairs)).toEqual([]);
  });
});

describe('an encryption certificate', () => {
  it('has the fingerprint of its DER, and its dates', () => {
    const { fingerprint, notBefore, notAfter } = readEncryptionCertificate(bench.read('other.crt'));
    const der = bench.make('x509 -in other.crt -outform DER');
    expect(fingerprint).toBe(createHash('sha256').update(der).digest('hex'));
    expect((notAfter.getTime() - notBefore.getTime()) / 86_400_000).toBe(30);
  });
});

describe('what cannot be used', () => {
  it('is refused, each for its reason, and every reason is met', async () => {
    const files = [...refusedKeys(bench), ...certificates(bench)];
    expect(await misread(files, pairs)).toEqual([]);
    const met = new Set<string>(files.map(({ gives }) => gives));
    expect(ALL_REASONS.filter((reason) => !met.has(reason))).toEqual([]);
  });

  it('is told in a sentence of its own', () => {
    const sentences = Object.values<string>(REASONS);
    expect(sentences.filter((sentence) => reasonsFor(sentence).length !== 1)).toEqual([]);
  });

  it('is never quoted', async () => {
    const body = bench.read('ours.pem').toString().split('\n').slice(3);
    const damaged = ['-----BEGIN PRIVATE KEY-----', ...body].join('\n');
    const fault = await readSigningKey(Buffer.from(damaged)).catch((error: unknown) => error);
    expect(String(fault)).toMatch(/its DER is damaged/);
    expect(String(fault)).not.toContain(body[1]?.slice(0, 8));
    expect(fault).not.toHaveProperty('cause');
  });
});
