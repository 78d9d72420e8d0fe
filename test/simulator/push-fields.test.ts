/** pushMultipleAccounts: every field's own rule, outside the envelope and in it. */
import { describe, expect, it } from '@jest/globals';
import { simulatorForTests } from '../support/simulator/simulator-fixture.js';
import {
  accounts,
  BANK_ACCOUNT,
  CARD,
  card,
  type PushOptions,
  push,
  pushBody,
} from '../support/simulator/simulator-pushes.js';
import {
  type Answer,
  accountErrors,
  at,
  PUSH,
  requestErrors,
  send,
} from '../support/simulator/simulator-requests.js';

const simulator = simulatorForTests();
const DAY_MS = 86_400_000;
const pushWith = (options: PushOptions): Promise<Answer> => push(simulator(), options);
const length = (field: string): string => `INVALID_FIELD_LENGTH Invalid Field Length - ${field}`;
const format = (field: string): string => `INVALID_FIELD_FORMAT Invalid Field Format - ${field}`;
const value = (field: string): string => `INVALID_FIELD_VALUE Invalid Field Value - ${field}`;
const missing = (field: string): string => `MISSING_REQUIRED_FIELD Missing Required Field - ${field}`;

describe('the request', () => {
  it('is refused when it is not JSON', async () => {
    const answer = await send(simulator(), PUSH, { body: '{"requestId":"r",' });
    expect(answer.status).toBe(200);
    expect(requestErrors(answer)).toEqual(['INVALID_JSON Invalid JSON']);
  });

  it.each(['requestId', 'pushFundingAccounts', 'tokenRequestorId'])(
    'is refused without %s',
    async (member) => {
      expect(requestErrors(await pushWith({ without: [member] }))).toEqual([missing(member)]);
    },
  );

  it('is refused without the encrypted payload, or with one that is no object', async () => {
    const body = { pushFundingAccounts: {} };
    expect(requestErrors(await pushWith({ body }))).toEqual([missing('encryptedPayload')]);
    const text = { pushFundingAccounts: { encryptedPayload: 'x' } };
    expect(requestErrors(await pushWith({ body: text }))).toEqual([format('encryptedPayload')]);
  });

  it('has all its violations told together', async () => {
    const { pushFundingAccounts } = pushBody(simulator());
    const body = JSON.stringify({ pushFundingAccounts, requestId: '', callbackRequired: true });
    const answer = await send(simulator(), PUSH, { body });
    expect(requestErrors(answer)).toEqual([
      length('requestId'),
      missing('tokenRequestorId'),
      value('callbackRequired'),
    ]);
    expect(answer.json).not.toHaveProperty('responseId');
  });

  it.each<[Readonly<Record<string, unknown>>, string]>([
    [{ requestId: 'x'.repeat(65) }, length('requestId')],
    [{ requestId: 7 }, format('requestId')],
    [{ tokenRequestorId: '5013000000' }, length('tokenRequestorId')],
    [{ tokenRequestorId: '5013000000a' }, format('tokenRequestorId')],
    [{ tokenRequestorId: 50130000001 }, format('tokenRequestorId')],
    [{ tokenRequestorId: '50130009999' }, value('tokenRequestorId')],
    [{ requestIssuerInitiatedDigitizationData: 'true' }, format('requestIssuerInitiatedDigitizationData')],
    [{ pushAccountReceiptsValidityPeriod: '15' }, format('pushAccountReceiptsValidityPeriod')],
    [{ pushAccountReceiptsValidityPeriod: 4 }, value('pushAccountReceiptsValidityPeriod')],
    [{ pushAccountReceiptsValidityPeriod: 15.5 }, value('pushAccountReceiptsValidityPeriod')],
    [{ authenticationCode: '' }, length('authenticationCode')],
    [{ authenticationCode: 'x'.repeat(33) }, length('authenticationCode')],
    [{ signatureData: 'x' }, format('signatureData')],
    [{ signatureData: null }, format('signatureData')],
    [{ signatureData: { callbackURL: `https://bank.example/${'x'.repeat(250)}` } }, length('callbackURL')],
    [{ signatureData: { callbackURL: '/back' } }, format('callbackURL')],
    [{ signatureData: { callbackURL: 'https://bank.example/a b' } }, format('callbackURL')],
    [{ signatureData: { callbackURL: 'https://bänk.example/' } }, format('callbackURL')],
    [{ signatureData: { callbackURL: 'https://' } }, value('callbackURL')],
    [{ signatureData: { completeIssuerAppActivation: 'true' } }, format('completeIssuerAppActivation')],
    [{ signatureData: { completeWebsiteActivation: 1 } }, format('completeWebsiteActivation')],
    [{ signatureData: { accountHolderDataSupplied: 'false' } }, format('accountHolderDataSupplied')],
    [{ signatureData: { locale: 'en' } }, length('locale')],
    [{ signatureData: { locale: 'en-US' } }, format('locale')],
    [{ signatureData: { locale: 'EN_us' } }, format('locale')],
    [{ signatureData: { tokenRequestorSessionId: 'ab' } }, length('tokenRequestorSessionId')],
    [{ signatureData: { callbackRequired: true } }, value('callbackRequired')],
  ])('is refused with %j', async (body, expected) => {
    const answer = await pushWith({ body });
    expect(answer.status).toBe(200);
    expect(requestErrors(answer)).toEqual([expected]);
    expect(answer.json).not.toHaveProperty('pushAccountReceipts');
  });

  it.each([
    { signatureData: { callbackURL: 'moonbank://push/back', locale: 'ar_JO' } },
    { signatureData: {} },
    { pushAccountReceiptsValidityPeriod: 5 },
    { requestIssuerInitiatedDigitizationData: false },
  ])('passes with %j', async (body) => {
    expect(requestErrors(await pushWith({ body }))).toEqual([]);
  });
});

