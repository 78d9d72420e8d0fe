/** Compiled as an ES module, as CommonJS and for a bundler: the types of the test double are there, and are not `any`. */
import { createTestGateway, type ReceivedPush } from 'token-connect-gateway/testing';

export async function pushes(): Promise<readonly ReceivedPush[]> {
  const gateway = await createTestGateway({ settings: { STEP_UP_MAX_AGE: '5m' } });
  await gateway.fail('pushMultipleAccounts', 'hang', { times: 2 });
  // @ts-expect-error there is no such fault
  await gateway.fail('pushMultipleAccounts', 'sing');
  await gateway.clock.advance(60_000);
  // @ts-expect-error nor such an account holder
  await gateway.token('nobody');
  return gateway.pushes();
}
