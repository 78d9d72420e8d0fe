/** The documents that front ends already send work as they stand. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { codes, startTestGateway, type TestGateway } from '../support/gateway.js';
import { LARK } from '../support/requestors.js';

const DOCUMENTS = readFileSync(new URL('../../src/client/operations.graphql', import.meta.url), 'utf8');

describe('the documents of operations.graphql', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  async function run(operationName: string, variables: Readonly<Record<string, unknown>> = {}) {
    const token = await gateway.token('susan');
    const answer = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: DOCUMENTS, operationName, variables }),
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
    const json = (await answer.json()) as { data: Record<string, unknown>; errors?: unknown };
    expect(json.errors).toBeUndefined();
    return json.data;
  }

  it('TokenRequestors gives the wallets and merchants for the account holder, each with a logo', async () => {
    const { tokenRequestors } = (await run('TokenRequestors')) as {
      tokenRequestors: Record<string, unknown>[];
    };
    expect(tokenRequestors.length).toBeGreaterThanOrEqual(20);
    expect(tokenRequestors.find(({ id }) => id === LARK)).toMatchObject({
      consumerFacingEntityName: 'Lark Wallet',
      type: 'WALLET',
      enabledAccountRanges: expect.arrayContaining(['5204740000000000000']),
      supportedPushMethods: ['ANDROID', 'IOS', 'WEB'],
      supportsMultiplePushedCards: true,
      supportsCardHolderAuthentication: false,
      supportsIssuerInitiatedDigitizationData: true,
      logo: { svgUrl: expect.stringMatching(/\.svg$/), pngUrl: expect.stringMatching(/\.png$/) },
    });
  });

  it('TokenRequestors takes ranges in any spelling and answers with 19 digits', async () => {
    const accountRanges = ['520474000', '5204740000000000000', '5413339000'];
    const { tokenRequestors } = (await run('TokenRequestors', { accountRanges })) as {
      tokenRequestors: { enabledAccountRanges: string[] }[];
    };
    const asked = ['5204740000000000000', '5413339000000000000'];
    for (const { enabledAccountRanges } of tokenRequestors) {
      expect(asked.some((range) => enabledAccountRanges.includes(range))).toBe(true);
      expect(enabledAccountRanges.every((range) => /^\d{19}$/.test(range))).toBe(true);
    }
    expect(await run('TokenRequestors', { accountRanges: [] })).toEqual({ tokenRequestors: [] });
  });

  it('TokenRequestor gives one, and null when there is none', async () => {
    expect(await run('TokenRequestor', { id: LARK })).toMatchObject({
      tokenRequestor: { id: LARK, type: 'WALLET' },
    });
    expect(await run('TokenRequestor', { id: '59999999999' })).toEqual({ tokenRequestor: null });
    expect(await run('TokenRequestor', { id: 'x' })).toEqual({ tokenRequestor: null });
  });

  it('Asset gives a logo as SVG and PNG, the same bytes as its URLs', async () => {
    const { tokenRequestors } = (await run('TokenRequestors')) as {
      tokenRequestors: { logo: { id: string } }[];
    };
    const id = tokenRequestors[0]?.logo.id ?? '';
    const { asset } = (await run('Asset', { id })) as {
      asset: {
        svgUrl: string;
        pngUrl: string;
        mediaContents: { type: string; data: string; width: number | null; height: number | null }[];
      };
    };
    const svg = asset.mediaContents.find(({ type }) => type === 'image/svg+xml');
    const png = asset.mediaContents.find(({ type }) => type === 'image/png');
    expect(svg).toMatchObject({ width: null, height: null });
    expect(png).toMatchObject({ width: 192, height: 192 });
    for (const [url, content] of [
      [asset.svgUrl, svg],
      [asset.pngUrl, png],
    ] as const) {
      const served = await fetch(url);
      expect(served.headers.get('content-type')).toBe(content?.type);
      expect(Buffer.from(await served.arrayBuffer()).toString('base64')).toBe(content?.data);
    }
    expect(await run('Asset', { id: '00000000-0000-4000-8000-000000000000' })).toEqual({ asset: null });
    expect(await run('Asset', { id: '../secrets' })).toEqual({ asset: null });
  });

  it('FundingAccounts gives cards and a financial account, each with what it can be pushed to', async () => {
    const { fundingAccounts } = (await run('FundingAccounts')) as {
      fundingAccounts: { id: string; kind: string; tokenRequestors: unknown[] }[];
    };
    expect(fundingAccounts.map(({ id, kind }) => [id, kind])).toEqual([
      ['card-1', 'CARD'],
      ['card-2', 'CARD'],
      ['card-3', 'CARD'],
      ['account-1', 'FINANCIAL_ACCOUNT'],
    ]);
    expect(fundingAccounts.every(({ tokenRequestors }) => tokenRequestors.length > 12)).toBe(true);
  });

  it('PushCard pushes, and Push finds it again, for its owner only', async () => {
    const input = {
      idempotencyKey: '6f0c1f2e-operations',
      tokenRequestorId: LARK,
      fundingAccountIds: ['card-1'],
      requestIssuerInitiatedDigitizationData: true,
      callbackUrl: 'http://127.0.0.1:3000/back',
      locale: 'en_US',
      platform: 'IOS',
      accountHolderData: ['NAME'],
      pushAccountReceiptsValidityPeriod: 15,
    };
    const { pushCard } = (await run('PushCard', { input })) as {
      pushCard: { __typename: string; id: string };
    };
    expect(pushCard).toMatchObject({
      __typename: 'Push',
      status: 'READY',
      tokenRequestor: { id: LARK },
      handOffs: [{ platform: 'WEB', url: expect.stringContaining(`/wallet/${LARK}/add?data=`) }],
      accounts: [{ fundingAccountId: 'card-1', lastFour: '0012', outcome: null, refusal: null }],
    });
    const { __typename: _, ...fields } = pushCard;
    expect(await run('Push', { id: pushCard.id })).toEqual({ push: fields });
    const query = 'query Push($id: ID!) { push(id: $id) { id } }';
    const asAmir = { token: await gateway.token('amir') };
    expect((await gateway.graphql(query, { id: pushCard.id }, asAmir)).data).toEqual({ push: null });
    expect(codes(await gateway.graphql(query, { id: pushCard.id }, { token: null }))).toEqual([
      'UNAUTHENTICATED',
    ]);
  });
});
