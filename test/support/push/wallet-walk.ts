/** The walk of an account holder over HTTP, from the list with logos to the receipt that a wallet takes once. */
import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { postGraphQL } from '../gateway.js';
import type { SimulatorControl } from '../simulator/simulator-control.js';

const LIST = `{
  tokenRequestors {
    id type supportsIssuerInitiatedDigitizationData enabledAccountRanges logo { id svgUrl pngUrl }
  }
  fundingAccounts { id kind status accountRange tokenRequestors { id } }
}`;
const PUSH = `mutation ($input: PushCardInput!) {
  pushCard(input: $input) {
    __typename
    ... on Push { status accounts { pushAccountReceipt issuerInitiatedDigitizationData } handOffs { url } }
    ... on PushRefusal { code }
  }
}`;

interface ListedRequestor {
  readonly id: string;
  readonly type: string;
  readonly supportsIssuerInitiatedDigitizationData: boolean;
  readonly logo: { readonly svgUrl: string; readonly pngUrl: string } | null;
}
interface ListedAccount {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly tokenRequestors: readonly { readonly id: string }[];
}

export async function walk(parts: {
  readonly url: string;
  readonly token: string;
  readonly simulator: SimulatorControl;
  readonly kind?: 'CARD' | 'FINANCIAL_ACCOUNT';
}): Promise<{ readonly requestors: number; readonly logoBytes: number }> {
  const { url, token, simulator, kind = 'CARD' } = parts;
  const list = await postGraphQL(url, LIST, {}, token);
  expect(list.errors).toBeUndefined();
  const requestors: ListedRequestor[] = list.data.tokenRequestors;
  const accounts: ListedAccount[] = list.data.fundingAccounts;
  const account = accounts.find((one) => one.kind === kind && one.status === 'ACTIVE');
  const takers = new Set(account?.tokenRequestors.map(({ id }) => id));
  const wallet = requestors.find(
    ({ id, type, supportsIssuerInitiatedDigitizationData }) =>
      takers.has(id) && type === 'WALLET' && supportsIssuerInitiatedDigitizationData,
  );
  if (account === undefined || wallet === undefined) throw new Error('no such account or wallet');

  const logos = await Promise.all([fetch(wallet.logo?.svgUrl ?? ''), fetch(wallet.logo?.pngUrl ?? '')]);
  expect(logos.map(({ status, headers }) => [status, headers.get('content-type')])).toEqual([
    [200, 'image/svg+xml'],
    [200, 'image/png'],
  ]);
  const [svg, png] = await Promise.all(logos.map((logo) => logo.arrayBuffer()));

  const input = {
    idempotencyKey: randomUUID(),
    tokenRequestorId: wallet.id,
    fundingAccountIds: [account.id],
    requestIssuerInitiatedDigitizationData: true,
  };
  const pushed = await postGraphQL(url, PUSH, { input }, token);
  expect(pushed.errors).toBeUndefined();
  expect(pushed.data.pushCard).toMatchObject({ __typename: 'Push', status: 'READY', handOffs: [] });
  const [{ pushAccountReceipt, issuerInitiatedDigitizationData }] = pushed.data.pushCard.accounts;
  const handed = JSON.parse(Buffer.from(issuerInitiatedDigitizationData, 'base64').toString('utf8'));
  expect(handed.fundingAccountInfo.pushAccountReceipt).toBe(pushAccountReceipt);

  // The same request again is the same push: there is one receipt, and it is taken once.
  const again = await postGraphQL(url, PUSH, { input }, token);
  expect(again.data).toEqual(pushed.data);
  expect(await simulator.redeem(pushAccountReceipt, wallet.id)).toBe(200);
  expect(await simulator.redeem(pushAccountReceipt, wallet.id)).toBe(409);
  return { requestors: requestors.length, logoBytes: (svg?.byteLength ?? 0) + (png?.byteLength ?? 0) };
}
