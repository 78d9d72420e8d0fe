/** pushMultipleAccounts: what a good push is answered. */
import { describe, expect, it } from '@jest/globals';
import { compactVerify, importJWK, type JWK } from 'jose';
import { KEYSTONE, LARK, TIDAL } from '../support/requestors.js';
import { simulatorForTests } from '../support/simulator/simulator-fixture.js';
import {
  accounts,
  BANK_ACCOUNT,
  CARD,
  card,
  DEBIT_CARD,
  MAESTRO_CARD,
  push,
} from '../support/simulator/simulator-pushes.js';
import { type Answer, at, control, type Json } from '../support/simulator/simulator-requests.js';

const simulator = simulatorForTests();
const UUID = '[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}';

function receipts(answer: Answer): Json[] {
  const items = at(answer.json, 'pushAccountReceipts');
  return Array.isArray(items) ? items.map((item) => at(item, 'pushAccountReceipt')) : [];
}

describe('the answer', () => {
  it('has its members in the order that was seen, unset ones left out', async () => {
    const answer = await push(simulator(), { body: { requestId: 'order' } });
    expect(Object.keys(answer.json as object)).toEqual([
      'pushAccountReceipts',
      'availablePushMethods',
      'signature',
      'tokenRequestorSignatureSupport',
      'responseId',
    ]);
    expect(Object.keys(at(answer.json, 'pushAccountReceipts', 0) as object)).toEqual([
      'pushAccountId',
      'pushAccountReceipt',
    ]);
    expect(at(answer.json, 'responseId')).toBe('order');
    expect(answer.text).not.toContain('null');
  });

  it('has a receipt per account, its letters telling the product', async () => {
    const all = accounts(
      { cardAccountData: CARD },
      { cardAccountData: DEBIT_CARD },
      { cardAccountData: MAESTRO_CARD },
      { financialAccountData: BANK_ACCOUNT },
    );
    const given = receipts(await push(simulator(), { accounts: all }));
    for (const [index, product] of ['MCC', 'DMC', 'MSI', 'DMC'].entries()) {
      expect(given[index]).toMatch(new RegExp(`^${product}-STL-${UUID}$`));
    }
    expect(new Set(given).size).toBe(4);
  });

  it('has digitization data exactly when it was asked for', async () => {
    const body = { requestIssuerInitiatedDigitizationData: true };
    const answer = await push(simulator(), { tokenRequestorId: KEYSTONE, body });
    const data = String(at(answer.json, 'pushAccountReceipts', 0, 'issuerInitiatedDigitizationData'));
    const [pushAccountReceipt] = receipts(answer);
    expect(Buffer.from(data, 'base64').toString()).toBe(
      JSON.stringify({ fundingAccountInfo: { pushAccountReceipt } }),
    );
    expect(answer.json).not.toHaveProperty('availablePushMethods');
    expect((await push(simulator())).text).not.toContain('issuerInitiatedDigitizationData');
  });

  it('has neither signature nor push methods when every account was refused', async () => {
    const answer = await push(simulator(), { accounts: accounts(card('4111111111111111')) });
    expect(Object.keys(answer.json as object)).toEqual([
      'pushAccountReceipts',
      'tokenRequestorSignatureSupport',
      'responseId',
    ]);
  });
});

describe('the signature', () => {
  async function payloadOf(answer: Answer): Promise<string> {
    const jwk = (await control(simulator().url, '/simulator/jws-key')).json as JWK;
    const signature = String(at(answer.json, 'signature'));
    const { payload, protectedHeader } = await compactVerify(signature, await importJWK(jwk, 'RS256'));
    expect(protectedHeader).toEqual({ alg: 'RS256', kid: jwk.kid });
    return Buffer.from(payload).toString();
  }

  it('covers the receipts and the flags, in the order that was seen', async () => {
    const signatureData = {
      callbackURL: 'moonbank://push/back?session=1',
      completeIssuerAppActivation: true,
      completeWebsiteActivation: false,
      accountHolderDataSupplied: true,
      locale: 'en_US',
    };
    const accountHolderData = { accountHolderName: 'SUSAN ARCHER' };
    const answer = await push(simulator(), {
      accounts: accounts(card(undefined, { accountHolderData }), card()),
      body: { signatureData },
    });
    expect(await payloadOf(answer)).toBe(
      JSON.stringify({
        pushAccountReceipts: receipts(answer),
        callbackURL: signatureData.callbackURL,
        completeWebsiteActivation: false,
        accountHolderDataSupplied: true,
        locale: 'en_US',
      }),
    );
  });

  it('has the defaults where nothing was said, and only good receipts', async () => {
    const answer = await push(simulator(), { accounts: accounts(card('4111111111111111'), card()) });
    expect(JSON.parse(await payloadOf(answer))).toEqual({
      pushAccountReceipts: receipts(answer).slice(1),
      completeWebsiteActivation: true,
      accountHolderDataSupplied: false,
    });
  });

  it('is absent where the requestor verifies none', async () => {
    const answer = await push(simulator(), { tokenRequestorId: TIDAL });
    expect(Object.keys(answer.json as object)).toEqual([
      'pushAccountReceipts',
      'availablePushMethods',
      'responseId',
    ]);
    expect(
      at((await push(simulator(), { tokenRequestorId: LARK })).json, 'tokenRequestorSignatureSupport'),
    ).toBe(true);
  });
});
