/** accountHolderDataPreview shows exactly what a push sends of the account holder, masked. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type AccountHolderDataItem, AccountHolderDataPreviewDocument } from '../../../src/client/index.js';
import {
  maskEmailAddress,
  maskPhoneNumber,
  maskWords,
} from '../../../src/schema/funding-account/mask-holder-data.js';
import { codes, startTestGateway, type TestGateway } from '../../support/gateway.js';
import {
  answerJson,
  CARD,
  CARD_DATA,
  type CardStoreStub,
  startCardStoreStub,
} from '../../support/issuer/card-store-stub.js';
import { LARK } from '../../support/requestors.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';

const PREVIEW = AccountHolderDataPreviewDocument;
const PUSH = `mutation ($input: PushCardInput!) {
  pushCard(input: $input) { __typename ... on Push { status } ... on PushRefusal { code fundingAccountIds } }
}`;
const ALL: readonly AccountHolderDataItem[] = ['NAME', 'ADDRESS', 'EMAIL_ADDRESS', 'MOBILE_PHONE_NUMBER'];
/** What amir's bank has, and what the gateway has made of it. */
const CLEAR =
  /HADDAD|Haddad|أمير|حداد|amir\.haddad|Amir\.Haddad|王小明|Wang|xiaoming|Saffron|示范路|7900001|13900000|Atlantis|see file/;

