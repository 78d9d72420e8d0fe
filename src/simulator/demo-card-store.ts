/** An issuer's card store as a small HTTP service of its own; card-store.openapi.yaml is its contract. */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { controlError, readControlBody } from './control/control-request.js';
import { CARD_STORE_FAULTS, type CardStoreFault, strikeCardStore } from './demo/card-store-faults.js';
import type { DemoAccount } from './demo/demo-account.js';
import { DEMO_ACCOUNTS, detailed, HOLDER_ITEMS, listed } from './demo/demo-accounts.js';
import { sendJson } from './http/answer.js';
import { createFaultQueue, type FaultQueue } from './http/fault-queue.js';
import { type ListenOptions, type LocalServer, startLocalServer } from './http/local-server.js';

export { DEMO_ACCOUNT_RANGES } from './demo/demo-accounts.js';

interface DemoCardStoreOptions extends ListenOptions {
  /** The bearer token that callers must show. */
  readonly token: string;
  /** 0 for a free one, which is the default. */
  readonly port?: number;
  /** Where the pictures of the cards are served, with a slash at its end; without it they have none. */
  readonly artUrl?: () => string;
}

const dataOrder = z.strictObject({
  accountHolder: z.string().min(1).max(255),
  ids: z
    .array(z.string().regex(/^[A-Za-z0-9._~-]{1,64}$/))
    .min(1)
    .max(5),
  accountHolderData: z.array(z.enum(HOLDER_ITEMS)).max(HOLDER_ITEMS.length),
});
const faultOrder = z.strictObject({
  fault: z.enum(CARD_STORE_FAULTS),
  times: z.int().min(1).max(1_000_000).default(1),
});

export function startDemoCardStore(options: DemoCardStoreOptions): Promise<LocalServer> {
  const faults = createFaultQueue<CardStoreFault>();
  return startLocalServer(
    async (request, response) => {
      // Only the path and the query are looked at; put behind a host, every path parses.
      const url = new URL(`http://card-store${request.url ?? '/'}`);
      const route = `${request.method} ${url.pathname}`;
      if (url.pathname.startsWith('/card-store/')) return control(faults, route, request, response);
      if (route !== 'GET /funding-accounts' && route !== 'POST /funding-accounts/data') {
        return refuse(request, response, 404, 'NOT_FOUND', 'there is nothing here');
      }
      const fault = faults.take();
      if (!isBearer(request.headers.authorization, options.token)) {
        response.setHeader('www-authenticate', 'Bearer');
        return refuse(request, response, 401, 'UNAUTHENTICATED', 'the bearer token is missing or wrong');
      }
      if (fault !== undefined && fault !== 'foreign-account') {
        request.resume();
        return strikeCardStore(fault, response);
      }
      const confused = fault === 'foreign-account';
      return route === 'GET /funding-accounts'
        ? list(url, confused, options.artUrl?.(), request, response)
        : handOutData(confused, request, response);
    },
    options.port,
    options,
  );
}

function list(
  url: URL,
  confused: boolean,
  artUrl: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const [accountHolder, ...more] = url.searchParams.getAll('accountHolder');
  if (accountHolder === undefined || accountHolder === '' || more.length > 0) {
    refuse(request, response, 400, 'BAD_REQUEST', 'accountHolder must be given once');
    return;
  }
  request.resume();
  const own = accountsOf(accountHolder, confused);
  sendJson(response, 200, { fundingAccounts: own.map((account) => listed(account, artUrl)) });
}

async function handOutData(
  confused: boolean,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const order = await readControlBody(request, dataOrder);
  if ('bad' in order) return sendJson(response, order.bad.status, order.bad.body);
  const { accountHolder, ids, accountHolderData } = order.value;
  const wanted = accountsOf(accountHolder, confused).filter(
    (account) => account.accountHolder !== accountHolder || ids.includes(account.id),
  );
  sendJson(response, 200, {
    fundingAccounts: wanted.map((account) => detailed(account, accountHolderData)),
  });
}

/** The holder's own accounts; a confused store adds somebody else's. */
function accountsOf(accountHolder: string, confused: boolean): readonly DemoAccount[] {
  const own = DEMO_ACCOUNTS.filter((account) => account.accountHolder === accountHolder);
  const foreign = DEMO_ACCOUNTS.find((account) => account.accountHolder !== accountHolder);
  return confused && foreign !== undefined ? [...own, foreign] : own;
}

async function control(
  faults: FaultQueue<CardStoreFault>,
  route: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (route === 'POST /card-store/reset') {
    request.resume();
    faults.clear();
    return sendJson(response, 200, { reset: true });
  }
  if (route !== 'POST /card-store/faults') {
    return refuse(request, response, 404, 'NOT_FOUND', 'there is nothing here');
  }
  const order = await readControlBody(request, faultOrder);
  if ('bad' in order) return sendJson(response, order.bad.status, order.bad.body);
  faults.order(order.value.fault, order.value.times);
  sendJson(response, 200, order.value);
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
): void {
  request.resume();
  sendJson(response, status, controlError(status, code, message).body);
}

function isBearer(header: string | undefined, token: string): boolean {
  const shown = Buffer.from(header ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return shown.length === expected.length && timingSafeEqual(shown, expected);
}
