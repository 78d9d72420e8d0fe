/** How much one may ask for, in a single process: requests, pushes, and what neither counts nor is refused. */
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { startTokenIssuer } from '../../support/issuer/token-issuer.js';
import { countOf, ELSEWHERE, push, request } from '../../support/limits.js';
import { NO_REQUESTOR } from '../../support/requestors.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';

let closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.reverse()) await close();
  closers = [];
});

async function start(environment: Readonly<Record<string, string>>): Promise<TestGateway> {
  const gateway = await startTestGateway({ EXPLORER: 'off', ...environment });
  closers.push(() => gateway.close());
  return gateway;
}

function times<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, work));
}

describe('requests', () => {
  it('past the limit are 429 with Retry-After and retryAfter, of that account holder alone', async () => {
    const gateway = await start({ RATE_LIMITS: '5/m per account-holder' });
    expect(countOf(await times(20, () => request(gateway)), 200)).toBe(5);
    const { status, headers, errors, text } = await gateway.graphql('{ __typename }');
    expect(status).toBe(429);
    expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } }]);
    const retryAfter = errors?.[0]?.extensions.retryAfter ?? 0;
    expect(headers.get('retry-after')).toBe(String(retryAfter));
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(60);
    expect(text.length).toBeLessThan(4096);
    expect(await request(gateway, { accountHolder: 'amir' })).toBe(200);
  });

  it('are let through again when their time is over', async () => {
    const gateway = await start({ RATE_LIMITS: '2/s per account-holder' });
    expect(countOf(await times(5, () => request(gateway)), 200)).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await request(gateway)).toBe(200);
  });

  it('are counted by the client of the token: client_id, else azp', async () => {
    const issuer = await startTokenIssuer();
    closers.push(() => issuer.close());
    const gateway = await start({ ...issuer.environment, RATE_LIMITS: '3/m per client' });
    const statuses = async (claims: Readonly<Record<string, string>>, holders: readonly string[]) =>
      Promise.all(
        holders.map(async (holder) =>
          request(gateway, { token: await issuer.token(holder, 'bank-1', claims) }),
        ),
      );
    expect(await statuses({ client_id: 'app', azp: 'other' }, ['a', 'b', 'c'])).toEqual([200, 200, 200]);
    expect(await statuses({ azp: 'app' }, ['d'])).toEqual([429]);
    expect(await statuses({ azp: 'other' }, ['a'])).toEqual([200]);
    expect(countOf(await statuses({}, ['a', 'b', 'c', 'd']), 429)).toBe(1);
  });

  it('are counted by address before anybody looks at the token, probes and logos never', async () => {
    const gateway = await start({ RATE_LIMITS: '4/m per address' });
    const garbage = () => request(gateway, { token: 'garbage' });
    const statuses = [await gateway.token('susan').then(() => 200), ...(await times(9, garbage))];
    expect(countOf(statuses, 401)).toBe(3);
    expect(countOf(statuses, 429)).toBe(6);
    for (const path of ['/livez', '/readyz']) expect((await fetch(gateway.url + path)).status).toBe(200);
    expect((await fetch(`${gateway.url}/assets/${randomUUID()}.svg`)).status).toBe(404);
    expect((await fetch(`${gateway.url}/callback/x?state=y`)).status).toBe(429);
  });

  it('do not change their address by a header that nobody trusted has written', async () => {
    const gateway = await start({ RATE_LIMITS: '4/m per address' });
    await gateway.token('susan');
    let last = 0;
    const forged = () =>
      request(gateway, {
        headers: { 'x-forwarded-for': `198.51.100.${last++}`, forwarded: `for=1.1.1.${last}` },
      });
    expect(countOf(await times(10, forged), 200)).toBe(3);
  });

  it('have the address that a trusted proxy tells', async () => {
    const gateway = await start({ RATE_LIMITS: '4/m per address', TRUSTED_PROXIES: '127.0.0.1' });
    await gateway.token('susan');
    const from = (address: string) => () => request(gateway, { headers: { 'x-forwarded-for': address } });
    expect(countOf(await times(10, from('198.51.100.1')), 200)).toBe(4);
    expect(countOf(await times(10, from('9.9.9.9, 198.51.100.2')), 200)).toBe(4);
    expect(countOf(await times(10, from('8.8.8.8, 198.51.100.2')), 200)).toBe(0);
  });
});

