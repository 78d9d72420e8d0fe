/** Pushes cards to a simulated token requestor and makes the addresses that its pages are opened with. */
import type { RunningSimulator } from '../../../src/simulator/simulator.js';
import { SWALLOW } from '../requestors.js';
import { accounts, card, push } from './simulator-pushes.js';
import { at } from './simulator-requests.js';

interface Handed {
  readonly receipts: readonly string[];
  readonly signature: string;
  readonly digitizationData: readonly string[];
  readonly uris: readonly string[];
}

export async function handed(
  simulator: RunningSimulator,
  order: {
    readonly tokenRequestorId?: string;
    readonly cards?: number;
    readonly signatureData?: object;
    readonly digitization?: boolean;
  } = {},
): Promise<Handed> {
  const { tokenRequestorId = SWALLOW, cards = 1, signatureData, digitization = false } = order;
  const { json } = await push(simulator, {
    tokenRequestorId,
    accounts: accounts(...Array.from({ length: cards }, () => card())),
    body: {
      ...(signatureData === undefined ? {} : { signatureData }),
      ...(digitization ? { requestIssuerInitiatedDigitizationData: true } : {}),
    },
  });
  const given = Array.from({ length: cards }, (_, index) => at(json, 'pushAccountReceipts', index));
  const methods = at(json, 'availablePushMethods');
  return {
    receipts: given.map((item) => String(at(item, 'pushAccountReceipt'))),
    signature: String(at(json, 'signature')),
    digitizationData: given.map((item) => String(at(item, 'issuerInitiatedDigitizationData'))),
    uris: Array.isArray(methods) ? methods.map((method) => String(at(method, 'uri'))) : [],
  };
}

/** Of a receipt, though nobody asked MDES for it. */
export function digitizationDataOf(pushAccountReceipt: unknown): string {
  return Buffer.from(JSON.stringify({ fundingAccountInfo: { pushAccountReceipt } })).toString('base64');
}

export function walletUrl(
  simulator: RunningSimulator,
  page: 'push' | 'add',
  parameters: Readonly<Record<string, string>>,
  tokenRequestorId: string = SWALLOW,
): URL {
  const url = new URL(`${simulator.url}/wallet/${tokenRequestorId}/${page}`);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}

/** Sends the page's form, without following where it leads. */
export function sendForm(url: URL, fields: readonly (readonly [string, string])[]): Promise<Response> {
  const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value]));
  return fetch(url, { method: 'POST', body, redirect: 'manual' });
}