describe('the preview of the demo account holders', () => {
  let gateway: TestGateway;
  let simulator: SimulatorControl;
  let amir: string;
  beforeAll(async () => {
    gateway = await startTestGateway({ EXPLORER: 'off' });
    simulator = new SimulatorControl(gateway.simulatorUrl);
    amir = await gateway.token('amir');
  });
  beforeEach(() => simulator.reset());
  afterAll(() => gateway.close());

  async function previews(items: readonly AccountHolderDataItem[], accountHolder = 'susan') {
    const { fundingAccounts } = await gateway
      .client(accountHolder)
      .AccountHolderDataPreview({ items: [...items] });
    return new Map(
      fundingAccounts?.map(({ id, accountHolderDataPreview }) => [id, accountHolderDataPreview]),
    );
  }

  it('masks what a shoulder surfer could use, and leaves what the holder knows it by', async () => {
    expect((await previews(ALL)).get('card-1')).toEqual({
      name: 'S•••N A••••R',
      address: {
        line1: '1• J•••••r R••',
        line2: 'F••t •',
        city: 'Lowmere',
        countrySubdivision: 'GB-LND',
        postalCode: 'L•• 4••',
        country: 'GBR',
      },
      emailAddress: 's•••@m•••.example',
      mobilePhoneNumber: { countryDialInCode: '44', phoneNumber: '••••••••23' },
      missing: [],
    });
  });

  it('has only the items that were asked for', async () => {
    const none = { name: null, address: null, emailAddress: null, mobilePhoneNumber: null, missing: [] };
    expect((await previews([])).get('card-1')).toEqual(none);
    const some = (await previews(['EMAIL_ADDRESS', 'EMAIL_ADDRESS'])).get('card-1');
    expect(some).toEqual({ ...none, emailAddress: 's•••@m•••.example' });
  });

  it('is of what a push sends, for every form that a bank keeps holder data in', async () => {
    const shown = await previews(ALL, 'amir');
    for (const id of ['card-11', 'card-12', 'card-22', 'account-11']) {
      const input = {
        idempotencyKey: randomUUID(),
        tokenRequestorId: LARK,
        fundingAccountIds: [id],
        accountHolderData: ALL,
      };
      const { data } = await gateway.graphql(PUSH, { input }, { token: amir });
      expect(data.pushCard).toEqual({ __typename: 'Push', status: 'READY' });
      const sent = JSON.parse(await simulator.pushes()).pushes.at(-1).accounts[0].fundingAccountData
        .accountHolderData;
      const { line1, line2, postalCode, ...place } = sent.accountHolderAddress;
      expect(shown.get(id)).toEqual({
        name: maskWords(sent.accountHolderName),
        address: {
          countrySubdivision: null,
          ...place,
          line1: maskWords(line1),
          line2: line2 === undefined ? null : maskWords(line2),
          postalCode: maskWords(postalCode),
        },
        emailAddress: maskEmailAddress(sent.accountHolderEmailAddress),
        mobilePhoneNumber: {
          ...sent.accountHolderMobilePhoneNumber,
          phoneNumber: maskPhoneNumber(sent.accountHolderMobilePhoneNumber.phoneNumber),
        },
        missing: [],
      });
    }
  });

  it('is of Latin letters, an alpha-3 country and split digits, whatever the bank writes', async () => {
    const { name, address, mobilePhoneNumber } = (await previews(ALL, 'amir')).get('card-22') ?? {};
    expect({ name, country: address?.country, mobilePhoneNumber }).toEqual({
      name: 'W••g X••o M••g',
      country: 'CHN',
      mobilePhoneNumber: { countryDialInCode: '86', phoneNumber: '•••••••••23' },
    });
    const { name: long, address: line } = (await previews(ALL, 'amir')).get('account-11') ?? {};
    expect(long).toBe('A••r • • • H••••d');
    expect(line?.line2).toBe('S••••t b••••d t•• o•• m••l');
  });

  it('names what is missing, and a push with that is refused for it', async () => {
    const shown = await previews(ALL, 'amir');
    expect(shown.get('card-20')?.missing).toEqual(['EMAIL_ADDRESS']);
    expect(shown.get('card-21')).toMatchObject({ name: null, address: null, missing: ALL });
    for (const item of ALL) {
      const input = {
        idempotencyKey: randomUUID(),
        tokenRequestorId: LARK,
        fundingAccountIds: ['card-21'],
        accountHolderData: [item],
      };
      const { data } = await gateway.graphql(PUSH, { input }, { token: amir });
      expect(data.pushCard).toMatchObject({
        code: 'ACCOUNT_HOLDER_DATA_MISSING',
        fundingAccountIds: ['card-21'],
      });
    }
    expect((await simulator.calls()).pushMultipleAccounts).toBe(0);
  });

  it('needs an access token', async () => {
    expect(codes(await gateway.graphql(PREVIEW, { items: ALL }, { token: null }))).toEqual([
      'UNAUTHENTICATED',
    ]);
  });

  it('left in the log which items cannot be sent and why, and no holder data', async () => {
    const lines = gateway.logs.filter((line) => line.includes('holder-data-left-out'));
    const found = lines
      .map((line) => JSON.parse(line))
      .find(({ fundingAccountId }) => fundingAccountId === 'card-21');
    expect(found.leftOut.map(({ item }: { item: string }) => item)).toEqual(ALL);
    expect(gateway.logs.join('\n')).not.toMatch(CLEAR);
  });
});

