/** The token requestors' own pages, unsigned and for a browser: a redirect wallet and a proprietary one for each. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SimulatedCatalogue } from '../catalogue/catalogue.js';
import { readBody } from '../http/read-body.js';
import type { SimulatorState } from '../state/simulator-state.js';
import type { JwsKey } from '../wire/sign-push-data.js';
import { refusalPage, sendWalletAnswer, type WalletAnswer } from './page.js';
import { visitProprietaryWallet } from './proprietary-wallet.js';
import { visitRedirectWallet } from './redirect-wallet.js';
import type { WalletVisit } from './wallet-visit.js';

interface WalletDeps {
  readonly catalogue: SimulatedCatalogue;
  readonly state: SimulatorState;
  readonly jwsKey: JwsKey;
}

const WALLET_PATH = /^\/wallet\/(\d{11})\/(push|add)$/;
const FORM_LIMIT = 10_000;

export function isWalletPath(path: string): boolean {
  return path.startsWith('/wallet/');
}

export async function handleWallet(
  { catalogue, state, jwsKey }: WalletDeps,
  { path, query }: { readonly path: string; readonly query: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, FORM_LIMIT);
  const [, tokenRequestorId, page] = WALLET_PATH.exec(path) ?? [];
  const requestor = catalogue.requestors.find((entry) => entry.tokenRequestorId === tokenRequestorId);
  const send = (answer: WalletAnswer): void => sendWalletAnswer(response, answer, requestor);
  const { method } = request;
  if (requestor === undefined)
    return send(refusalPage(404, 'There is no such wallet', 'Look at the address.'));
  if (method !== 'GET' && method !== 'POST') {
    response.setHeader('allow', 'GET, POST');
    return send(refusalPage(405, 'This cannot be done', 'The page takes GET, and its form POST.'));
  }
  if (body === undefined) return send(refusalPage(413, 'This cannot be done', 'The form is too large.'));
  const visit: WalletVisit = {
    requestor,
    receipts: state.receipts,
    events: state.events,
    jwsKey,
    query: new URLSearchParams(query),
    form: method === 'POST' ? new URLSearchParams(body.toString()) : undefined,
  };
  send(page === 'add' ? visitProprietaryWallet(visit) : visitRedirectWallet(visit));
}
