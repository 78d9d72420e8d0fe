/** A real Redis that lets in whoever shows a certificate of the bank's authority; why somebody is not let in is said in one sentence. */
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { openCacheConnection } from '../../src/catalogue/cache/create-cache.js';
import { readConfig } from '../../src/config/config.js';
import { createLogger } from '../../src/observability/logger.js';
import type { UnfitCode } from '../../src/resilience/redis/fitness.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { eventually } from '../support/shared-cache.js';
import { BankAuthority, type Shown, tlsEnvironment } from '../support/tls/bank-authority.js';
import { startTlsRedis, type TlsRedis } from '../support/tls/tls-redis.js';

const bank = new BankAuthority();
const stranger = new BankAuthority();
const ours = bank.certificate('gateway');
let server: TlsRedis;
let gateway: TestGateway | undefined;
beforeAll(async () => {
  server = await startTlsRedis(bank);
});
afterEach(() => gateway?.close());
afterAll(async () => {
  await server.redis.stop();
  for (const one of [bank, stranger]) one.remove();
});

const environmentOf = (shown: Shown, url = server.url) => ({
  ...{ CACHE_URL: url, CATALOGUE_WARM: 'off' },
  ...tlsEnvironment('CACHE', shown),
});

it('is used with the authority and the client certificate of the settings', async () => {
  const limited = { PUSH_LIMITS: '20/h per account-holder' };
  gateway = await startTestGateway({ ...limited, ...environmentOf({ ca: bank.cert, identity: ours }) });
  const answer = await fetch(`${gateway.url}/readyz`);
  expect(await answer.json()).toMatchObject({ cache: 'ready', cacheUnfit: null });
  expect((await gateway.graphql('{ fundingAccounts { id tokenRequestors { id } } }')).errors).toBeUndefined();
  await eventually(async () => (await server.redis.command('KEYS', '*')).includes('token-connect-'), 2000);
  expect(gateway.logs.filter((line) => /failed|unfit/.test(line))).toEqual([]);
});

it.each<[why: string, shown: () => Shown, url: () => string, code: UnfitCode, said: string]>([
  [
    'without a client certificate',
    () => ({ ca: bank.cert }),
    () => server.url,
    'TLS_WANTS_CERTIFICATE',
    'it asks for a client certificate: set CACHE_TLS_CERTIFICATE',
  ],
  [
    'with the certificate of a stranger',
    () => ({ ca: bank.cert, identity: stranger.certificate('gateway') }),
    () => server.url,
    'TLS_REFUSED',
    'it does not take our client certificate',
  ],
  [
    'with a certificate that has ended',
    () => ({ ca: bank.cert, identity: bank.certificate('gateway', -1000) }),
    () => server.url,
    'TLS_REFUSED',
    'and look at its dates',
  ],
  [
    'without its authority',
    () => ({ identity: ours }),
    () => server.url,
    'TLS_UNTRUSTED',
    'name its authority in CACHE_TLS_CA',
  ],
  [
    'with another authority',
    () => ({ ca: stranger.cert, identity: ours }),
    () => server.url,
    'TLS_UNTRUSTED',
    'name its authority in CACHE_TLS_CA',
  ],
  [
    'by a name that is not in its certificate',
    () => ({ ca: bank.cert, identity: ours }),
    () => server.url.replace('localhost', '127.0.0.1'),
    'TLS_NAME',
    'its certificate is of another host',
  ],
])('%s is not used, and one sentence says why', async (_, shown, url, code, said) => {
  const lines: string[] = [];
  const log = createLogger('info', { write: (line) => void lines.push(line) });
  const { cache } = await readConfig(environmentOf(shown(), url()));
  const connection = await openCacheConnection({ log }, cache, 'test');
  await eventually(() => connection?.unfit === code, 2000);
  await connection?.close();
  expect(lines.filter((line) => !line.includes('not available'))).toEqual([expect.stringContaining(said)]);
});
