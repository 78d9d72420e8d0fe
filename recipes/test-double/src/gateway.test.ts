/** Against a real gateway and the simulator of MDES, started in one line. */
import { createTestGateway, type TestGateway } from 'token-connect-gateway/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCard } from './app';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await createTestGateway();
});
afterAll(() => gateway.close());

test('a card arrives', async () => {
  expect(await addCard(gateway.url, () => gateway.token(), 'card-1')).toMatchObject({ status: 'COMPLETED' });
  expect(await gateway.pushes()).toMatchObject([{ verdict: 'PUSHED' }]);
});

test('when MDES refuses, the account holder is told', async () => {
  await gateway.fail('pushMultipleAccounts', 'errors', { times: 3 });
  expect(await addCard(gateway.url, () => gateway.token(), 'card-1')).toMatch(/try again/i);
});
