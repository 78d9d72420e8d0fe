/** A proof is taken once as long as it is good, and the memory of them has an end. */
import { expect, it } from '@jest/globals';
import { SeenProofs } from '../../../src/server/sign-in/possession/seen-proofs.js';

it('knows a proof until its time is over', () => {
  const seen = new SeenProofs(1000);
  expect([seen.add('a', 0), seen.add('a', 1), seen.add('b', 500), seen.add('a', 1000)]).toEqual([
    'NEW',
    'SEEN',
    'NEW',
    'SEEN',
  ]);
  expect([seen.add('a', 1001), seen.add('b', 1500), seen.add('b', 1501)]).toEqual(['NEW', 'SEEN', 'NEW']);
});

it('takes no more than fit, rather than forget one early, and goes on when the oldest are past', () => {
  const seen = new SeenProofs(1000, 2);
  expect([seen.add('a', 0), seen.add('b', 10), seen.add('c', 20)]).toEqual(['NEW', 'NEW', 'FULL']);
  expect([seen.add('a', 30), seen.add('c', 1005), seen.add('d', 1006)]).toEqual(['SEEN', 'NEW', 'FULL']);
});