describe('what stands round an account', () => {
  it.each<[string, unknown, string]>([
    ['no id', { fundingAccountData: card() }, missing('pushAccountId')],
    ['an empty id', { pushAccountId: '', fundingAccountData: card() }, length('pushAccountId')],
    ['a long id', { pushAccountId: 'x'.repeat(37), fundingAccountData: card() }, length('pushAccountId')],
    ['a number for an id', { pushAccountId: 1, fundingAccountData: card() }, format('pushAccountId')],
    ['no data', { pushAccountId: 'a' }, missing('fundingAccountData')],
    ['something unknown', { pushAccountId: 'a', fundingAccountData: card(), pan: '' }, value('pan')],
    ['no object', 'card', format('pushFundingAccounts')],
  ])('spoils the whole request when there is %s', async (_, account, expected) => {
    expect(requestErrors(await pushWith({ accounts: [account] }))).toEqual([expected]);
  });
});

describe('an account’s data', () => {
  const holder = (accountHolderData: unknown): unknown => card(undefined, { accountHolderData });
  const until = (ms: number): unknown =>
    card(undefined, { dataValidUntilTimestamp: new Date(Date.now() + ms).toISOString() });
  const bank = (change: object): unknown => ({ financialAccountData: { ...BANK_ACCOUNT, ...change } });
  const justCard = (cardAccountData: unknown): unknown => ({ cardAccountData });

  it.each<[string, unknown, string]>([
    ['no object', 'x', format('fundingAccountData')],
    ['neither card nor bank account', {}, missing('cardAccountData')],
    ['both', { cardAccountData: CARD, financialAccountData: BANK_ACCOUNT }, value('fundingAccountData')],
    ['an unknown member', card(undefined, { cvc: '123' }), value('cvc')],
    ['a card without a number', justCard({}), missing('accountNumber')],
    ['a card number of 8 digits', card('52047400'), length('accountNumber')],
    ['a card number of 20 digits', card('5'.repeat(20)), length('accountNumber')],
    ['a card number with blanks', card('5204 7400 0000 0012'), format('accountNumber')],
    [
      'a card number as a JSON number',
      justCard({ accountNumber: 5204740000000012 }),
      format('accountNumber'),
    ],
    ['month 13', justCard({ ...CARD, expiryMonth: '13' }), value('expiryMonth')],
    ['month 0', justCard({ ...CARD, expiryMonth: '00' }), value('expiryMonth')],
    ['a month of one digit', justCard({ ...CARD, expiryMonth: '1' }), length('expiryMonth')],
    ['a month in letters', justCard({ ...CARD, expiryMonth: 'ja' }), format('expiryMonth')],
    ['a year of four digits', justCard({ ...CARD, expiryYear: '2038' }), length('expiryYear')],
    ['a month without a year', justCard({ ...without(CARD, 'expiryYear') }), missing('expiryYear')],
    ['a year without a month', justCard({ ...without(CARD, 'expiryMonth') }), missing('expiryMonth')],
    ['an expiry date in the past', justCard({ ...CARD, expiryYear: '24' }), value('expiryYear')],
    ['no ICA', bank({ interbankCardAssociationId: undefined }), missing('interbankCardAssociationId')],
    ['a short ICA', bank({ interbankCardAssociationId: '12' }), length('interbankCardAssociationId')],
    ['a short bank account', bank({ financialAccountId: '12345678' }), length('financialAccountId')],
    [
      'a bank account with blanks',
      bank({ financialAccountId: 'GB00 MOON 1234' }),
      format('financialAccountId'),
    ],
    ['a country of two letters', bank({ countryCode: 'GB' }), length('countryCode')],
    ['a country in small letters', bank({ countryCode: 'gbr' }), format('countryCode')],
    ['an end of validity in the past', until(-1000), value('dataValidUntilTimestamp')],
    ['an end of validity in 31 days', until(31 * DAY_MS), value('dataValidUntilTimestamp')],
    [
      'a date for a time',
      card(undefined, { dataValidUntilTimestamp: '2031-01-01' }),
      length('dataValidUntilTimestamp'),
    ],
    [
      'a time without a zone',
      card(undefined, { dataValidUntilTimestamp: '2031-01-01T00:00:00.0' }),
      format('dataValidUntilTimestamp'),
    ],
    [
      'a time that does not exist',
      card(undefined, { dataValidUntilTimestamp: '2031-13-01T00:00:00Z' }),
      value('dataValidUntilTimestamp'),
    ],
    ['a long name', holder({ accountHolderName: 'x'.repeat(28) }), length('accountHolderName')],
    ['an empty name', holder({ accountHolderName: '' }), length('accountHolderName')],
    [
      'a short mail address',
      holder({ accountHolderEmailAddress: 'a@b.c' }),
      length('accountHolderEmailAddress'),
    ],
    [
      'a mail address without @',
      holder({ accountHolderEmailAddress: 'susan.example' }),
      format('accountHolderEmailAddress'),
    ],
    ['a phone without dial-in code', phone({ phoneNumber: '1' }), missing('countryDialInCode')],
    ['a phone without number', phone({ countryDialInCode: '44' }), missing('phoneNumber')],
    [
      'a dial-in code with a plus',
      phone({ countryDialInCode: '+44', phoneNumber: '1' }),
      format('countryDialInCode'),
    ],
    [
      'a long phone number',
      phone({ countryDialInCode: '44', phoneNumber: '1'.repeat(21) }),
      length('phoneNumber'),
    ],
    ['a long line', address({ line1: 'x'.repeat(65) }), length('line1')],
    ['a long second line', address({ line2: 'x'.repeat(65) }), length('line2')],
    ['a long city', address({ city: 'x'.repeat(33) }), length('city')],
    ['a long subdivision', address({ countrySubdivision: 'x'.repeat(13) }), length('countrySubdivision')],
    ['a long postal code', address({ postalCode: 'x'.repeat(17) }), length('postalCode')],
    ['a country that is no code', address({ country: 'Germany' }), length('country')],
    ['an unknown holder item', holder({ accountHolderDateOfBirth: '' }), value('accountHolderDateOfBirth')],
  ])('with %s is refused by itself', async (_, data, expected) => {
    const supplied = JSON.stringify(data).includes('accountHolderData');
    const body = { signatureData: { accountHolderDataSupplied: supplied } };
    const answer = await pushWith({ accounts: accounts(data, card()), body });
    expect(requestErrors(answer)).toEqual([]);
    expect(accountErrors(answer)).toEqual([expected]);
    expect(at(answer.json, 'pushAccountReceipts', 0, 'pushAccountId')).toBe('account-0');
    expect(at(answer.json, 'pushAccountReceipts', 0)).not.toHaveProperty('pushAccountReceipt');
    expect(at(answer.json, 'pushAccountReceipts', 1, 'pushAccountReceipt')).toMatch(/^MCC-/);
  });

  it.each<[string, unknown]>([
    ['a card without expiry date', justCard({ accountNumber: CARD.accountNumber })],
    ['a card that expires this month', justCard({ ...CARD, ...thisMonth() })],
    ['an end of validity in 30 minutes', until(1_800_000)],
    ['an end of validity with an offset', card(undefined, { dataValidUntilTimestamp: inAnHourElsewhere() })],
  ])('passes with %s', async (_, data) => {
    expect(accountErrors(await pushWith({ accounts: accounts(data) }))).toEqual([]);
  });

  function phone(accountHolderMobilePhoneNumber: unknown): unknown {
    return holder({ accountHolderMobilePhoneNumber });
  }
  function address(accountHolderAddress: unknown): unknown {
    return holder({ accountHolderAddress });
  }
});

function without(object: Readonly<Record<string, unknown>>, member: string): Record<string, unknown> {
  const { [member]: _, ...rest } = object;
  return rest;
}

function thisMonth(): { expiryMonth: string; expiryYear: string } {
  const [year = '', month = ''] = new Date().toISOString().split('-');
  return { expiryMonth: month, expiryYear: year.slice(2) };
}

/** The clock on the wall two hours east. */
function inAnHourElsewhere(): string {
  return new Date(Date.now() + 3 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+02:00');
}
