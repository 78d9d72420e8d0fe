import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PushKeys } from '../../../src/push/ledger/push-keys.js';

const newKey = () => generateKeyPairSync('ed25519').privateKey;

describe('the keys of the push ledger', () => {
  const signingKey = newKey();
  const keys = new PushKeys(signingKey);
  const others = new PushKeys(newKey());

  it('are the same in every process of the issuer, and nobody else’s', () => {
    const again = new PushKeys(signingKey);
    for (const use of ['owner', 'fingerprint', 'receiptHash', 'state'] as const) {
      expect(again[use]('susan')).toBe(keys[use]('susan'));
      expect(others[use]('susan')).not.toBe(keys[use]('susan'));
      expect(keys[use]('amir')).not.toBe(keys[use]('susan'));
      expect(keys[use]('susan')).toMatch(/^[\w-]{22,43}$/);
    }
    expect(again.open(keys.seal('receipt', 'push-1'), 'push-1')).toBe('receipt');
  });

  it('differ by what they are for', () => {
    const words = [keys.owner('x'), keys.fingerprint('x'), keys.receiptHash('x'), keys.state('x')];
    expect(new Set(words.map((word) => word.slice(0, 22))).size).toBe(words.length);
  });

  it('know a state again, and no other', () => {
    const pushId = randomUUID();
    const state = keys.state(pushId);
    expect(keys.isState(pushId, state)).toBe(true);
    for (const forged of [
      '',
      state.slice(0, -1),
      `${state}A`,
      state.toUpperCase(),
      `${state.slice(0, -1)}é`,
      '\ud800'.repeat(22),
      'x'.repeat(16_384),
      keys.state(randomUUID()),
      others.state(pushId),
      keys.receiptHash(pushId).slice(0, 22),
    ]) {
      expect(keys.isState(pushId, forged)).toBe(false);
    }
  });

  it('open what they have sealed, whatever it is, and never seal it twice the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (clear, context) => {
        const sealed = keys.seal(clear, context);
        expect(sealed).toMatch(/^[\w-]+$/);
        expect(keys.open(sealed, context)).toBe(clear);
        expect(keys.seal(clear, context)).not.toBe(sealed);
        expect(keys.open(sealed, `${context}.`)).toBeUndefined();
        expect(others.open(sealed, context)).toBeUndefined();
      }),
    );
  });

  it('open nothing that was changed, cut or made up', () => {
    const sealed = Buffer.from(keys.seal('MCC-SECRET', 'push-1'), 'base64url');
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(keys.open(changed.toString('base64url'), 'push-1')).toBeUndefined();
      expect(keys.open(sealed.subarray(0, at).toString('base64url'), 'push-1')).toBeUndefined();
    }
    for (const made of ['', '!', 'MCC-SECRET', '\u0000', 'A'.repeat(10_000)]) {
      expect(keys.open(made, 'push-1')).toBeUndefined();
    }
    expect(sealed.toString('latin1')).not.toContain('MCC-SECRET');
  });
});
