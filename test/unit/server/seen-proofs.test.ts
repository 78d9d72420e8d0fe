/** A proof is taken once as long as it is good, and the memory of them has an end. */
import { expect, it } from '@jest/globals';
import { SeenProofs } from '../../../src/server/sign-in/possession/seen-proofs.js';

it('knows a proof until its time is over', () => {
  const seen = new SeenProofs(1000);
  expect([
    seen.add('a', 'susan', 0),
    seen.add('a', 'susan', 1),
    seen.add('b', 'susan', 500),
    seen.add('a', 'susan', 1000),
  ]).toEqual(['NEW', 'SEEN', 'NEW', 'SEEN']);
  expect([seen.add('a', 'susan', 1001), seen.add('b', 'susan', 1500), seen.add('b', 'susan', 1501)]).toEqual([
    'NEW',
    'SEEN',
    'NEW',
  ]);
});

it('takes no more than fit, rather than forget one early, and goes on when the oldest are past', () => {
  const seen = new SeenProofs(1000, { proofs: 2, ofOneOwner: 2 });
  expect([seen.add('a', 'susan', 0), seen.add('b', 'susan', 10), seen.add('c', 'susan', 20)]).toEqual([
    'NEW',
    'NEW',
    'FULL',
  ]);
  expect([seen.add('a', 'susan', 30), seen.add('c', 'susan', 1005), seen.add('d', 'susan', 1006)]).toEqual([
    'SEEN',
    'NEW',
    'FULL',
  ]);
});

it('is not filled by one account holder, however many keys she has', () => {
  const seen = new SeenProofs(1000, { proofs: 10, ofOneOwner: 2 });
  expect([seen.add('a', 'susan', 0), seen.add('b', 'susan', 1), seen.add('c', 'susan', 2)]).toEqual([
    'NEW',
    'NEW',
    'FULL',
  ]);
  expect([seen.add('d', 'amir', 3), seen.add('b', 'susan', 4), seen.add('c', 'susan', 1001)]).toEqual([
    'NEW',
    'SEEN',
    'NEW',
  ]);
});
