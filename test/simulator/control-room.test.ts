/** What the control room shows and orders, by the routes behind it; the page itself is tried in test/browser/walks/control-room.test.ts. */
import { beforeEach, expect, it } from '@jest/globals';
import { simulatorForTests } from '../support/simulator/simulator-fixture.js';
import { push } from '../support/simulator/simulator-pushes.js';
import { control, ELIGIBLE, requestErrors, send } from '../support/simulator/simulator-requests.js';

const simulator = simulatorForTests();
const post = (path: string, body: unknown) => control(simulator().url, path, body);
const ask = () => send(simulator(), ELIGIBLE, { body: '{"requestId":"1","accountRanges":["520474000"]}' });

beforeEach(async () => {
  await post('/simulator/reset', {});
});

it('tells each call with its headers, its payload and the verdicts', async () => {
  await push(simulator());
  const headers = { authorization: 'OAuth nonsense' };
  await fetch(`${simulator().url}${ELIGIBLE}`, { method: 'POST', headers, body: '{}' });
  const { json } = await control(simulator().url, '/simulator/exchanges');

  expect(json).toMatchObject({
    exchanges: [
      {
        operation: 'getEligibleTokenRequestors',
        signature: expect.stringMatching(/^INVALID_/),
        envelope: null,
      },
      {
        operation: 'pushMultipleAccounts',
        headers: { authorization: expect.stringMatching(/^OAuth /) },
        signature: 'VALID',
        envelope: 'OPENED',
        payload: [{ fundingAccountData: expect.anything() }],
        status: 200,
      },
    ],
  });
});

it('makes the next push come to what was ordered, and the one after it not', async () => {
  expect((await post('/simulator/outcomes', { outcome: 'AUTHORIZATION_FAILED' })).status).toBe(200);
  expect(requestErrors(await push(simulator()))).toEqual(['AUTHORIZATION_FAILED Authorization failed.']);
  expect((await push(simulator())).json).toMatchObject({ pushAccountReceipts: [{}] });
  expect((await post('/simulator/outcomes', { outcome: 'LUCK' })).status).toBe(400);
});

it('has a token requestor that was added, with its own logo', async () => {
  const logoSvg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>';
  const { json } = await post('/simulator/token-requestors', { name: 'Heron Pay', logoSvg });
  const { tokenRequestorId, imageAssetId } = Object(json);
  const asset = await send(simulator(), `/issuer-assets/1/0/asset/tokenrequestor/${imageAssetId}`, {
    method: 'GET',
  });

  expect((await ask()).text).toContain(`"tokenRequestorId":"${tokenRequestorId}","name":"Heron Pay"`);
  expect(asset.json).toEqual({
    mediaContents: [{ type: 'image/svg+xml', data: Buffer.from(logoSvg).toString('base64') }],
  });
  expect((await post('/simulator/token-requestors', { name: 'Heron Pay', logoSvg: 'a heron' })).status).toBe(
    400,
  );
});

it.each([
  ['https://evil.example', 403],
  ['null', 403],
  ['http://localhost:4000', 200],
])('takes orders from a page of %s: %s', async (origin, status) => {
  const answer = await fetch(`${simulator().url}/simulator/reset`, { method: 'POST', headers: { origin } });
  expect(answer.status).toBe(status);
});
