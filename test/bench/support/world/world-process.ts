/**
 * What stands around a gateway, answering at once: an MDES that checks nothing, a card store, and an upstream for peers that
 * want one. An envelope has to be opened all the same, since the answer names accounts by an id that stands in nothing else.
 */
import { createPrivateKey, type KeyObject, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { deflateSync } from 'node:zlib';
import { openEnvelope } from '../../../../src/simulator/wire/open-envelope.js';
import { answerParent } from '../../../faults/support/child.js';
import { detailed, listed, type OwnAccount } from '../../../support/issuer/own-card-store.js';
import { makeSvg, mediaContent, pngChunk, pngHeader, pngOf } from '../../../support/pictures.js';
import { logoId, requestorId, type WorldPlace, type WorldPlan } from './world-plan.js';

const JSON_TYPE = { 'content-type': 'application/json' };
/** Of noise, so that it is as large as a real one. */
const LOGO_SIDE = 36;
const PNG = noisyPng(LOGO_SIDE);

const served = new Map<string, Buffer>();
let pushes = 0;

answerParent({
  async start(plan: WorldPlan): Promise<WorldPlace> {
    const [mdes, cardStore, upstream] = await Promise.all([
      listen(mdesOf(plan)),
      listen(cardStoreOf(plan)),
      listen((request, response) => {
        const body = served.get(request.url ?? '');
        if (body === undefined) response.writeHead(404).end();
        else response.writeHead(200, { ...JSON_TYPE, 'cache-control': 'public, max-age=86400' }).end(body);
      }),
    ]);
    return { mdesUrl: `${mdes}/mdes`, cardStoreUrl: `${cardStore}/v1`, upstreamUrl: upstream };
  },
  pushes: () => pushes,
  serve({ path, value }: { readonly path: string; readonly value: unknown }): void {
    served.set(path, Buffer.from(JSON.stringify(value)));
  },
});

type Answerer = (request: IncomingMessage, response: ServerResponse, body: string) => unknown;

async function listen(answerer: Answerer): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('latin1').on('data', (chunk: string) => {
      body += chunk;
    });
    request.once('end', () => void answerer(request, response, body));
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function mdesOf({ requestors, delayMs, encryption }: WorldPlan): Answerer {
  const wire = Array.from({ length: requestors }, (_, number) => JSON.stringify(says(number)).slice(0, -1));
  const key = {
    privateKey: createPrivateKey(encryption.privateKeyPem),
    fingerprint: encryption.fingerprint,
  };
  return async ({ url = '' }, response, body) => {
    if (delayMs > 0) await sleep(delayMs);
    const [, asset] = /\/asset\/tokenrequestor\/([\w-]+)$/.exec(url) ?? [];
    response.writeHead(200, JSON_TYPE);
    if (asset !== undefined) response.end(JSON.stringify(logo(asset)));
    else if (url.endsWith('/pushMultipleAccounts')) response.end(pushed(body, key));
    else {
      const ranges = (JSON.parse(body) as { readonly accountRanges: readonly string[] }).accountRanges;
      const enabled = `,"enabledAccountRanges":${JSON.stringify(ranges)}}`;
      const entries = wire.map((one) => one + enabled).join();
      response.end(`{"responseId":"x","tokenRequestors":[${entries}]}`);
    }
  };
}

function says(number: number): Readonly<Record<string, unknown>> {
  return {
    tokenRequestorId: requestorId(number),
    name: `Requestor of the bench ${number} Limited`,
    consumerFacingEntityName: `Shop ${String(number).padStart(6, '0')}`,
    imageAssetId: logoId(number),
    tokenRequestorType: number % 3 === 0 ? 'WALLET' : 'MERCHANT',
    walletId: '101',
    supportedPushMethods: ['ANDROID', 'IOS', 'WEB'],
    supportsMultiplePushedCards: number % 2 === 0,
    supportedAccountHolderData: ['NAME', 'ADDRESS'],
    supportsCardHolderAuthentication: false,
    supportIssuerInitiatedDigitizationData: false,
  };
}

function logo(id: string) {
  const shapes = Array.from(
    { length: 20 },
    (_, at) => `<circle cx="${at % 10}" cy="${Math.floor(at / 2)}" r="${1 + (at % 3)}"/>`,
  );
  return {
    mediaContents: [
      mediaContent('image/svg+xml', makeSvg(`<desc>${id}</desc>${shapes.join('')}`)),
      { ...mediaContent('image/png', PNG), width: String(LOGO_SIDE), height: String(LOGO_SIDE) },
    ],
  };
}

function noisyPng(side: number): Buffer {
  const pixels = randomBytes(side * (1 + side * 4));
  for (let row = 0; row < side; row++) pixels[row * (1 + side * 4)] = 0;
  return pngOf(
    pngHeader({ width: side, height: side }),
    pngChunk('IDAT', deflateSync(pixels)),
    pngChunk('IEND'),
  );
}

interface WirePush {
  readonly requestId: string;
  readonly pushFundingAccounts: { readonly encryptedPayload: Parameters<typeof openEnvelope>[1] };
}

function pushed(body: string, key: { readonly privateKey: KeyObject; readonly fingerprint: string }): string {
  const { requestId, pushFundingAccounts } = JSON.parse(body) as WirePush;
  const opened = openEnvelope(key, pushFundingAccounts.encryptedPayload);
  if (!opened.ok) throw new Error('the envelope does not open');
  pushes += 1;
  const accounts = JSON.parse(opened.value.toString('utf8')) as readonly { readonly pushAccountId: string }[];
  return JSON.stringify({
    responseId: requestId,
    pushAccountReceipts: accounts.map(({ pushAccountId }) => ({
      pushAccountId,
      pushAccountReceipt: `MCC-${pushAccountId}`,
    })),
    availablePushMethods: [{ type: 'WEB', uri: 'https://wallet.example/push' }],
  });
}

function cardStoreOf({ accounts, cardStoreToken }: WorldPlan): Answerer {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const lists = new Map<string, string>();
  for (const [holder, own] of groupedByHolder(accounts)) {
    const told = own.map((one) => listed({ ...one, tellsExpiry: true }));
    lists.set(holder, JSON.stringify({ fundingAccounts: told }));
  }
  return ({ method, url = '', headers }, response, body) => {
    if (headers.authorization !== `Bearer ${cardStoreToken}`) return response.writeHead(401).end('{}');
    response.writeHead(200, JSON_TYPE);
    if (method === 'GET') {
      const holder = decodeURIComponent(url.slice(url.indexOf('accountHolder=') + 'accountHolder='.length));
      return response.end(lists.get(holder) ?? '{"fundingAccounts":[]}');
    }
    const order = JSON.parse(body) as {
      readonly accountHolder: string;
      readonly ids: readonly string[];
      readonly accountHolderData: readonly string[];
    };
    const wanted = order.ids
      .map((id) => byId.get(id))
      .filter((one) => one?.accountHolder === order.accountHolder)
      .filter((one) => one !== undefined);
    return response.end(
      JSON.stringify({ fundingAccounts: wanted.map((one) => detailed(one, order.accountHolderData)) }),
    );
  };
}

function groupedByHolder(accounts: readonly OwnAccount[]): Map<string, OwnAccount[]> {
  const groups = new Map<string, OwnAccount[]>();
  for (const account of accounts) {
    groups.set(account.accountHolder, [...(groups.get(account.accountHolder) ?? []), account]);
  }
  return groups;
}
