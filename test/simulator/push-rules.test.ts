/** pushMultipleAccounts: the rules that span fields. */
import { describe, expect, it } from '@jest/globals';
import {
  CACTUS,
  COPPER_FOX,
  KEYSTONE,
  LARK,
  NIMBUS,
  PEBBLE,
  TIDAL,
  VELVET_TRAM,
} from '../support/requestors.js';
import { simulatorForTests } from '../support/simulator/simulator-fixture.js';
import {
  accounts,
  CARD,
  card,
  DEBIT_CARD,
  type PushOptions,
  push,
} from '../support/simulator/simulator-pushes.js';
import { type Answer, accountErrors, at, requestErrors } from '../support/simulator/simulator-requests.js';

const simulator = simulatorForTests();
const pushWith = (options: PushOptions): Promise<Answer> => push(simulator(), options);
const value = (field: string): string => `INVALID_FIELD_VALUE Invalid Field Value - ${field}`;
const missing = (field: string): string => `MISSING_REQUIRED_FIELD Missing Required Field - ${field}`;
const cards = (count: number): unknown[] => accounts(...Array.from({ length: count }, () => card()));

describe('several accounts', () => {
  it('are taken up to five', async () => {
    expect(requestErrors(await pushWith({ accounts: cards(5) }))).toEqual([]);
    expect(requestErrors(await pushWith({ accounts: cards(6) }))).toEqual([value('pushFundingAccounts')]);
  });

  it.each([
    ['supports only one', COPPER_FOX],
    ['authenticates the cardholder', VELVET_TRAM],
  ])('are refused by a requestor that %s', async (_, tokenRequestorId) => {
    expect(requestErrors(await pushWith({ tokenRequestorId, accounts: cards(2) }))).toEqual([
      value('pushFundingAccounts'),
    ]);
    expect(requestErrors(await pushWith({ tokenRequestorId, accounts: cards(1) }))).toEqual([]);
  });

  it('must have an id each', async () => {
    const twice = [...cards(1), ...cards(1)];
    expect(requestErrors(await pushWith({ accounts: twice }))).toEqual([value('pushAccountId')]);
  });
});

describe('what the requestor does not support', () => {
  it('is refused: digitization data', async () => {
    const body = { requestIssuerInitiatedDigitizationData: true };
    expect(requestErrors(await pushWith({ tokenRequestorId: NIMBUS, body }))).toEqual([
      value('requestIssuerInitiatedDigitizationData'),
    ]);
  });

  it('is refused account by account: a holder item', async () => {
    const accountHolderData = {
      accountHolderName: 'SUSAN ARCHER',
      accountHolderEmailAddress: 'susan@mail.example',
    };
    const answer = await pushWith({
      tokenRequestorId: NIMBUS,
      accounts: accounts(card(undefined, { accountHolderData })),
      body: { signatureData: { accountHolderDataSupplied: true } },
    });
    expect(accountErrors(answer)).toEqual([value('accountHolderEmailAddress')]);
  });

  it('is refused: what only a pull may hold', async () => {
    const session = { signatureData: { tokenRequestorSessionId: 'session-1' } };
    expect(requestErrors(await pushWith({ body: session }))).toEqual([value('tokenRequestorSessionId')]);
    const code = { authenticationCode: '1234' };
    expect(requestErrors(await pushWith({ body: code }))).toEqual([value('authenticationCode')]);
  });

  it('is taken by the one requestor that pulls, but no code without its session', async () => {
    const tokenRequestorId = PEBBLE;
    const signatureData = { tokenRequestorSessionId: 'session-1' };
    const both = { signatureData, authenticationCode: '1234' };
    expect(requestErrors(await pushWith({ tokenRequestorId, body: both }))).toEqual([]);
    const code = { authenticationCode: '1234' };
    expect(requestErrors(await pushWith({ tokenRequestorId, body: code }))).toEqual([
      missing('tokenRequestorSessionId'),
    ]);
  });
});

describe('what goes together', () => {
  it.each(['completeIssuerAppActivation', 'completeWebsiteActivation'])(
    'is %s = false and a callback URL',
    async (name) => {
      const alone = { signatureData: { [name]: false } };
      expect(requestErrors(await pushWith({ body: alone }))).toEqual([missing('callbackURL')]);
      const both = { signatureData: { [name]: false, callbackURL: 'moonbank://back' } };
      expect(requestErrors(await pushWith({ body: both }))).toEqual([]);
    },
  );

  it('is the flag for holder data and the data', async () => {
    const withData = accounts(card(undefined, { accountHolderData: { accountHolderName: 'SUSAN ARCHER' } }));
    const says = (accountHolderDataSupplied: boolean) => ({ signatureData: { accountHolderDataSupplied } });
    const lie = [value('accountHolderDataSupplied')];
    expect(requestErrors(await pushWith({ accounts: withData, body: says(true) }))).toEqual([]);
    expect(requestErrors(await pushWith({ accounts: withData, body: says(false) }))).toEqual(lie);
    expect(requestErrors(await pushWith({ accounts: withData }))).toEqual(lie);
    expect(requestErrors(await pushWith({ body: says(true) }))).toEqual(lie);
    expect(requestErrors(await pushWith({ body: says(true), tokenRequestorId: TIDAL }))).toEqual(lie);
  });

  it('need not be said to a requestor that reads it from the query', async () => {
    const withData = accounts(card(undefined, { accountHolderData: { accountHolderName: 'SUSAN ARCHER' } }));
    expect(requestErrors(await pushWith({ accounts: withData, tokenRequestorId: KEYSTONE }))).toEqual([]);
  });
});

describe('an account’s range', () => {
  const ineligible = ['ACCOUNT_INELIGIBLE The card or financial account is not eligible.'];

  it('must be known', async () => {
    expect(accountErrors(await pushWith({ accounts: accounts(card('4111111111111111')) }))).toEqual(
      ineligible,
    );
    const stranger = {
      financialAccountData: {
        financialAccountId: 'GB00MOON1',
        interbankCardAssociationId: '999',
        countryCode: 'GBR',
      },
    };
    expect(accountErrors(await pushWith({ accounts: accounts(stranger) }))).toEqual(ineligible);
  });

  it('must be one that the requestor is enabled for; the other accounts go on', async () => {
    const deserts = card('5499990000000116');
    const answer = await pushWith({
      tokenRequestorId: CACTUS,
      accounts: accounts(card(), deserts),
    });
    expect(accountErrors(answer)).toEqual(ineligible);
    expect(at(answer.json, 'pushAccountReceipts', 1, 'pushAccountReceipt')).toMatch(/^MCC-/);
  });

  it('may demand an expiry date', async () => {
    const plain = { cardAccountData: { accountNumber: '5499992000000161' } };
    expect(accountErrors(await pushWith({ accounts: accounts(plain) }))).toEqual([
      'MISSING_EXPIRY_DATE Missing Expiry Date',
    ]);
    const dated = { cardAccountData: { ...CARD, accountNumber: '5499992000000161' } };
    expect(accountErrors(await pushWith({ accounts: accounts(dated) }))).toEqual([]);
  });

  it('is not mixed up between accounts of one push', async () => {
    const both = accounts({ cardAccountData: CARD }, { cardAccountData: DEBIT_CARD });
    const answer = await pushWith({ tokenRequestorId: LARK, accounts: both });
    expect(at(answer.json, 'pushAccountReceipts', 0, 'pushAccountReceipt')).toMatch(/^MCC-/);
    expect(at(answer.json, 'pushAccountReceipts', 1, 'pushAccountReceipt')).toMatch(/^DMC-/);
  });
});
