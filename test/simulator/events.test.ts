/** GET /simulator/events: what a timeline is drawn from, and who may read it. */
import { expect, it } from '@jest/globals';
import { KEYSTONE } from '../support/requestors.js';
import { simulatorForTests } from '../support/simulator/simulator-fixture.js';
import { control } from '../support/simulator/simulator-requests.js';
import { handed, sendForm, walletUrl } from '../support/simulator/simulator-wallets.js';

const simulator = simulatorForTests();
const events = async () => (await control(simulator().url, '/simulator/events')).json;

it('tells of calls and wallets in order, and of nothing that a wallet takes', async () => {
  await control(simulator().url, '/simulator/faults', { operation: 'pushMultipleAccounts', fault: 'reset' });
  await expect(handed(simulator())).rejects.toThrow();
  const { digitizationData, receipts } = await handed(simulator(), {
    tokenRequestorId: KEYSTONE,
    digitization: true,
  });
  const url = walletUrl(simulator(), 'add', { data: digitizationData[0] ?? '' }, KEYSTONE);
  await fetch(url);
  await sendForm(url, [['decision', 'added']]);

  const told = await events();
  const call = { kind: 'CALL', operation: 'pushMultipleAccounts' };
  const wallet = { kind: 'WALLET', tokenRequestorId: KEYSTONE };
  expect(told).toMatchObject({
    events: [
      { ...call, number: 1, fault: 'reset', status: null },
      { ...call, number: 2, status: 200, requestId: expect.any(String) },
      { ...wallet, number: 3, cards: [{ lastFour: '0012' }] },
      { ...wallet, number: 4, cards: [{ lastFour: '0012', result: 'APPROVED' }] },
    ],
  });
  const text = JSON.stringify(told);
  expect([...receipts, ...digitizationData].filter((secret) => text.includes(secret))).toEqual([]);
  await control(simulator().url, '/simulator/reset', {});
  expect(await events()).toEqual({ events: [] });
});

it.each([
  ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
  ['http://localhost:4000', 'http://localhost:4000'],
  ['https://localhost.evil.example', null],
  ['https://evil.example', null],
  ['null', null],
])('may be read by a page of %s: %s', async (origin, allowed) => {
  const answer = await fetch(`${simulator().url}/simulator/events`, { headers: { origin } });
  expect(answer.headers.get('access-control-allow-origin')).toBe(allowed);
});
