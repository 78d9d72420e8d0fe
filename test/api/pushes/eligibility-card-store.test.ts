/** What eligibility asks of the issuer's card store, and what becomes of it when that is away. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { codes, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { answerJson, type CardStoreStub, startCardStoreStub } from '../../support/issuer/card-store-stub.js';
import { detailed, listed } from '../../support/issuer/own-card-store.js';
import { ENABLED_RANGE } from '../../support/push/requestor-table.js';

interface Judged {
  readonly refusal: { readonly code: string } | null;
}

describe("the bank's card store", () => {
  const card = { accountHolder: 'susan', range: ENABLED_RANGE, accountNumber: '5204740000000012' };
  const holder = {
    accountHolderName: 'SUSAN ARCHER',
    accountHolderEmailAddress: 'susan.archer@mail.example',
  };
  const five = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ ...card, id, holder }));
  const inactive = [
    { ...card, id: 'suspended', status: 'SUSPENDED' as const, holder },
    { ...card, id: 'closed', status: 'CLOSED' as const, holder },
  ];
  let stub: CardStoreStub;
  let gateway: TestGateway;
  let orders: { ids: string[]; accountHolderData: string[] }[];
  beforeAll(async () => {
    stub = await startCardStoreStub();
    gateway = await startTestGateway({ EXPLORER: 'off', ...stub.environment });
  });
  beforeEach(() => {
    stub.reset();
    orders = [];
    const known = [...five, ...inactive];
    stub.list = answerJson({ fundingAccounts: known.map((one) => listed(one)) });
    stub.data = (request, response, body) => {
      const order = JSON.parse(body);
      orders.push(order);
      const wanted = known.filter(({ id }) => order.ids.includes(id));
      const fundingAccounts = wanted.map((one) => detailed(one, order.accountHolderData));
      answerJson({ fundingAccounts })(request, response, body);
    };
  });
  afterAll(async () => {
    await gateway.close();
    stub.close();
  });

  const EVERYTHING = `{
    fundingAccounts {
      id
      eligibility { status }
      withName: eligibility(accountHolderData: [NAME]) { status refusal { code } }
      withAll: eligibility(platform: IOS, accountHolderData: [EMAIL_ADDRESS, MOBILE_PHONE_NUMBER]) {
        status refusal { code fundingAccountIds }
      }
      accountHolderDataPreview(items: [NAME]) { name emailAddress missing }
    }
  }`;

  it('is asked once for all active accounts, whatever sets of items a document wants of them', async () => {
    const { errors, data } = await gateway.graphql(
      EVERYTHING.replace('accountHolderDataPreview(items: [NAME]) { name emailAddress missing }', ''),
    );
    expect(errors).toBeUndefined();
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const accountHolderData = ['NAME', 'EMAIL_ADDRESS', 'MOBILE_PHONE_NUMBER'];
    expect(orders).toEqual([{ accountHolder: 'susan', ids, accountHolderData }]);
    for (const { id, withAll } of data.fundingAccounts.slice(0, 5)) {
      const missing = { code: 'ACCOUNT_HOLDER_DATA_MISSING', fundingAccountIds: [id] };
      const takers = withAll.filter((one: Judged) => one.refusal?.code === missing.code);
      expect(takers.length).toBeGreaterThan(0);
      for (const { refusal } of takers) expect(refusal).toEqual(missing);
    }
  });

  it('is asked for previews of the same items in the same request', async () => {
    const { errors, data } = await gateway.graphql(EVERYTHING);
    expect(errors).toBeUndefined();
    // The preview looks at the inactive ones too.
    expect(orders.map(({ ids, accountHolderData }) => [ids.join(), accountHolderData.join()])).toEqual([
      ['a,b,c,d,e', 'NAME,EMAIL_ADDRESS,MOBILE_PHONE_NUMBER'],
      ['suspended,closed', 'NAME'],
    ]);
    for (const { accountHolderDataPreview } of data.fundingAccounts) {
      expect(accountHolderDataPreview).toEqual({ name: 'S•••N A••••R', emailAddress: null, missing: [] });
    }
  });

  it('is told by each of 15 aliases what a push with its items would be, and asked once for all', async () => {
    const sets = Array.from({ length: 15 }, (_, bits) =>
      ['NAME', 'ADDRESS', 'EMAIL_ADDRESS', 'MOBILE_PHONE_NUMBER'].filter((_item, bit) => bits & (1 << bit)),
    );
    // A national number, which only an address of a country makes one that can be sent.
    const away = {
      ...holder,
      accountHolderAddress: { country: 'GBR' },
      accountHolderMobilePhoneNumber: '07700 900123',
    };
    const one = { ...card, id: 'a', holder: away };
    stub.list = answerJson({ fundingAccounts: [listed(one)] });
    stub.data = (request, response, body) => {
      const order = JSON.parse(body);
      orders.push(order);
      answerJson({ fundingAccounts: [detailed(one, order.accountHolderData)] })(request, response, body);
    };
    const previews = sets.map(
      (set, index) => `p${index}: accountHolderDataPreview(items: [${set}]) { missing }`,
    );
    const { errors, data } = await gateway.graphql(`{ fundingAccounts { ${previews.join(' ')} } }`);
    expect(errors).toBeUndefined();
    expect(orders.map(({ accountHolderData }) => accountHolderData)).toEqual([
      ['NAME', 'ADDRESS', 'EMAIL_ADDRESS', 'MOBILE_PHONE_NUMBER'],
    ]);
    for (const [index, set] of sets.entries()) {
      const isLost = set.includes('MOBILE_PHONE_NUMBER') && !set.includes('ADDRESS');
      const missing = isLost ? ['MOBILE_PHONE_NUMBER'] : [];
      expect([set, data.fundingAccounts[0][`p${index}`]]).toEqual([set, { missing }]);
    }
  });

  it('that tells the expiry in its list is asked for no number, unless holder data is named', async () => {
    const known = [
      ...five.slice(0, 2).map((one) => ({ ...one, tellsExpiry: true })),
      { ...card, id: 'expired', holder, tellsExpiry: true, expiryYear: '24' },
    ];
    stub.list = answerJson({
      fundingAccounts: [
        ...known.map((one) => listed(one)),
        { ...listed({ ...card, id: 'endless' }), expiryMonth: null, expiryYear: null },
        listed({
          id: 'bank',
          accountHolder: 'susan',
          range: ENABLED_RANGE,
          financialAccountId: 'GB00MOON0001',
        }),
      ],
    });
    const { errors, data } = await gateway.graphql(
      '{ fundingAccounts { id tokenRequestors { id } eligibility { status refusal { code fundingAccountIds } } } }',
    );
    expect(errors).toBeUndefined();
    expect(orders).toEqual([]);
    const refusal = { code: 'FUNDING_ACCOUNT_EXPIRED', fundingAccountIds: ['expired'] };
    for (const { id, eligibility } of data.fundingAccounts) {
      const judged = eligibility.filter((one: Judged) => one.refusal?.code !== 'PLATFORM_NOT_SUPPORTED');
      expect(judged.length).toBeGreaterThan(10);
      for (const one of judged) {
        if (one.refusal?.code === 'ACCOUNT_RANGE_NOT_ENABLED') continue;
        const over = { status: 'NOT_ELIGIBLE', refusal };
        expect([id, one]).toEqual([id, id === 'expired' ? over : { status: 'ELIGIBLE', refusal: null }]);
      }
    }
    await gateway.graphql('{ fundingAccounts { eligibility(accountHolderData: [NAME]) { status } } }');
    expect(orders.map(({ ids }) => ids)).toEqual([['a', 'b', 'endless', 'bank']]);
  });

  it('is not asked for any holder data where none is named', async () => {
    await gateway.graphql('{ fundingAccounts { eligibility { status } } }');
    expect(orders.map(({ accountHolderData }) => accountHolderData)).toEqual([[]]);
  });

  it('is not asked for data at all where eligibility is not', async () => {
    await gateway.graphql(
      '{ fundingAccounts { tokenRequestors { id } accountHolderDataPreview(items: []) { name } } }',
    );
    expect(orders).toEqual([]);
  });

  it('that is away takes only the accounts along whose data would decide', async () => {
    stub.data = answerJson({}, 500);
    const answer = await gateway.graphql(
      '{ fundingAccounts { id eligibility { status refusal { code } } } }',
    );
    expect(codes(answer)).toEqual(Array(5).fill('CARD_STORE_UNAVAILABLE'));
    for (const { id, eligibility } of answer.data.fundingAccounts) {
      if (five.some((one) => one.id === id)) expect(eligibility).toBeNull();
      else {
        expect(eligibility.length).toBeGreaterThan(10);
        for (const { refusal } of eligibility) expect(refusal.code).toBe('FUNDING_ACCOUNT_NOT_ACTIVE');
      }
    }
  });

  it('hands out numbers that are never shown nor logged, however loudly we log', async () => {
    const { text } = await gateway.graphql(EVERYTHING);
    const everything = [text, ...gateway.logs].join('\n');
    expect(everything).not.toContain(card.accountNumber);
    expect(everything).not.toContain('archer@mail');
    expect(everything).not.toContain('SUSAN ARCHER');
  });
});
