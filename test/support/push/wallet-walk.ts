/** The walk of an account holder over HTTP, from the list with logos to the receipt that a wallet takes once. */
import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { createTokenConnectClient } from '../../../src/client/index.js';
import type { SimulatorControl } from '../simulator/simulator-control.js';

export async function walk(parts: {
  readonly url: string;
  readonly token: string;
  readonly simulator: SimulatorControl;
  readonly kind?: 'CARD' | 'FINANCIAL_ACCOUNT';
}): Promise<{ readonly requestors: number; readonly logoBytes: number }> {
  const { url, token, simulator, kind = 'CARD' } = parts;
  const client = createTokenConnectClient({ url: `${url}/graphql`, token });
  const { tokenRequestors } = await client.TokenRequestors();
  const { fundingAccounts } = await client.FundingAccounts();
  const account = fundingAccounts?.find((one) => one.kind === kind && one.status === 'ACTIVE');
  const takers = new Set(account?.tokenRequestors?.map(({ id }) => id));
  const wallet = tokenRequestors?.find(
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
  const { pushCard } = await client.PushCard({ input });
  expect(pushCard).toMatchObject({ __typename: 'Push', status: 'READY', handOffs: [] });
  if (pushCard?.__typename !== 'Push') throw new Error('not pushed');
  const [pushed] = pushCard.accounts;
  const receipt = pushed?.pushAccountReceipt ?? '';
  const handed = JSON.parse(
    Buffer.from(pushed?.issuerInitiatedDigitizationData ?? '', 'base64').toString('utf8'),
  );
  expect(handed.fundingAccountInfo.pushAccountReceipt).toBe(receipt);

  // The same request again is the same push: there is one receipt, and it is taken once.
  expect(await client.PushCard({ input })).toEqual({ pushCard });
  expect(await simulator.redeem(receipt, wallet.id)).toBe(200);
  expect(await simulator.redeem(receipt, wallet.id)).toBe(409);
  return {
    requestors: tokenRequestors?.length ?? 0,
    logoBytes: (svg?.byteLength ?? 0) + (png?.byteLength ?? 0),
  };
}
