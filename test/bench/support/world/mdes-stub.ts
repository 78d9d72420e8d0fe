/**
 * An MDES that checks nothing and answers at once. An envelope has to be opened all the same: the answer names accounts by an
 * id that stands in nothing else.
 */
import { createPrivateKey, type KeyObject, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { deflateSync } from 'node:zlib';
import { openEnvelope } from '../../../../src/simulator/wire/open-envelope.js';
import { makeSvg, mediaContent, pngChunk, pngHeader, pngOf } from '../../../support/pictures.js';
import { type Answerer, JSON_TYPE } from './answerer.js';
import { logoId, requestorId, type WorldPlan } from './world-plan.js';

/** Of noise, so that it is as large as a real one. */
const LOGO_SIDE = 36;

export interface MdesStub {
  readonly answer: Answerer;
  /** How many pushes have arrived. */
  readonly pushes: () => number;
}

export function mdesStub({ requestors, delayMs, encryption }: WorldPlan): MdesStub {
  const wire = Array.from({ length: requestors }, (_, number) => JSON.stringify(says(number)).slice(0, -1));
  const png = noisyPng(LOGO_SIDE);
  const key = {
    privateKey: createPrivateKey(encryption.privateKeyPem),
    fingerprint: encryption.fingerprint,
  };
  let pushes = 0;

  function eligible(body: string): string {
    const { accountRanges } = JSON.parse(body) as { readonly accountRanges: readonly string[] };
    const enabled = `,"enabledAccountRanges":${JSON.stringify(accountRanges)}}`;
    return `{"responseId":"x","tokenRequestors":[${wire.map((one) => one + enabled).join()}]}`;
  }

  return {
    pushes: () => pushes,
    async answer({ url = '' }, response, body) {
      if (delayMs > 0) await sleep(delayMs);
      response.writeHead(200, JSON_TYPE);
      const [, asset] = /\/asset\/tokenrequestor\/([\w-]+)$/.exec(url) ?? [];
      if (asset !== undefined) response.end(JSON.stringify(logo(asset, png)));
      else if (url.endsWith('/pushMultipleAccounts')) {
        pushes += 1;
        response.end(pushed(body, key));
      } else response.end(eligible(body));
    },
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

function logo(id: string, png: Buffer) {
  const shapes = Array.from(
    { length: 20 },
    (_, at) => `<circle cx="${at % 10}" cy="${Math.floor(at / 2)}" r="${1 + (at % 3)}"/>`,
  );
  return {
    mediaContents: [
      mediaContent('image/svg+xml', makeSvg(`<desc>${id}</desc>${shapes.join('')}`)),
      { ...mediaContent('image/png', png), width: String(LOGO_SIDE), height: String(LOGO_SIDE) },
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