describe('pushes', () => {
  it('past the limit are RATE_LIMITED before anything is asked or sent; a repeated one neither counts nor is refused', async () => {
    const gateway = await start({ PUSH_LIMITS: '3/h per account-holder' });
    const simulator = new SimulatorControl(gateway.simulatorUrl);
    const idempotencyKey = randomUUID();
    for (let i = 0; i < 5; i++) expect(await push(gateway, { idempotencyKey })).toBe('READY');
    expect(countOf(await times(10, () => push(gateway)), 'READY')).toBe(2);
    expect(countOf(await times(10, () => push(gateway)), 'RATE_LIMITED')).toBe(10);
    expect(await push(gateway, { idempotencyKey })).toBe('READY');
    expect((await simulator.calls()).pushMultipleAccounts).toBe(3);
  });

  it('say when to try again, and the key is free then', async () => {
    const gateway = await start({ PUSH_LIMITS: '1/2s per account-holder' });
    expect(await push(gateway)).toBe('READY');
    const idempotencyKey = randomUUID();
    const token = await gateway.token('susan');
    const input = { idempotencyKey, tokenRequestorId: ELSEWHERE, fundingAccountIds: ['card-1'] };
    const { errors } = await gateway.graphql(
      'mutation ($input: PushCardInput!) { pushCard(input: $input) { __typename } }',
      { input },
      { token },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryAfter: 2 } }]);
    expect(errors?.[0]?.message).toContain('Nothing was pushed');
    await new Promise((resolve) => setTimeout(resolve, 2100));
    expect(await push(gateway, input)).toBe('READY');
  });

  it('that a rule refuses are not counted', async () => {
    const gateway = await start({
      PUSH_LIMITS: '2/h per account-holder, 2/h per account, 2/h per token-requestor',
    });
    for (let i = 0; i < 5; i++) {
      expect(await push(gateway, { tokenRequestorId: NO_REQUESTOR })).toBe('TOKEN_REQUESTOR_NOT_FOUND');
    }
    expect(await times(2, () => push(gateway))).toEqual(['READY', 'READY']);
    expect(await push(gateway)).toBe('RATE_LIMITED');
  });

  it('that MDES has refused are counted', async () => {
    const gateway = await start({ PUSH_LIMITS: '1/h per account-holder' });
    await new SimulatorControl(gateway.simulatorUrl).fault('pushMultipleAccounts', 'errors', 1);
    expect(await push(gateway)).not.toBe('RATE_LIMITED');
    expect(await push(gateway)).toBe('RATE_LIMITED');
  });

  it.each([
    ['account', { fundingAccountIds: ['card-2'] }, {}],
    ['token-requestor', { tokenRequestorId: ELSEWHERE }, {}],
    ['account-holder', { fundingAccountIds: ['card-11'] }, { accountHolder: 'amir' }],
    ['address', {}, { headers: { 'x-forwarded-for': '198.51.100.2' } }],
  ])('are counted by %s', async (dimension, other, asked) => {
    const gateway = await start({ PUSH_LIMITS: `2/h per ${dimension}`, TRUSTED_PROXIES: '127.0.0.0/8' });
    const here = { headers: { 'x-forwarded-for': '198.51.100.1' } };
    expect(countOf(await times(6, () => push(gateway, {}, here)), 'READY')).toBe(2);
    expect(await push(gateway, other, { ...here, ...asked })).toBe('READY');
    expect(await push(gateway, {}, here)).toBe('RATE_LIMITED');
  });

  it('of several accounts count for each, and take nothing where one is refused', async () => {
    const gateway = await start({ PUSH_LIMITS: '2/h per account' });
    const both = { fundingAccountIds: ['card-1', 'card-2'] };
    expect(await push(gateway)).toBe('READY');
    expect(await push(gateway, both)).toBe('READY');
    for (let i = 0; i < 3; i++) expect(await push(gateway, both)).toBe('RATE_LIMITED');
    expect(await push(gateway, { fundingAccountIds: ['card-2'] })).toBe('READY');
    expect(await push(gateway, { fundingAccountIds: ['card-2'] })).toBe('RATE_LIMITED');
  });
});
