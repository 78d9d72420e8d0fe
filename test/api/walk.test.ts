/** The walk that everything serves: from the list of wallets to the wallet that holds the card. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TokenConnectClient } from '../../src/client/index.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { SimulatorControl } from '../support/simulator/simulator-control.js';

const MINUTE = 60_000;

describe('the walk of an account holder', () => {
  let gateway: TestGateway;
  let simulator: SimulatorControl;
  let client: TokenConnectClient;
  beforeAll(async () => {
    gateway = await startTestGateway();
    simulator = new SimulatorControl(gateway.simulatorUrl);
    client = gateway.client();
  });
  afterAll(() => gateway.close());

  async function pushToProprietaryWallet(kind: 'CARD' | 'FINANCIAL_ACCOUNT') {
    const { tokenRequestors } = await client.TokenRequestors();
    const { fundingAccounts } = await client.FundingAccounts();
    const account = fundingAccounts?.find((one) => one.kind === kind && one.status === 'ACTIVE');
    const takers = new Set(account?.tokenRequestors?.map(({ id }) => id));
    const wallet = tokenRequestors?.find(
      ({ id, type, logo, supportsIssuerInitiatedDigitizationData }) =>
        takers.has(id) && type === 'WALLET' && logo !== null && supportsIssuerInitiatedDigitizationData,
    );
    if (account === undefined || wallet === undefined) throw new Error('no such account or wallet');
    expect((await fetch(wallet.logo?.svgUrl ?? '')).status).toBe(200);

    const { pushCard } = await client.PushCard({
      input: {
        idempotencyKey: randomUUID(),
        tokenRequestorId: wallet.id,
        fundingAccountIds: [account.id],
        requestIssuerInitiatedDigitizationData: true,
      },
    });
    if (pushCard?.__typename !== 'Push') throw new Error(`not pushed: ${pushCard?.code}`);
    expect(pushCard.status).toBe('READY');
    expect(Date.parse(pushCard.expiresAt ?? '') - Date.parse(pushCard.createdAt)).toBe(15 * MINUTE);

    // What the app does: it hands the string over; what the wallet does: it reads the receipt in it.
    const [pushed] = pushCard.accounts;
    const data = Buffer.from(pushed?.issuerInitiatedDigitizationData ?? '', 'base64').toString('utf8');
    const { fundingAccountInfo } = JSON.parse(data) as { fundingAccountInfo: { pushAccountReceipt: string } };
    expect(fundingAccountInfo.pushAccountReceipt).toBe(pushed?.pushAccountReceipt);
    return { wallet, receipt: fundingAccountInfo.pushAccountReceipt, tokenRequestors: tokenRequestors ?? [] };
  }

  for (const kind of ['CARD', 'FINANCIAL_ACCOUNT'] as const) {
    it(`ends with the ${kind} in the wallet: its receipt is taken once, and by that wallet only`, async () => {
      const { wallet, receipt, tokenRequestors } = await pushToProprietaryWallet(kind);
      const other = tokenRequestors.find(({ id }) => id !== wallet.id)?.id ?? '';
      expect(await simulator.redeem(receipt, other)).toBe(403);
      expect(await simulator.redeem(receipt, wallet.id)).toBe(200);
      expect(await simulator.redeem(receipt, wallet.id)).toBe(409);
    });

    it(`does not let a wallet take the ${kind} after its 15 minutes`, async () => {
      const { wallet, receipt } = await pushToProprietaryWallet(kind);
      await simulator.advance(15 * MINUTE + 1);
      expect(await simulator.redeem(receipt, wallet.id)).toBe(410);
    });
  }
});
