/** What the package is made of: the lockfile's hashes, and licences that ask for nothing but to be named. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isAllowed, licenceFaults } from '../../scripts/supply-chain/licences.mjs';
import { lockfileFaults } from '../../scripts/supply-chain/lockfile.mjs';

const HASH = `sha512-${'A'.repeat(86)}==`;

describe('the lockfile', () => {
  it('names each package by its hash, from the public registry, with a licence that is allowed', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    expect(lockfileFaults(packages)).toEqual([]);
    expect(licenceFaults(packages)).toEqual([]);
  });

  it.each([
    ['without a hash', {}],
    ['with a weak hash', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
    ['with half a hash', { integrity: 'sha512-AAAA' }],
    ['from elsewhere', { integrity: HASH, resolved: 'https://evil.example/a.tgz' }],
    [
      'from what looks like the registry',
      { integrity: HASH, resolved: 'https://registry.npmjs.org.evil.example/a' },
    ],
    ['from git', { integrity: HASH, resolved: 'git+ssh://git@github.com/a/b.git' }],
    ['linked', { link: true, integrity: HASH }],
  ])('is refused with a package %s', (_what, entry) => {
    expect(lockfileFaults({ '': {}, 'node_modules/a': entry })).toHaveLength(1);
    expect(lockfileFaults({ '': {}, 'node_modules/a': { integrity: HASH } })).toEqual([]);
  });

  it.each([
    ['MIT', true],
    ['(BSD-3-Clause OR GPL-2.0)', true],
    ['(GPL-2.0 OR MIT) AND ISC', true],
    ['MIT AND (Apache-2.0 OR GPL-3.0-only)', true],
    ['GPL-2.0', false],
    ['MIT AND LGPL-3.0-or-later', false],
    ['(MIT', false],
    ['MIT GPL-2.0', false],
    ['', false],
    ['UNLICENSED', false],
    ['SEE LICENSE IN LICENSE.txt', false],
  ])('licence "%s" is allowed: %s', (expression, expected) => expect(isAllowed(expression)).toBe(expected));

  it('of what only developers install, any licence will do', () => {
    expect(licenceFaults({ '': {}, a: { license: 'GPL-2.0', dev: true } })).toEqual([]);
    expect(licenceFaults({ '': {}, a: { license: 'GPL-2.0' }, b: {} })).toHaveLength(2);
  });
});
