/** A card store that answers at once: what it lists was written down at its start. */
import { detailed, listed, type OwnAccount } from '../../../support/issuer/own-card-store.js';
import { type Answerer, JSON_TYPE } from './answerer.js';
import type { WorldPlan } from './world-plan.js';

export function cardStoreStub({ accounts, cardStoreToken }: WorldPlan): Answerer {
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
