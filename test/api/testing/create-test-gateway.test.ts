/** The test double for teams: a gateway and a simulator in one line, with what arrived, with faults, and with a clock. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTokenConnectClient, type TokenConnectClient } from '../../../src/client/index.js';
import { createTestGateway, type TestGateway } from '../../../src/testing/index.js';
import { LARK } from '../../support/requestors.js';

const MINUTE = 60_000;

describe('createTestGateway()', () => {
  let gateway: TestGateway;
  let client: TokenConnectClient;
  beforeAll(async () => {
    gateway = await createTestGateway();
    client = createTokenConnectClient({ url: gateway.url, token: () => gateway.token(), repeat: false });
  });
  afterAll(() => gateway.close());

  const push = async () => {
    const { pushCard } = await client.PushAndHandOff({
      input: { idempotencyKey: crypto.randomUUID(), tokenRequestorId: LARK, fundingAccountIds: ['card-1'] },
    });
    if (pushCard?.__typename !== 'Push') throw new Error(`not pushed: ${pushCard?.code}`);
    return pushCard;
  };

  it('shows what has arrived at MDES', async () => {
    const { id } = await push();
    const pushes = await gateway.pushes();
    expect(pushes.at(-1)).toMatchObject({ requestId: id, tokenRequestorId: LARK, verdict: 'PUSHED' });
  });

  it.each([
    ['once', {}, 1],
    ['three times', { times: 3 }, 3],
  ])('lets MDES fail as often as it is told: %s', async (_, options, failures) => {
    await gateway.fail('pushMultipleAccounts', 'errors', options);
    for (let failed = 0; failed < failures; failed += 1) {
      await expect(push()).rejects.toThrow('not pushed: MDES_INTERNAL_FAILURE');
    }
    await push();
  });

  it('has a clock by which pushes expire, and the next push is possible', async () => {
    const before = await push();
    await gateway.clock.advance(16 * MINUTE);
    expect((await client.followPush(before.id))?.status).toBe('EXPIRED');
    await gateway.clock.advance(24 * 60 * MINUTE);
    const after = await push();
    expect(Math.abs(Date.parse(after.createdAt) - gateway.clock.now())).toBeLessThan(MINUTE);
  });

  it('says what is wrong with its settings', async () => {
    await expect(createTestGateway({ settings: { PORT: 'seven' } })).rejects.toThrow('PORT');
  });

  it('can be closed twice, and is gone then', async () => {
    await gateway.close();
    await gateway.close();
    await expect(fetch(gateway.url)).rejects.toThrow();
    await expect(gateway.clock.advance(1)).rejects.toThrow();
  });
});
