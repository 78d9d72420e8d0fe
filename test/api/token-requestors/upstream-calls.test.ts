/** How often MDES is asked: counted by the simulator, from an empty cache. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningSimulator } from '../../../src/simulator/simulator.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { LARK } from '../../support/requestors.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';
import { simulatorEnvironment } from '../../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../../support/simulator/start-simulator.js';

describe('calls to MDES', () => {
  let simulator: RunningSimulator;
  let control: SimulatorControl;
  let gateway: TestGateway;
  let ranges: readonly string[];
  beforeEach(async () => {
    simulator = await startTestSimulator();
    control = new SimulatorControl(simulator.url);
    gateway = await startTestGateway(simulatorEnvironment(simulator));
    ranges = simulator.mdes.accountRanges;
  });
  afterEach(async () => {
    await gateway.close();
    await simulator.close();
  });

  const listed =
    'query ($r: [AccountRange!]) { tokenRequestors(accountRanges: $r) { id logo { svgUrl pngUrl } } }';

  it('tokenRequestors over 40 ranges is two calls, the same again none, logos as URLs none', async () => {
    const first = await gateway.graphql(listed, { r: ranges.slice(0, 40) });
    expect(first.errors).toBeUndefined();
    expect(
      first.data.tokenRequestors.filter(({ logo }: { logo: unknown }) => logo !== null).length,
    ).toBeGreaterThanOrEqual(24);
    const expected = { getEligibleTokenRequestors: 2, getAsset: 0, pushMultipleAccounts: 0 };
    expect(await control.calls()).toEqual(expected);
    expect((await gateway.graphql(listed, { r: ranges.slice(0, 40) })).data).toEqual(first.data);
    expect(await control.calls()).toEqual(expected);
  });

  it('eight aliases with overlapping ranges are one call', async () => {
    const aliases = Array.from({ length: 8 }, (_, i) => {
      const own = ranges.slice(i * 2, i * 2 + 6).map((range) => `"${range}"`);
      return `a${i}: tokenRequestors(accountRanges: [${own}]) { id }`;
    });
    const { data, errors } = await gateway.graphql(`{ ${aliases.join('\n')} }`);
    expect(errors).toBeUndefined();
    expect((await control.calls()).getEligibleTokenRequestors).toBe(1);
    expect(Object.values<unknown[]>(data).every((requestors) => requestors.length > 0)).toBe(true);
  });

  it('enabledAccountRanges has all ranges fetched, in two calls together with the range asked for', async () => {
    const query = (r: string) =>
      `{ tokenRequestors(accountRanges: ["${r}"]) { id enabledAccountRanges } fundingAccounts { tokenRequestors { id enabledAccountRanges } } }`;
    expect((await gateway.graphql(query(ranges[30] ?? ''))).errors).toBeUndefined();
    expect((await control.calls()).getEligibleTokenRequestors).toBe(Math.ceil(ranges.length / 25));
    expect((await gateway.graphql(query(ranges[31] ?? ''))).errors).toBeUndefined();
    expect((await control.calls()).getEligibleTokenRequestors).toBe(Math.ceil(ranges.length / 25));
  });

  it('nothing is asked for enabledAccountRanges where no requestor is, or the question is refused', async () => {
    for (const r of ['[]', '["999999999"]']) {
      await gateway.graphql(`{ tokenRequestors(accountRanges: ${r}) { enabledAccountRanges } }`);
    }
    expect((await control.calls()).getEligibleTokenRequestors).toBe(0);
  });

  it('fields that wait for the card store share one round with those that need not', async () => {
    const explicit = `tokenRequestors(accountRanges: ["${ranges[30]}"]) { id }`;
    const query = `{ x: ${explicit} mine: tokenRequestors { id } fundingAccounts { id tokenRequestors { id } } }`;
    expect((await gateway.graphql(query)).errors).toBeUndefined();
    expect((await control.calls()).getEligibleTokenRequestors).toBe(1);
  });

  it('a range without any requestor is remembered as well', async () => {
    const query = 'query ($r: [AccountRange!]) { tokenRequestors(accountRanges: $r) { id } }';
    for (let i = 0; i < 2; i++) {
      expect((await gateway.graphql(query, { r: ['530000000'] })).data).toEqual({ tokenRequestors: [] });
    }
    expect((await control.calls()).getEligibleTokenRequestors).toBe(1);
  });

  it('an answer with errors[] is not remembered', async () => {
    await control.fault('getEligibleTokenRequestors', 'errors');
    const query = '{ tokenRequestors { id } }';
    const refused = await gateway.graphql(query);
    expect(refused.data).toEqual({ tokenRequestors: null });
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryAfter: 5 });
    expect((await gateway.graphql(query)).data.tokenRequestors.length).toBeGreaterThan(12);
    expect((await control.calls()).getEligibleTokenRequestors).toBe(2);
  });

  it('a logo is fetched once, by whichever way it is asked for', async () => {
    const { data } = await gateway.graphql('{ tokenRequestors { logo { svgUrl pngUrl } } }');
    const { svgUrl, pngUrl } = data.tokenRequestors[0].logo;
    expect((await fetch(svgUrl)).status).toBe(200);
    expect((await fetch(pngUrl)).status).toBe(200);
    const id = new URL(svgUrl).pathname.replace('/assets/', '').replace('.svg', '');
    const query =
      'query ($id: ID!) { a: asset(id: $id) { id } b: asset(id: $id) { mediaContents { type } } }';
    expect((await gateway.graphql(query, { id })).errors).toBeUndefined();
    expect((await control.calls()).getAsset).toBe(1);
  });

  it('pushCard with three cards is one push', async () => {
    const query = `mutation ($input: PushCardInput!) {
      pushCard(input: $input) { ... on Push { status accounts { fundingAccountId pushAccountReceipt } } }
    }`;
    const fundingAccountIds = ['card-1', 'card-2', 'card-3'];
    const input = { idempotencyKey: randomUUID(), tokenRequestorId: LARK, fundingAccountIds };
    const { data } = await gateway.graphql(query, { input });
    expect(data.pushCard.status).toBe('READY');
    const receipts = data.pushCard.accounts.map(
      (one: { pushAccountReceipt: string }) => one.pushAccountReceipt,
    );
    expect(new Set(receipts).size).toBe(3);
    expect(await control.calls()).toEqual({
      getEligibleTokenRequestors: 1,
      getAsset: 0,
      pushMultipleAccounts: 1,
    });
  });

  it('many who ask for the same at once share the calls, for ranges and for a logo', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => gateway.graphql(listed, { r: ranges.slice(0, 40) })),
    );
    expect(answers.filter(({ errors }) => errors !== undefined)).toEqual([]);
    expect((await control.calls()).getEligibleTokenRequestors).toBe(2);
    const [{ svgUrl, pngUrl }] = answers.map(({ data }) => data.tokenRequestors[0].logo);
    const pictures = await Promise.all(
      Array.from({ length: 20 }, (_, i) => fetch(i % 2 === 0 ? svgUrl : pngUrl)),
    );
    expect(pictures.map(({ status }) => status)).toEqual(pictures.map(() => 200));
    expect((await control.calls()).getAsset).toBe(1);
  });
});
