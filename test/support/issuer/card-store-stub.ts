/** A card store that does what a test tells it to, and remembers what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const CARD = {
  id: 'card-1',
  accountHolder: 'susan',
  kind: 'CARD',
  label: 'Moon Bank Credit',
  lastFour: '0012',
  status: 'ACTIVE',
  artUrl: null,
  accountRange: '520474000',
};
export const CARD_DATA = {
  id: 'card-1',
  accountHolder: 'susan',
  cardAccountData: { accountNumber: '5204740000000012', expiryMonth: '11', expiryYear: '38' },
};

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => unknown;

export interface CardStoreStub {
  readonly environment: Readonly<Record<string, string>>;
  /** Method and target of every request. */
  readonly asked: string[];
  /** By default both answer susan's one card. */
  list: Handler;
  data: Handler;
  reset(): void;
  close(): void;
}

export function answerJson(value: unknown, status = 200): Handler {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof value === 'string' ? value : JSON.stringify(value));
  };
}

export async function startCardStoreStub(): Promise<CardStoreStub> {
  const list = answerJson({ fundingAccounts: [CARD] });
  const data = answerJson({ fundingAccounts: [CARD_DATA] });
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      stub.asked.push(`${request.method} ${request.url}`);
      void (request.method === 'GET' ? stub.list : stub.data)(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stub: CardStoreStub = {
    environment: {
      CARD_VAULT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
      CARD_VAULT_TOKEN: 'stub-token-that-nobody-may-see',
      MDES_ACCOUNT_RANGES: '520474000,541333900,677179800,539728000',
    },
    asked: [],
    list,
    data,
    reset: () => Object.assign(stub, { list, data, asked: [] }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return stub;
}
