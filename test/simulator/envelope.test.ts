/** The encrypted part of a push: every envelope that MDES opens, and every one that it cannot. */
import { constants, publicEncrypt, randomBytes, X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { simulatorForTests } from '../support/simulator/simulator-fixture.js';
import {
  accounts,
  BANK_ACCOUNT,
  card,
  type EncryptedPayload,
  libraryEnvelope,
  ownEnvelope,
  push,
  wrapKey,
} from '../support/simulator/simulator-pushes.js';
import { type Answer, at, requestErrors } from '../support/simulator/simulator-requests.js';

const simulator = simulatorForTests();
const CRYPTOGRAPHY_ERROR = ['CRYPTOGRAPHY_ERROR Cryptography Error'];
const clear = accounts(card());

const pushEnvelope = (envelope: EncryptedPayload): Promise<Answer> => push(simulator(), { envelope });
const spoilt = (change: EncryptedPayload, mode: 'CBC' | 'GCM' = 'CBC'): Promise<Answer> =>
  pushEnvelope({ ...ownEnvelope(simulator(), clear, { mode }), ...change });
function without(member: string, mode: 'CBC' | 'GCM' = 'CBC'): Promise<Answer> {
  const { [member]: _, ...envelope } = ownEnvelope(simulator(), clear, { mode });
  return pushEnvelope(envelope);
}
const receipt = (answer: Answer): unknown => at(answer.json, 'pushAccountReceipts', 0, 'pushAccountReceipt');

describe('an envelope that opens', () => {
  it.each(['SHA256', 'SHA512'] as const)('is one of Mastercard’s own library, with OAEP %s', async (hash) => {
    const envelope = libraryEnvelope(
      simulator(),
      accounts(card(), { financialAccountData: BANK_ACCOUNT }),
      hash,
    );
    const answer = await pushEnvelope(envelope);
    expect(requestErrors(answer)).toEqual([]);
    expect(receipt(answer)).toMatch(/^MCC-/);
    expect(at(answer.json, 'pushAccountReceipts', 1, 'pushAccountReceipt')).toMatch(/^DMC-/);
  });

  it.each([
    ['CBC', 16, 'SHA512'],
    ['CBC', 32, 'SHA256'],
    ['GCM', 16, 'SHA512'],
    ['GCM', 32, 'SHA256'],
  ] as const)('is AES-%s with a key of %i bytes and OAEP %s', async (mode, keyBytes, hash) => {
    const envelope = ownEnvelope(simulator(), clear, { mode, keyBytes, hash });
    expect(receipt(await pushEnvelope(envelope))).toMatch(/^MCC-/);
  });

  it('may name CBC, and write hex in capitals', async () => {
    const envelope = ownEnvelope(simulator(), clear);
    const fingerprint = String(envelope['publicKeyFingerprint']).toUpperCase();
    const data = String(envelope['encryptedData']).toUpperCase();
    const change = { algorithmCipherMode: 'CBC', publicKeyFingerprint: fingerprint, encryptedData: data };
    expect(receipt(await pushEnvelope({ ...envelope, ...change }))).toMatch(/^MCC-/);
  });

  it('may leave out an iv of zeros in CBC', async () => {
    const { iv: _, ...envelope } = ownEnvelope(simulator(), clear, { iv: Buffer.alloc(16) });
    expect(receipt(await pushEnvelope(envelope))).toMatch(/^MCC-/);
  });
});

describe('an envelope that does not open', () => {
  it('is told so in both spellings that were seen', async () => {
    const answer = await spoilt({ publicKeyFingerprint: '0'.repeat(64) });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      errorCode: 'CRYPTOGRAPHY_ERROR',
      errorDescription: 'Cryptography Error',
      errors: [{ source: 'INPUT', reasonCode: 'CRYPTOGRAPHY_ERROR', description: 'Cryptography Error' }],
      responseId: 'request-1',
    });
  });

  it.each<[string, () => EncryptedPayload, 'CBC' | 'GCM']>([
    ['another fingerprint of 40 digits', () => ({ publicKeyFingerprint: '0'.repeat(40) }), 'CBC'],
    ['the other OAEP hash', () => ({ oaepHashingAlgorithm: 'SHA256' }), 'CBC'],
    ['a wrapped key of nonsense', () => ({ encryptedKey: '0a'.repeat(256) }), 'CBC'],
    ['a wrapped key that is too short', () => ({ encryptedKey: '0a'.repeat(16) }), 'CBC'],
    ['an AES key of 24 bytes', () => ({ encryptedKey: wrapped(randomBytes(24)) }), 'CBC'],
    ['another AES key', () => ({ encryptedKey: wrapped(Buffer.alloc(16)) }), 'GCM'],
    // Of data made anew each time, one in 256 would have a padding that looks right, around nonsense.
    [
      'another AES key',
      () => ({ encryptedKey: wrapped(Buffer.alloc(16)), encryptedData: 'ff'.repeat(64) }),
      'CBC',
    ],
    ['a key wrapped by PKCS#1 v1.5', () => ({ encryptedKey: wrappedOldWay() }), 'CBC'],
    ['another iv', () => ({ iv: 'ff'.repeat(12) }), 'GCM'],
    ['another tag', () => ({ tag: 'ff'.repeat(16) }), 'GCM'],
    ['other additional data', () => ({ aad: 'ff' }), 'GCM'],
    ['data that was cut', () => ({ encryptedData: 'ff'.repeat(15) }), 'CBC'],
    ['changed data', () => ({ encryptedData: 'ff'.repeat(64) }), 'GCM'],
  ])('has %s', async (_, change, mode) => {
    const answer = await spoilt(change(), mode);
    expect(requestErrors(answer)).toEqual(CRYPTOGRAPHY_ERROR);
  });

  it('has a good shell around what is no JSON list of accounts', async () => {
    const envelopes: [Buffer, string][] = [
      [Buffer.from('[{'), 'INVALID_JSON Invalid JSON'],
      [Buffer.from([0xff, 0xfe]), 'INVALID_JSON Invalid JSON'],
      [Buffer.from('{}'), 'INVALID_FIELD_FORMAT Invalid Field Format - pushFundingAccounts'],
      [Buffer.from('[]'), 'INVALID_FIELD_LENGTH Invalid Field Length - pushFundingAccounts'],
    ];
    for (const [bytes, expected] of envelopes) {
      const answer = await pushEnvelope(ownEnvelope(simulator(), null, { bytes }));
      expect(requestErrors(answer)).toEqual([expected]);
    }
  });
});

