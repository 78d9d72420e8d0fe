/** The keys of the sign-in, fetch by fetch: what is known stays known, and nobody makes the issuer be asked too often. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type CryptoKey, exportJWK, type JSONWebKeySet, type JWK } from 'jose';
import { KeySetError } from '../../../src/server/sign-in/fetch-keys.js';
import { KeySet } from '../../../src/server/sign-in/key-set.js';
import { makeIssuerKeys } from '../../support/issuer/token-issuer.js';
import { recordingLogger } from '../../support/mdes/mdes-fixtures.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const keys = makeIssuerKeys();

let now: number;
let published: string[] | Error;
let fetches: number;
let keySet: KeySet;
let said: string[];
let closed: number;

beforeEach(() => {
  now = Date.parse('2026-11-26T12:00:00Z');
  published = ['a'];
  fetches = 0;
  closed = 0;
  const { log, lines } = recordingLogger();
  said = lines;
  keySet = new KeySet({
    fetcher: { fetch, close: async () => void closed++ },
    clock: { now: () => now },
    log,
  });
});

/** What is published as `~a` is the key of `a` without its name. */
async function fetch(): Promise<JSONWebKeySet> {
  fetches++;
  if (published instanceof Error) throw published;
  const jwks = published.map(async (name): Promise<JWK> => {
    const { kid: _, ...nameless } = await keys.publicJwk(name.replace('~', ''));
    return name.startsWith('~') ? nameless : { ...nameless, kid: name };
  });
  return { keys: await Promise.all(jwks) };
}

function lines(): string[] {
  return said.map((line) => JSON.parse(line)).map(({ level, msg }) => `${level} ${msg}`);
}

