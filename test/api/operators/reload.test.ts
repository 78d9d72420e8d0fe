/** Settings that are read anew while the gateway runs: all that has changed, or nothing. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readConfig } from '../../../src/config/config.js';
import type { RunningSimulator } from '../../../src/simulator/simulator.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { rsaKeyPair } from '../../support/keys.js';
import { LARK } from '../../support/requestors.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';
import { simulatorEnvironment } from '../../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../../support/simulator/start-simulator.js';

const BACK = 'https://www.bank.example/cards/';
const PUSH =
  'mutation ($input: PushCardInput!) { pushCard(input: $input) { ... on Push { status } ... on PushRefusal { code } } }';

let simulator: RunningSimulator;
let gateway: TestGateway;
let first: Readonly<Record<string, string>>;

beforeAll(async () => {
  simulator = await startTestSimulator();
  first = { ...simulatorEnvironment(simulator), PORT: '0', CATALOGUE_WARM: 'off', LOG_LEVEL: 'info' };
  gateway = await startTestGateway(first);
});
afterAll(async () => {
  await gateway.close();
  await simulator.close();
});

function reload(changed: Readonly<Record<string, string>>): Promise<void> {
  return gateway.gateway.reload(() => readConfig({ ...first, ...changed }));
}

async function push(callbackUrl: string | null = null): Promise<string> {
  const input = {
    idempotencyKey: randomUUID(),
    tokenRequestorId: LARK,
    fundingAccountIds: ['card-1'],
    callbackUrl,
  };
  const { data, errors } = await gateway.graphql(PUSH, { input });
  return data?.pushCard?.status ?? data?.pushCard?.code ?? errors?.[0]?.extensions.code;
}

function told(event: string): { readonly changed?: string[]; readonly faults?: string[] } {
  return JSON.parse(gateway.logs.filter((line) => line.includes(`"event":"${event}"`)).at(-1) ?? '{}');
}

async function newKey(name: string): Promise<string> {
  const { privateKey, publicKey } = rsaKeyPair(name);
  await fetch(`${simulator.url}/simulator/trust`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ publicKey: publicKey.export({ type: 'spki', format: 'pem' }) }),
  });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

it('a new signing key and allow-list are used at once, and a push under way ends with the old key', async () => {
  const control = new SimulatorControl(simulator.url);
  await control.fault('pushMultipleAccounts', 'delay', 1, 500);
  const underWay = push();
  while ((await control.calls()).pushMultipleAccounts === 0)
    await new Promise((done) => setTimeout(done, 10));
  expect(await push(BACK)).toBe('CALLBACK_URL_NOT_ALLOWED');
  await reload({ MDES_SIGNING_KEY: await newKey('replaced'), CALLBACK_ALLOWLIST: BACK });
  expect(told('settings.reloaded').changed?.sort()).toEqual(['CALLBACK_ALLOWLIST', 'MDES_SIGNING_KEY']);
  expect(await Promise.all([underWay, push(BACK)])).toEqual(['READY', 'READY']);
  // One that MDES does not know, to show that it is really the new one that signs.
  const { privateKey } = rsaKeyPair('unknown');
  await reload({ MDES_SIGNING_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() });
  expect(await push()).toBe('UPSTREAM_UNAVAILABLE');
  await reload({});
  expect(await push()).toBe('READY');
});

it('a broken key, and a setting that needs a restart, leave all that was in use, and an error in the log', async () => {
  await reload({ CALLBACK_ALLOWLIST: BACK });
  await reload({ MDES_SIGNING_KEY: '-----BEGIN PRIVATE KEY-----\nc2Vj\n-----END PRIVATE KEY-----' });
  expect(told('settings.not-reloaded').faults).toEqual([expect.stringMatching(/^MDES_SIGNING_KEY: /)]);
  expect(gateway.logs.filter((line) => line.includes('not-reloaded')).join()).toContain('"level":"error"');
  expect(await push(BACK)).toBe('READY');
  await reload({ ISSUER_ID: 'another', LOG_LEVEL: 'debug' });
  expect(told('settings.not-reloaded').faults).toEqual(['ISSUER_ID has changed: restart the gateway.']);
  await push();
  expect(gateway.logs.join()).not.toContain('MDES answered');
});

it('the level of the log is that of the setting, once it is set anew', async () => {
  await reload({ LOG_LEVEL: 'debug' });
  await push();
  expect(gateway.logs.join()).toContain('MDES answered');
});
