/** A token that was good a moment ago is not verified again, but whatever may have changed since is seen as before. */
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { GoodTokens } from '../../../src/server/sign-in/good-tokens.js';
import {
  type GraphQLAnswer,
  postGraphQL,
  startTestGateway,
  type TestGateway,
} from '../../support/gateway.js';
import { startTokenIssuer, type TokenIssuer } from '../../support/issuer/token-issuer.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let issuer: TokenIssuer;
let gateway: TestGateway;
let now = Date.now();

beforeAll(async () => {
  issuer = await startTokenIssuer();
  gateway = await startTestGateway({ EXPLORER: 'off', ...issuer.environment }, { clock: { now: () => now } });
});
beforeEach(async () => {
  issuer.stand = null;
  await issuer.publish('bank-1');
  await lookAgain();
});
afterAll(async () => {
  await gateway.close();
  await issuer.close();
});

const ask = (token: string): Promise<GraphQLAnswer> =>
  postGraphQL(gateway.url, '{ fundingAccounts { id } }', {}, token);

/** The keys are fetched, as they are on schedule. */
async function lookAgain(): Promise<void> {
  now += MINUTE;
  await ask(await issuer.token('whoever', `new-${now}`));
}

it('stays good, and stays hers', async () => {
  const [susan, amir] = [await issuer.token('susan'), await issuer.token('amir')];
  const [first, other] = [await ask(susan), await ask(amir)];
  expect([first.status, other.status]).toEqual([200, 200]);
  expect(first.text).not.toBe(other.text);
  for (const _ of [1, 2]) {
    expect((await ask(susan)).text).toBe(first.text);
    expect((await ask(amir)).text).toBe(other.text);
  }
});

it('is refused from the second on in which it expires', async () => {
  const token = await issuer.token('susan', 'bank-1', {}, Math.floor(Date.now() / 1000) - 3);
  expect((await ask(token)).status).toBe(200);
  expect((await ask(token)).status).toBe(200);
  await setTimeout(2100);
  expect((await ask(token)).status).toBe(401);
});

it('is refused as soon as its key is known to be withdrawn, and good again with it', async () => {
  const token = await issuer.token('susan');
  expect((await ask(token)).status).toBe(200);
  await issuer.publish('bank-2');
  expect((await ask(token)).status).toBe(200);
  await lookAgain();
  expect((await ask(token)).status).toBe(401);
  await issuer.publish('bank-1');
  await lookAgain();
  expect((await ask(token)).status).toBe(200);
});

it('is not taken on keys that are past their age', async () => {
  const token = await issuer.token('susan');
  expect((await ask(token)).status).toBe(200);
  issuer.stand = (_request, response) => response.writeHead(500).end();
  now += DAY - MINUTE;
  expect((await ask(token)).status).toBe(200);
  now += 2 * MINUTE;
  expect((await ask(token)).status).toBe(503);
});

it('is no other: each character counts', async () => {
  const token = await issuer.token('susan');
  expect((await ask(token)).status).toBe(200);
  for (const at of [0, token.indexOf('.') + 5, token.length - 9]) {
    const other = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
    expect((await ask(other)).status).toBe(401);
  }
  expect((await ask(`${token}=`)).status).toBe(401);
});

it('is known neither before its time nor by its text', () => {
  const good = new GoodTokens<{ readonly name: string }>(5);
  const keys = {};
  const seconds = Date.now() / 1000;
  good.keep('early', keys, { exp: seconds + 60, nbf: seconds + 10 }, { name: 'susan' });
  good.keep('timely', keys, { exp: seconds + 60, nbf: seconds - 10 }, { name: 'susan' });
  expect([good.get('early', keys), good.get('timely', keys)]).toEqual([undefined, { name: 'susan' }]);
  expect([good.get('timely', {}), good.get('timely', undefined)]).toEqual([undefined, undefined]);
});
