/** An issuer's own card store, as card-store.openapi.yaml says, for accounts of the test's choice. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OwnAccount {
  readonly id: string;
  readonly accountHolder: string;
  /** Significant digits of the account range. */
  readonly range: string;
  /** For a card; else `financialAccountId`. */
  readonly accountNumber?: string;
  readonly financialAccountId?: string;
  readonly interbankCardAssociationId?: string;
  readonly status?: 'ACTIVE' | 'SUSPENDED' | 'CLOSED';
  readonly expiryYear?: string;
  /** Whether the list tells the expiry, as stores do since version 1.2.0 of the contract. */
  readonly tellsExpiry?: boolean;
  readonly holder?: Readonly<Record<string, unknown>>;
}

export interface OwnCardStore {
  /** CARD_VAULT_ settings for a gateway. */
  readonly environment: Readonly<Record<string, string>>;
  readonly token: string;
  accounts: readonly OwnAccount[];
  /** How often it was asked for lists and for data since the last look. */
  takeAsked(): { readonly list: number; readonly data: number };
  /** The next request of this kind is answered by `stand`. */
  answerNext(kind: 'list' | 'data', stand: (response: ServerResponse) => void): void;
  close(): Promise<void>;
}

const MEMBERS: Readonly<Record<string, string>> = {
  NAME: 'accountHolderName',
  ADDRESS: 'accountHolderAddress',
  EMAIL_ADDRESS: 'accountHolderEmailAddress',
  MOBILE_PHONE_NUMBER: 'accountHolderMobilePhoneNumber',
};

export async function startOwnCardStore(accounts: readonly OwnAccount[]): Promise<OwnCardStore> {
  const token = 'own-card-store-token';
  const stands = {
    list: [] as ((response: ServerResponse) => void)[],
    data: [] as ((r: ServerResponse) => void)[],
  };
  let asked = { list: 0, data: 0 };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname, searchParams } = new URL(`http://store${request.url}`);
    const kind = pathname.endsWith('/data') ? 'data' : 'list';
    asked[kind] += 1;
    const stand = stands[kind].shift();
    if (stand !== undefined) return stand(response);
    response.setHeader('content-type', 'application/json');
    if (request.headers.authorization !== `Bearer ${token}`) return response.writeHead(401).end('{}');
    if (kind === 'list') {
      const own = store.accounts.filter((one) => one.accountHolder === searchParams.get('accountHolder'));
      return response.end(JSON.stringify({ fundingAccounts: own.map(listed) }));
    }
    const order = JSON.parse(Buffer.concat(chunks).toString('utf8')) as DataOrder;
    const wanted = store.accounts.filter(
      ({ id, accountHolder }) => order.ids.includes(id) && accountHolder === order.accountHolder,
    );
    return response.end(
      JSON.stringify({ fundingAccounts: wanted.map((one) => detailed(one, order.accountHolderData)) }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/card-store/v1`;
  const store: OwnCardStore = {
    environment: { CARD_VAULT_URL: url, CARD_VAULT_TOKEN: token },
    token,
    accounts,
    takeAsked() {
      const before = asked;
      asked = { list: 0, data: 0 };
      return before;
    },
    answerNext: (kind, stand) => void stands[kind].push(stand),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return store;
}

interface DataOrder {
  readonly accountHolder: string;
  readonly ids: readonly string[];
  readonly accountHolderData: readonly string[];
}

export function listed({ id, accountHolder, range, status = 'ACTIVE', ...account }: OwnAccount) {
  const number = account.accountNumber ?? account.financialAccountId ?? '';
  return {
    id,
    accountHolder,
    kind: account.accountNumber === undefined ? 'FINANCIAL_ACCOUNT' : 'CARD',
    label: `Own account ${id}`,
    lastFour: number.slice(-4),
    status,
    artUrl: null,
    accountRange: range.padEnd(19, '0'),
    ...(account.tellsExpiry && { expiryMonth: '01', expiryYear: account.expiryYear ?? '39' }),
  };
}

export function detailed(account: OwnAccount, items: readonly string[] = []) {
  const { id, accountHolder, accountNumber, expiryYear = '39', holder = {} } = account;
  const { financialAccountId, interbankCardAssociationId } = account;
  const members = items.map((item) => MEMBERS[item] ?? '').filter((member) => holder[member] !== undefined);
  return {
    id,
    accountHolder,
    ...(accountNumber === undefined
      ? { financialAccountData: { financialAccountId, interbankCardAssociationId, countryCode: 'GBR' } }
      : { cardAccountData: { accountNumber, expiryMonth: '01', expiryYear } }),
    ...(items.length > 0 && {
      accountHolderData: Object.fromEntries(members.map((member) => [member, holder[member]])),
    }),
  };
}