describe('a field of the envelope', () => {
  it.each(['encryptedData', 'publicKeyFingerprint', 'encryptedKey', 'oaepHashingAlgorithm'])(
    'that must be there is %s',
    async (member) => {
      expect(requestErrors(await without(member))).toEqual([
        `MISSING_REQUIRED_FIELD Missing Required Field - ${member}`,
      ]);
    },
  );

  it.each(['iv', 'tag', 'aad'])('that must be there for GCM is %s', async (member) => {
    expect(requestErrors(await without(member, 'GCM'))).toEqual([
      `MISSING_REQUIRED_FIELD Missing Required Field - ${member}`,
    ]);
  });

  it.each<[string, EncryptedPayload, 'CBC' | 'GCM', string]>([
    [
      'base64',
      { encryptedData: 'q83vASM=' },
      'CBC',
      'INVALID_FIELD_FORMAT Invalid Field Format - encryptedData',
    ],
    ['odd', { encryptedData: 'abc' }, 'CBC', 'INVALID_FIELD_FORMAT Invalid Field Format - encryptedData'],
    ['empty', { encryptedData: '' }, 'CBC', 'INVALID_FIELD_LENGTH Invalid Field Length - encryptedData'],
    ['clear', { encryptedData: [{}] }, 'CBC', 'INVALID_FIELD_FORMAT Invalid Field Format - encryptedData'],
    [
      'too long',
      { encryptedKey: 'ab'.repeat(257) },
      'CBC',
      'INVALID_FIELD_LENGTH Invalid Field Length - encryptedKey',
    ],
    [
      'too short',
      { publicKeyFingerprint: 'ab'.repeat(15) },
      'CBC',
      'INVALID_FIELD_LENGTH Invalid Field Length - publicKeyFingerprint',
    ],
    [
      'no hash that MDES knows',
      { oaepHashingAlgorithm: 'SHA-256' },
      'CBC',
      'INVALID_FIELD_VALUE Invalid Field Value - oaepHashingAlgorithm',
    ],
    [
      'no mode that MDES knows',
      { algorithmCipherMode: 'ECB' },
      'CBC',
      'INVALID_FIELD_VALUE Invalid Field Value - algorithmCipherMode',
    ],
    [
      'an iv for GCM in CBC',
      { iv: 'ab'.repeat(12) },
      'CBC',
      'INVALID_FIELD_LENGTH Invalid Field Length - iv',
    ],
    [
      'an iv for CBC in GCM',
      { iv: 'ab'.repeat(16) },
      'GCM',
      'INVALID_FIELD_LENGTH Invalid Field Length - iv',
    ],
    ['a short tag', { tag: 'ab'.repeat(12) }, 'GCM', 'INVALID_FIELD_LENGTH Invalid Field Length - tag'],
    ['a long aad', { aad: 'ab'.repeat(19) }, 'GCM', 'INVALID_FIELD_LENGTH Invalid Field Length - aad'],
    ['a tag in CBC', { tag: 'ab'.repeat(16) }, 'CBC', 'INVALID_FIELD_VALUE Invalid Field Value - tag'],
    ['an aad in CBC', { aad: 'ab' }, 'CBC', 'INVALID_FIELD_VALUE Invalid Field Value - aad'],
  ])('is refused when it is %s', async (_, change, mode, expected) => {
    expect(requestErrors(await spoilt(change, mode))).toEqual([expected]);
  });
});

function wrapped(key: Buffer): string {
  return wrapKey(simulator(), key, 'SHA512').toString('hex');
}

function wrappedOldWay(): string {
  const { publicKey } = new X509Certificate(simulator().mdes.encryptionCertificatePem);
  return publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, randomBytes(16)).toString(
    'hex',
  );
}
