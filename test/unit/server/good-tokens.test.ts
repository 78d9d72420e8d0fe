/** What is remembered of a good token, at each bound: its keys, its times, and nothing of another one. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { GoodTokens } from '../../../src/server/sign-in/good-tokens.js';

const TOLERANCE = 5;
/** Seconds. */
const NOW = 1_800_000_000;
const HER = { name: 'susan' };
const KEYS = {};
const clock = Date.now;

let tokens: GoodTokens<{ readonly name: string }>;
const at = (seconds: number) => {
  Date.now = () => seconds * 1000;
};
beforeEach(() => {
  at(NOW);
  tokens = new GoodTokens(TOLERANCE);
});
afterEach(() => {
  Date.now = clock;
});

it('is what was kept, of that very token', () => {
  const his = { name: 'amir' };
  tokens.keep('hers', KEYS, { exp: NOW + 60, nbf: NOW - 60 }, HER);
  tokens.keep('his', KEYS, { exp: NOW + 60 }, his);
  expect([tokens.get('hers', KEYS), tokens.get('his', KEYS)]).toEqual([HER, his]);
  expect([tokens.get('hers ', KEYS), tokens.get('', KEYS)]).toEqual([undefined, undefined]);
});

it('is nothing once other keys are in use, or none', () => {
  tokens.keep('hers', KEYS, { exp: NOW + 60 }, HER);
  expect([tokens.get('hers', {}), tokens.get('hers', undefined)]).toEqual([undefined, undefined]);
  expect(tokens.get('hers', KEYS)).toBe(HER);
});

it('is kept anew by keys that have verified it anew', () => {
  const others = {};
  tokens.keep('hers', KEYS, { exp: NOW + 60 }, HER);
  tokens.keep('hers', others, { exp: NOW + 60 }, HER);
  expect([tokens.get('hers', KEYS), tokens.get('hers', others)]).toEqual([undefined, HER]);
});

it('ends with the token, as late as jose lets it', () => {
  tokens.keep('hers', KEYS, { exp: NOW + 60 }, HER);
  at(NOW + 60 + TOLERANCE - 0.001);
  expect(tokens.get('hers', KEYS)).toBe(HER);
  at(NOW + 60 + TOLERANCE);
  expect(tokens.get('hers', KEYS)).toBeUndefined();
});

it('begins with the token, as early as jose lets it', () => {
  tokens.keep('hers', KEYS, { exp: NOW + 600, nbf: NOW + 60 }, HER);
  at(NOW + 60 - TOLERANCE - 0.001);
  expect(tokens.get('hers', KEYS)).toBeUndefined();
  at(NOW + 60 - TOLERANCE);
  expect(tokens.get('hers', KEYS)).toBe(HER);
});

it('of a token without an end is nothing', () => {
  tokens.keep('hers', KEYS, {}, HER);
  expect(tokens.get('hers', KEYS)).toBeUndefined();
});