/** What a token of that key comes to. */
async function ask(kid: unknown): Promise<string> {
  const header = { alg: 'ES256', kid } as { alg: string; kid: string };
  try {
    await keySet.keyFor(header, { payload: '', signature: '' });
    return 'found';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

async function start(): Promise<void> {
  // Its own schedule would stir in real time.
  await keySet.start();
  await keySet.close();
}

describe('a known key', () => {
  it('is found without the issuer, for a day while it is away, and no longer', async () => {
    await start();
    published = new KeySetError('away');
    for (const at of [0, 30 * MINUTE, 23 * HOUR]) {
      now = Date.parse('2026-11-26T12:00:00Z') + at;
      expect(await ask('a')).toBe('found');
    }
    expect(fetches).toBe(1);
    now += HOUR;
    expect(await ask('a')).toBe('NoKeysKnown');
    expect([keySet.state(), keySet.ageMs()]).toEqual(['empty', null]);
  });

  it('that is withdrawn is known until the next fetch', async () => {
    await start();
    published = ['b'];
    expect(await ask('a')).toBe('found');
    now += 30 * SECOND;
    expect(await ask('b')).toBe('found');
    expect(await ask('a')).toBe('JWKSNoMatchingKey');
  });
});

describe('a key that is not known', () => {
  it('is fetched at once, but no sooner than 30 s after the last fetch', async () => {
    await start();
    published = ['a', 'b'];
    now += 29_999;
    expect([await ask('b'), fetches]).toEqual(['JWKSNoMatchingKey', 1]);
    now += 1;
    expect([await ask('b'), fetches]).toEqual(['found', 2]);
  });

  it('is fetched by one for all that ask at once', async () => {
    await start();
    now += MINUTE;
    const asked = await Promise.all(Array.from({ length: 200 }, (_, index) => ask(`x-${index}`)));
    expect(new Set(asked)).toEqual(new Set(['JWKSNoMatchingKey']));
    expect(fetches).toBe(2);
  });

  it('costs no fetch more while they fail: a failure cools down too', async () => {
    await start();
    published = new KeySetError('away');
    now += MINUTE;
    for (let index = 0; index < 200; index++) expect(await ask(`x-${index}`)).toBe('JWKSNoMatchingKey');
    expect([fetches, keySet.state()]).toEqual([2, 'stale']);
    now += 30 * SECOND;
    await ask('x');
    expect(fetches).toBe(3);
  });

  it('is remembered, longer each time, and found all the same once another fetch has brought it', async () => {
    await start();
    const fetchesAfter = async (ms: number) => {
      now += ms;
      await ask('late');
      return fetches;
    };
    expect(await fetchesAfter(MINUTE)).toBe(2);
    expect(await fetchesAfter(30 * SECOND)).toBe(3);
    expect(await fetchesAfter(30 * SECOND)).toBe(3);
    expect(await fetchesAfter(30 * SECOND)).toBe(4);
    expect(await fetchesAfter(119 * SECOND)).toBe(4);
    expect(await fetchesAfter(1 * SECOND)).toBe(5);
    published = ['a', 'late'];
    expect(await ask('other')).toBe('JWKSNoMatchingKey');
    now += 30 * SECOND;
    expect([await ask('other-too'), fetches]).toEqual(['JWKSNoMatchingKey', 6]);
    expect([await ask('late'), fetches]).toEqual(['found', 6]);
  });

  it('that could not be looked for is not remembered', async () => {
    await start();
    published = new KeySetError('away');
    for (let times = 0; times < 5; times++) {
      now += MINUTE;
      expect(await ask('b')).toBe('JWKSNoMatchingKey');
    }
    published = ['a', 'b'];
    now += 30 * SECOND;
    expect(await ask('b')).toBe('found');
  });

  it.each([['k'.repeat(257)], [7], [null], [{}]])('is looked for nowhere when it is %j', async (kid) => {
    await start();
    now += MINUTE;
    expect([await ask(kid), fetches]).toEqual(['JWKSNoMatchingKey', 1]);
  });
});

describe('a key without a name', () => {
  it('is tried for a token whose kid is not known, and for one without', async () => {
    published = ['a', '~b'];
    await start();
    const header = { alg: 'ES256' };
    const found = async (asked: object) =>
      exportJWK((await keySet.keyFor({ ...header, ...asked }, { payload: '', signature: '' })) as CryptoKey);
    const { x: named } = await keys.publicJwk('a');
    const { x: nameless } = await keys.publicJwk('b');
    expect((await found({ kid: 'elsewhere' })).x).toBe(nameless);
    expect((await found({ kid: 'a' })).x).toBe(named);
    published = ['~b'];
    now += MINUTE;
    await ask('elsewhere-too');
    expect((await found({ kid: 'a' })).x).toBe(nameless);
    expect((await found({})).x).toBe(nameless);
  });

  it('is not looked for where each has one', async () => {
    await start();
    expect(await ask('elsewhere')).toBe('JWKSNoMatchingKey');
    published = ['a', 'b'];
    now += MINUTE;
    expect(await ask('elsewhere')).toBe('JWKSNoMatchingKey');
  });

  it('is no way round an error of another kind', async () => {
    published = ['a', '~b'];
    await start();
    published = new KeySetError('away');
    now += 25 * HOUR;
    expect(await ask('a')).toBe('NoKeysKnown');
  });
});

describe('its own schedule', () => {
  it('asks within 10 minutes though no token asks, a failed fetch sooner, and nothing once it is closed', async () => {
    await keySet.start();
    const tick = () => new Promise((resolve) => setTimeout(resolve, 1100));
    now += 8 * MINUTE;
    await tick();
    expect(fetches).toBe(1);
    published = new KeySetError('away');
    now += 2 * MINUTE;
    await tick();
    expect([fetches, keySet.state()]).toEqual([2, 'stale']);
    published = ['a'];
    now += 30 * SECOND;
    await tick();
    expect([fetches, keySet.state()]).toEqual([3, 'ok']);
    await keySet.close();
    expect(closed).toBe(1);
    now += HOUR;
    await tick();
    expect(fetches).toBe(3);
  });

  it('gives the same set as long as it is the same', async () => {
    expect(keySet.inUse).toBeUndefined();
    await start();
    const first = keySet.inUse;
    expect(first).toBeDefined();
    await ask('a');
    expect(keySet.inUse).toBe(first);
    now += MINUTE;
    await ask('elsewhere');
    expect(keySet.inUse).not.toBe(first);
  });
});

describe('an issuer that is away from the start', () => {
  it('is asked once in 30 s, and as soon as it is back everything is well', async () => {
    published = new KeySetError('away');
    await start();
    expect([keySet.state(), keySet.ageMs()]).toEqual(['empty', null]);
    for (let index = 0; index < 20; index++) expect(await ask('a')).toBe('NoKeysKnown');
    expect(fetches).toBe(1);
    published = ['a'];
    now += 30 * SECOND;
    expect([await ask('a'), fetches]).toEqual(['found', 2]);
    expect([keySet.state(), keySet.ageMs()]).toEqual(['ok', 0]);
    expect(lines()).toEqual([
      'error the keys of the token issuer cannot be fetched',
      'info the keys of the token issuer are fetched again',
    ]);
  });
});

describe('what is told of them', () => {
  it('is their age, and whether the last fetch failed; the log says each change once', async () => {
    await start();
    now += 5 * MINUTE;
    expect([keySet.state(), keySet.ageMs()]).toEqual(['ok', 5 * MINUTE]);
    published = new KeySetError('away');
    for (let minutes = 0; minutes < 10; minutes++) {
      now += MINUTE;
      await ask(`x-${minutes}`);
    }
    expect([keySet.state(), keySet.ageMs()]).toEqual(['stale', 15 * MINUTE]);
    published = ['a'];
    now += MINUTE;
    await ask('y');
    expect([keySet.state(), keySet.ageMs()]).toEqual(['ok', 0]);
    expect(lines()).toEqual([
      'warn the keys of the token issuer cannot be fetched anew',
      'info the keys of the token issuer are fetched again',
    ]);
  });

  it('survives a clock that is set back', async () => {
    await start();
    now -= HOUR;
    published = ['a', 'b'];
    expect([await ask('b'), fetches, keySet.ageMs()]).toEqual(['found', 2, 0]);
  });
});
