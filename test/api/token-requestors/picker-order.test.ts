/** Token requestors come in the order of the reader's language. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rangeStart } from '../../../src/simulator/catalogue/account-ranges.js';
import { DEMO_ACCOUNTS } from '../../../src/simulator/demo/demo-accounts.js';
import { type RunningSimulator } from '../../../src/simulator/simulator.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { type CatalogueMdes, manyRanges, startCatalogueMdes } from '../../support/mdes/catalogue-mdes.js';
import { simulatorEnvironment } from '../../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../../support/simulator/start-simulator.js';
import { demoPicker, ids, LIST, type Listed, languages, OF_ACCOUNTS, shown } from './picker.js';

describe('a picker is given an order', () => {
  const { gateway, all, list } = demoPicker();

  it('by the shown name, the same for every way of asking', async () => {
    const collator = new Intl.Collator('en', { numeric: true });
    expect(shown(all())).toEqual(
      shown(
        [...all()].sort((a, b) => collator.compare(a.consumerFacingEntityName, b.consumerFacingEntityName)),
      ),
    );
    const susans = DEMO_ACCOUNTS.filter(({ accountHolder }) => accountHolder === 'susan');
    const ranges = susans.map(({ range }) => rangeStart(range));
    expect(ids(await list({ r: ranges }))).toEqual(ids(all()));
    expect(ids(await list({ r: ranges.reverse() }))).toEqual(ids(all()));
    const { data } = await gateway().graphql(OF_ACCOUNTS);
    for (const { tokenRequestors } of data.fundingAccounts) {
      const own = new Set(ids(tokenRequestors));
      expect(ids(tokenRequestors)).toEqual(ids(all()).filter((id) => own.has(id)));
    }
  });

  it.each([
    ['ar', 'محفظة الواحة'],
    ['el', 'Θάλασσα Αγορά'],
    ['ja', 'Aurora Band'],
    ['zh-Hant', 'Aurora Band'],
    ['pl;q=0.5, xx', 'Aurora Band'],
  ])('in %s as its dictionaries have it, %s first', async (accepted, first) => {
    const { compare } = new Intl.Collator(accepted.slice(0, 2), { numeric: true });
    const expected = shown(all()).sort(compare);
    const listed = shown(await list({}, languages(accepted)));
    expect(listed).toEqual(expected);
    expect(listed[0]).toBe(first);
  });

  it.each(['*', 'de_DE', 'x'.repeat(5000), ',;q=;;', 'sv;q=0'])(
    'in English when it says %#',
    async (accepted) => {
      expect(await list({}, languages(accepted))).toEqual(all());
    },
  );
});

describe('names that languages order differently', () => {
  let simulator: RunningSimulator;
  let mdes: CatalogueMdes;
  let gateway: TestGateway;
  const RANGES = manyRanges(3).split(',');
  beforeAll(async () => {
    // For its keys alone.
    simulator = await startTestSimulator();
    mdes = await startCatalogueMdes({
      '50100000009': 'Same',
      '50100000001': 'Zebra',
      '50100000002': 'Öl',
      '50100000003': 'Ärger',
      '50100000004': 'Apfel 10',
      '50100000005': 'Apfel 9',
      '50100000006': '中文钱包',
      '50100000007': 'محفظة',
      '50100000008': 'Same',
    });
    gateway = await startTestGateway({
      ...simulatorEnvironment(simulator),
      MDES_BASE_URL: mdes.fake.baseUrl,
      MDES_ACCOUNT_RANGES: RANGES.join(','),
    });
  });
  afterAll(async () => {
    await gateway.close();
    await mdes.close();
    await simulator.close();
  });

  async function order(accepted: string): Promise<string[]> {
    const { data, errors } = await gateway.graphql(LIST, { r: RANGES }, languages(accepted));
    expect(errors).toBeUndefined();
    expect(
      ids(data.tokenRequestors.filter((one: Listed) => one.consumerFacingEntityName === 'Same')),
    ).toEqual(['50100000008', '50100000009']);
    return shown(data.tokenRequestors);
  }

  it.each([
    ['sv', ['Apfel 9', 'Apfel 10', 'Same', 'Same', 'Zebra', 'Ärger', 'Öl', 'محفظة', '中文钱包']],
    ['de', ['Apfel 9', 'Apfel 10', 'Ärger', 'Öl', 'Same', 'Same', 'Zebra', 'محفظة', '中文钱包']],
    [
      'de-CH;q=0.9, sv;q=0.1',
      ['Apfel 9', 'Apfel 10', 'Ärger', 'Öl', 'Same', 'Same', 'Zebra', 'محفظة', '中文钱包'],
    ],
    ['ar', ['محفظة', 'Apfel 9', 'Apfel 10', 'Ärger', 'Öl', 'Same', 'Same', 'Zebra', '中文钱包']],
    ['zh-CN', ['中文钱包', 'Apfel 9', 'Apfel 10', 'Ärger', 'Öl', 'Same', 'Same', 'Zebra', 'محفظة']],
  ])('come in the order of %s', async (accepted, expected) => {
    expect(await order(accepted)).toEqual(expected);
  });
});
