/** getEligibleTokenRequestors: its field rules, and what its answers look like. */
import { describe, expect, it } from '@jest/globals';
import { simulatorForTests } from '../support/simulator/simulator-fixture.js';
import {
  type Answer,
  at,
  ELIGIBLE,
  type Json,
  requestErrors,
  send,
} from '../support/simulator/simulator-requests.js';

const simulator = simulatorForTests();
const SUSANS_CREDIT = '520474000';

function ask(body: unknown): Promise<Answer> {
  return send(simulator(), ELIGIBLE, { body: typeof body === 'string' ? body : JSON.stringify(body) });
}

const askRanges = (...accountRanges: unknown[]): Promise<Answer> => ask({ requestId: 'r', accountRanges });

function names(answer: Answer): Json[] {
  const requestors = at(answer.json, 'tokenRequestors');
  return Array.isArray(requestors) ? requestors.map((entry) => at(entry, 'consumerFacingEntityName')) : [];
}

describe('a request that breaks a rule', () => {
  it.each<[string, unknown, string[]]>([
    ['is not JSON', '{"requestId"', ['INVALID_JSON Invalid JSON']],
    ['is a list', [], ['INVALID_FIELD_FORMAT Invalid Field Format - request']],
    [
      'is empty',
      {},
      [
        'MISSING_REQUIRED_FIELD Missing Required Field - requestId',
        'MISSING_REQUIRED_FIELD Missing Required Field - accountRanges',
      ],
    ],
    [
      'has a number for an id',
      { requestId: 1, accountRanges: [SUSANS_CREDIT] },
      ['INVALID_FIELD_FORMAT Invalid Field Format - requestId'],
    ],
    [
      'has an empty id',
      { requestId: '', accountRanges: [SUSANS_CREDIT] },
      ['INVALID_FIELD_LENGTH Invalid Field Length - requestId'],
    ],
    [
      'has an id of 65 characters',
      { requestId: 'x'.repeat(65), accountRanges: [SUSANS_CREDIT] },
      ['INVALID_FIELD_LENGTH Invalid Field Length - requestId'],
    ],
    [
      'has no list of ranges',
      { requestId: 'r', accountRanges: SUSANS_CREDIT },
      ['INVALID_FIELD_FORMAT Invalid Field Format - accountRanges'],
    ],
    [
      'has the word true for a boolean',
      { requestId: 'r', accountRanges: [SUSANS_CREDIT], supportsTokenConnect: 'true' },
      ['INVALID_FIELD_FORMAT Invalid Field Format - supportsTokenConnect'],
    ],
    [
      'has a member that MDES does not know',
      { requestId: 'r', accountRanges: [SUSANS_CREDIT], accountRange: SUSANS_CREDIT },
      ['INVALID_FIELD_VALUE Invalid Field Value - accountRange'],
    ],
    [
      'has null where nothing should be',
      { requestId: 'r', accountRanges: [SUSANS_CREDIT], supportsTokenConnect: null },
      ['INVALID_FIELD_FORMAT Invalid Field Format - supportsTokenConnect'],
    ],
  ])('gets HTTP 200 with errors when it %s', async (_, body, expected) => {
    const answer = await ask(body);
    expect(answer.status).toBe(200);
    expect(requestErrors(answer)).toEqual(expected);
    expect(answer.json).not.toHaveProperty('tokenRequestors');
  });

  it.each<[string, unknown, string]>([
    ['8 digits', '52047400', 'INVALID_FIELD_LENGTH Invalid Field Length - accountRanges'],
    ['20 digits', '5'.repeat(20), 'INVALID_FIELD_LENGTH Invalid Field Length - accountRanges'],
    ['letters', '52047400x', 'INVALID_FIELD_FORMAT Invalid Field Format - accountRanges'],
    ['a JSON number', 520474000, 'INVALID_FIELD_FORMAT Invalid Field Format - accountRanges'],
  ])('gets an error for a range of %s', async (_, range, expected) => {
    expect(requestErrors(await askRanges(SUSANS_CREDIT, range))).toEqual([expected]);
  });

  it('gets an error for no range, and for more than 25', async () => {
    const tooLong = ['INVALID_FIELD_LENGTH Invalid Field Length - accountRanges'];
    expect(requestErrors(await askRanges())).toEqual(tooLong);
    expect(requestErrors(await askRanges(...simulator().mdes.accountRanges.slice(0, 26)))).toEqual(tooLong);
    expect(requestErrors(await askRanges(...simulator().mdes.accountRanges.slice(0, 25)))).toEqual([]);
  });

  it('has its id echoed all the same', async () => {
    expect(at((await ask({ requestId: 'echo-1' })).json, 'responseId')).toBe('echo-1');
  });
});

describe('an answer', () => {
  it('has the request’s id and the members of the wire, in their spelling', async () => {
    const answer = await ask({
      requestId: 'echo-2',
      accountRanges: [SUSANS_CREDIT],
      supportsTokenConnect: true,
    });
    expect(at(answer.json, 'responseId')).toBe('echo-2');
    expect(Object.keys(at(answer.json, 'tokenRequestors', 0) as object)).toEqual([
      'tokenRequestorId',
      'name',
      'consumerFacingEntityName',
      'imageAssetId',
      'tokenRequestorType',
      'walletId',
      'enabledAccountRanges',
      'supportedPushMethods',
      'supportsMultiplePushedCards',
      'supportedAccountHolderData',
      'supportsCardHolderAuthentication',
      'supportsTokenConnect',
      'availablePushMethods',
      'supportIssuerInitiatedDigitizationData',
    ]);
  });

  it('writes ranges as JSON integers of 19 digits', async () => {
    expect((await askRanges(SUSANS_CREDIT)).text).toContain('"enabledAccountRanges":[5204740000000000000]');
  });

  it('leaves unset members out and has no null', async () => {
    const { text } = await askRanges(...simulator().mdes.accountRanges.slice(0, 25));
    expect(text).not.toContain('null');
    expect(text).toContain('"supportedAccountHolderData":[]');
  });

  it('knows a range by its padded start, however it is spelled, and names it once', async () => {
    const { text } = await askRanges(SUSANS_CREDIT, '5204740000000000000');
    expect(text).toContain('"enabledAccountRanges":[5204740000000000000]');
  });

  it('is no prefix search: within a range is not its start', async () => {
    expect((await askRanges('520474001', '5204740000000000001')).text).toContain('"tokenRequestors":[]');
  });

  it('names only ranges that were asked for and that the requestor is enabled for', async () => {
    const { text } = await askRanges(SUSANS_CREDIT, '541333900', '530000000', '999999999');
    const lists = new Set(text.match(/"enabledAccountRanges":\[[^\]]*\]/g));
    expect(lists).toEqual(
      new Set([
        '"enabledAccountRanges":[5204740000000000000,5413339000000000000]',
        '"enabledAccountRanges":[5204740000000000000]',
        '"enabledAccountRanges":[5413339000000000000]',
      ]),
    );
  });

  it('is empty for a range that exists and that nobody is enabled for', async () => {
    expect((await askRanges('530000000')).json).toEqual({ responseId: 'r', tokenRequestors: [] });
  });

  it('shows the requestor of the future and the one with its own way only', async () => {
    const answer = await askRanges(SUSANS_CREDIT);
    expect(names(answer)).toEqual(expect.arrayContaining(['Aurora Band', 'Keystone Ring']));
    expect(answer.text).toContain('"WEARABLE"');
    expect(answer.text).toContain('"DATE_OF_BIRTH"');
  });
});