describe('the preview and the card store', () => {
  let stub: CardStoreStub;
  let gateway: TestGateway;
  let bodies: { readonly ids: string[]; readonly accountHolderData: string[] }[];
  const ids = Array.from({ length: 7 }, (_, index) => `card-${index + 1}`);
  beforeAll(async () => {
    stub = await startCardStoreStub();
    gateway = await startTestGateway({ EXPLORER: 'off', ...stub.environment });
    await gateway.token('susan');
  });
  beforeEach(() => {
    stub.reset();
    bodies = [];
    stub.list = answerJson({ fundingAccounts: ids.map((id) => ({ ...CARD, id })) });
    stub.data = (request, response, body) => {
      const order = JSON.parse(body);
      bodies.push(order);
      const accountHolderData = {
        accountHolderName: 'Susan Archer',
        accountHolderEmailAddress: 'susan@mail.example',
      };
      const fundingAccounts = order.ids.map((id: string) => ({ ...CARD_DATA, id, accountHolderData }));
      answerJson({ fundingAccounts })(request, response, body);
    };
  });
  afterAll(async () => {
    await gateway.close();
    stub.close();
  });

  it('is asked once for all items that previews name, five accounts at a time, and for no other', async () => {
    const { data, errors } = await gateway.graphql(`{
      fundingAccounts {
        a: accountHolderDataPreview(items: [NAME]) { name emailAddress }
        b: accountHolderDataPreview(items: [NAME, NAME]) { missing }
        c: accountHolderDataPreview(items: [EMAIL_ADDRESS, NAME]) { emailAddress }
        d: accountHolderDataPreview(items: [NAME, EMAIL_ADDRESS]) { name }
        e: accountHolderDataPreview(items: []) { name }
      }
    }`);
    expect(errors).toBeUndefined();
    expect(data.fundingAccounts).toHaveLength(7);
    expect(data.fundingAccounts[6]).toEqual({
      a: { name: 'S•••n A••••r', emailAddress: null },
      b: { missing: [] },
      c: { emailAddress: 's•••@m•••.example' },
      d: { name: 'S•••n A••••r' },
      e: { name: null },
    });
    expect(bodies.map(({ ids, accountHolderData }) => `${ids.join()}: ${accountHolderData.join()}`)).toEqual([
      'card-1,card-2,card-3,card-4,card-5: NAME,EMAIL_ADDRESS',
      'card-6,card-7: NAME,EMAIL_ADDRESS',
    ]);
  });

  it('lets no item of one preview shape that of another: a push of the phone alone would not have it either', async () => {
    stub.data = (request, response, body) => {
      const { ids, accountHolderData: items } = JSON.parse(body);
      const known = {
        ADDRESS: { accountHolderAddress: { city: 'Lowmere', country: 'GBR' } },
        MOBILE_PHONE_NUMBER: { accountHolderMobilePhoneNumber: '07700 900123' },
      };
      const accountHolderData = Object.assign({}, ...items.map((item: keyof typeof known) => known[item]));
      const fundingAccounts = ids.map((id: string) => ({ ...CARD_DATA, id, accountHolderData }));
      answerJson({ fundingAccounts })(request, response, body);
    };
    const { data } = await gateway.graphql(`{
      fundingAccounts {
        phone: accountHolderDataPreview(items: [MOBILE_PHONE_NUMBER]) { missing }
        address: accountHolderDataPreview(items: [ADDRESS]) { missing }
        both: accountHolderDataPreview(items: [ADDRESS, MOBILE_PHONE_NUMBER]) { missing }
      }
    }`);
    expect(data.fundingAccounts[0]).toEqual({
      phone: { missing: ['MOBILE_PHONE_NUMBER'] },
      address: { missing: [] },
      both: { missing: [] },
    });
  });

  it('is not asked when no item was asked for', async () => {
    const { data } = await gateway.graphql(PREVIEW, { items: [] });
    expect(data.fundingAccounts).toHaveLength(7);
    expect(bodies).toEqual([]);
  });

  it('is asked anew by the next request', async () => {
    for (const _ of [1, 2])
      await gateway.graphql('{ fundingAccounts { accountHolderDataPreview(items: [NAME]) { name } } }');
    expect(bodies).toHaveLength(4);
  });

  it('that does not answer takes the preview, and nothing else along', async () => {
    stub.data = answerJson({}, 500);
    const answer = await gateway.graphql(PREVIEW, { items: ['NAME'] });
    expect(new Set(codes(answer))).toEqual(new Set(['CARD_STORE_UNAVAILABLE']));
    expect(answer.data.fundingAccounts).toEqual(ids.map((id) => ({ id, accountHolderDataPreview: null })));
  });

  it('that has lost an account since it listed it has no data for it', async () => {
    stub.data = answerJson({ fundingAccounts: [] });
    const { data, errors } = await gateway.graphql(PREVIEW, { items: ['NAME'] });
    expect(errors).toBeUndefined();
    expect(data.fundingAccounts[0].accountHolderDataPreview).toMatchObject({ name: null, missing: ['NAME'] });
  });

  it('left no holder data and no card number in a log line', () => {
    expect(gateway.logs.join('\n')).not.toMatch(/Archer|susan@|5204740000000012/);
  });
});
