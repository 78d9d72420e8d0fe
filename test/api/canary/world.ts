/** A gateway as a process of its own, with everything around it: what is sent to it, and all that it answers. */
import { randomBytes, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll } from '@jest/globals';
import type { RunningSimulator } from '../../../src/simulator/simulator.js';
import { type Canary } from '../../support/canary.js';
import { type EdgeProxy, startEdgeProxy } from '../../support/edge-proxy.js';
import { type OwnCardStore, startOwnCardStore } from '../../support/issuer/own-card-store.js';
import { startTokenIssuer, type TokenIssuer } from '../../support/issuer/token-issuer.js';
import { oneOf } from '../../support/models.js';
import { PostgresServer } from '../../support/postgres-server.js';
import { type GatewayProcess, killAll, runGateway } from '../../support/processes.js';
import { RedisServer } from '../../support/redis-server.js';
import { LARK } from '../../support/requestors.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';
import { simulatorEnvironment } from '../../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../../support/simulator/start-simulator.js';
import { ACCOUNTS } from './canaries.js';

export const PUSH = `mutation PushCard($input: PushCardInput!) {
  pushCard(input: $input) {
    __typename
    ... on Push {
      id status expiresAt tokenRequestor { id } handOffs { platform url }
      accounts {
        fundingAccountId lastFour pushAccountReceipt issuerInitiatedDigitizationData
        refusal { code message reasonCode fundingAccountIds }
      }
    }
    ... on PushRefusal { code message reasonCode fundingAccountIds }
  }
}`;
const LEDGER_KEYS = randomBytes(32).toString('base64');
export const AUDIT_KEYS = randomBytes(32).toString('base64');
export const LIST = '{ fundingAccounts { id label lastFour artUrl tokenRequestors { id } } }';

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back
export type Json = any;

export let simulator: RunningSimulator;
export let upstream: SimulatorControl;
export let edge: EdgeProxy;
export let redis: RedisServer;
export let postgres: PostgresServer;
export let issuer: TokenIssuer;
export let cardStore: OwnCardStore;
export let gateway: GatewayProcess;
export let token: string;
export let consumerKey: string;

/** Takes its 8 seconds beside all the others. */
export const slow: { answer: Promise<Json> } = { answer: Promise.resolve() };

/** Everything that has come out of the gateway over HTTP. */
export const answers: { readonly what: string; readonly text: string }[] = [];
export const receipts: Canary[] = [];

/** For all tests of one file. */
export function startWorld(): void {
  beforeAll(async () => {
    edge = await startEdgeProxy();
    simulator = await startTestSimulator({ publicUrl: edge.publicUrl });
    edge.target = simulator.url;
    upstream = new SimulatorControl(simulator.url);
    [redis, postgres, issuer, cardStore] = await Promise.all([
      RedisServer.start({ args: ['--rdbcompression', 'no'] }),
      PostgresServer.start({ args: ['-c', 'fsync=off'] }),
      startTokenIssuer(),
      startOwnCardStore(ACCOUNTS),
    ]);
    const environment = {
      ...simulatorEnvironment(simulator),
      ...issuer.environment,
      ...cardStore.environment,
      CACHE_URL: redis.url,
      LEDGER_URL: postgres.url,
      LEDGER_KEYS,
      CALLBACK_ALLOWLIST: 'https://bank.example/app/',
      CATALOGUE_WARM: 'off',
      EXPLORER: 'on',
      LOG_LEVEL: 'trace',
      AUDIT_LOG: 'stdout',
      AUDIT_KEYS,
    };
    consumerKey = simulator.mdes.consumerKey;
    gateway = await runGateway(environment);
    token = await issuer.token('holder');
  });
  afterAll(async () => {
    await killAll();
    await Promise.all([
      cardStore.close(),
      issuer.close(),
      redis.stop(),
      postgres.stop(),
      edge.close(),
      simulator.close(),
    ]);
  });
}

/** Sends anything, and keeps all of what came back. */
export async function send(
  what: string,
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; json: Json }> {
  const headers = { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) };
  const answer = await fetch(gateway.url + path, { ...init, headers, redirect: 'manual' });
  const text = await answer.text();
  const head = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  answers.push({ what, text: `${answer.status} ${answer.statusText}\n${head}\n\n${text}` });
  try {
    return { status: answer.status, json: JSON.parse(text) };
  } catch {
    return { status: answer.status, json: null };
  }
}

export function post(what: string, body: unknown, headers: Record<string, string> = {}) {
  return send(what, '/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

export async function push(what: string, input: Readonly<Record<string, unknown>>): Promise<Json> {
  const fixed = { idempotencyKey: randomUUID(), tokenRequestorId: LARK, fundingAccountIds: ['c16'] };
  const { json } = await post(what, { query: PUSH, variables: { input: { ...fixed, ...input } } });
  for (const account of json.data?.pushCard?.accounts ?? []) {
    if (account.pushAccountReceipt === null) continue;
    receipts.push({ name: 'a receipt', value: account.pushAccountReceipt });
  }
  return json;
}

export const codeOf = (json: Json): string =>
  json.errors?.[0].extensions.code ?? json.data.pushCard.code ?? json.data.pushCard.status;

/** Plain and as people write it: in one of these ways each in `npm test`, in all of them in `npm run faults -- D1`. */
export const spellings = (number: string) =>
  oneOf([number, (number.match(/.{1,4}/g) ?? []).join(' '), (number.match(/.{1,4}/g) ?? []).join('-')]);

export function overSocket(request: string): Promise<string> {
  const { hostname, port } = new URL(gateway.url);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => void socket.write(request));
    socket.setTimeout(300, () => socket.destroy());
    socket.on('data', (data) => {
      text += data.toString('latin1');
    });
    socket.on('error', () => undefined).on('close', () => resolve(text));
  });
}
