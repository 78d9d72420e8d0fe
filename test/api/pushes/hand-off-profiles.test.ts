/** Digitization data goes over as the operators have described it: by link and encoding, or by the wallet's SDK. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../../src/config/config.js';
import { type RunningSimulator } from '../../../src/simulator/simulator.js';
import { configFaults } from '../../support/config-faults.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { LARK, PEBBLE, TIDAL } from '../../support/requestors.js';
import { simulatorEnvironment } from '../../support/simulator/simulator-environment.js';
import { sendForm } from '../../support/simulator/simulator-wallets.js';
import { startTestSimulator } from '../../support/simulator/start-simulator.js';

const FIELDS = `id status
  accounts { fundingAccountId issuerInitiatedDigitizationData outcome }
  handOffs { platform url recommended fundingAccountId }
  nextStep {
    __typename
    ... on OpenUrlStep { url platform }
    ... on DigitizationDataStep { sdk accounts { fundingAccountId pushAccountReceipt issuerInitiatedDigitizationData } links { platform fundingAccountId } }
    ... on WaitStep { askAgainAfter }
    ... on DoneStep { followUp }
  }`;
const PUSH = `mutation ($input: PushCardInput!) { pushCard(input: $input) { ... on Push { ${FIELDS} } ... on PushRefusal { code } } }`;
const OUTCOME = `mutation ($id: ID!, $outcomes: [AccountOutcomeInput!]!) { recordOutcome(pushId: $id, outcomes: $outcomes) { ${FIELDS} } }`;
const HAND_OFF = `mutation ($id: ID!, $platform: Platform!) { recordHandOff(pushId: $id, platform: $platform) { ${FIELDS} } }`;
const READ = `query ($id: ID!) { push(id: $id) { ${FIELDS} } }`;

interface Tracked {
  readonly id: string;
  readonly accounts: readonly {
    readonly fundingAccountId: string;
    readonly issuerInitiatedDigitizationData: string;
  }[];
  readonly handOffs: readonly HandOff[];
  readonly nextStep: unknown;
}
interface HandOff {
  readonly platform: string;
  readonly url: string;
  readonly recommended: boolean;
  readonly fundingAccountId: string | null;
}

describe('a push with digitization data', () => {
  let mdes: RunningSimulator;
  let gateway: TestGateway;
  const folder = mkdtempSync(join(tmpdir(), 'profiles-'));
  beforeAll(async () => {
    mdes = await startTestSimulator();
    const file = join(folder, 'profiles.json');
    const link = `${mdes.url}/wallet/${LARK}/add`;
    writeFileSync(
      file,
      JSON.stringify({
        [LARK]: {
          WEB: { link, parameter: 'data' },
          IOS: { link: `${link}?from=app`, parameter: 'data', encoding: 'BASE64URL' },
          ANDROID: { sdk: 'LarkProvisioning' },
        },
        [PEBBLE]: {
          IOS: { link: 'pebblepay://add?', parameter: 'payload', encoding: 'JSON' },
          ANDROID: { link: 'pebblepay://add#top', parameter: 'payload', encoding: 'HEX' },
        },
      }),
    );
    gateway = await startTestGateway({ ...simulatorEnvironment(mdes), HAND_OFF_PROFILES: file });
  });
  afterAll(async () => {
    await gateway.close();
    await mdes.close();
    rmSync(folder, { recursive: true });
  });

  async function push(input: Readonly<Record<string, unknown>> = {}): Promise<Tracked> {
    const defaults = {
      idempotencyKey: randomUUID(),
      tokenRequestorId: LARK,
      fundingAccountIds: ['card-1'],
      requestIssuerInitiatedDigitizationData: true,
    };
    const { data, errors } = await gateway.graphql(PUSH, { input: { ...defaults, ...input } });
    expect(errors).toBeUndefined();
    return data.pushCard;
  }
  const on = ({ handOffs }: Tracked, platform: string) => handOffs.find((one) => one.platform === platform);
  const dataOf = ({ accounts }: Tracked, index = 0) =>
    accounts[index]?.issuerInitiatedDigitizationData ?? 'there is none';

  it.each(['WEB', 'IOS'])(
    'goes over by the link for %s, which the wallet reads, and ends as the app reports',
    async (platform) => {
      const pushed = await push({ platform });
      const handOff = on(pushed, platform);
      expect(handOff).toMatchObject({ recommended: true, fundingAccountId: 'card-1' });
      await gateway.graphql(HAND_OFF, { id: pushed.id, platform });
      const url = new URL(handOff?.url ?? '');
      expect((await fetch(url)).status).toBe(200);
      const page = await (await sendForm(url, [['decision', 'needs-activation']])).text();
      const result = /<b id="result">([A-Z_]+)<\/b>/.exec(page)?.[1];
      expect(result).toBe('REQUIRE_ADDITIONAL_AUTHENTICATION');
      const report = async (outcome: unknown) => {
        const outcomes = [{ fundingAccountId: 'card-1', outcome }];
        return (await gateway.graphql(OUTCOME, { id: pushed.id, outcomes })).data.recordOutcome.status;
      };
      expect(await report(result)).toBe('ACTION_REQUIRED');
      expect(await report('APPROVED')).toBe('COMPLETED');
    },
  );

  it('stands in each link in the encoding of its profile, encoded once, beside what the link holds', async () => {
    const pushed = await push();
    const base64 = dataOf(pushed);
    const ios = new URL(on(pushed, 'IOS')?.url ?? '').searchParams;
    expect(ios.get('from')).toBe('app');
    expect(ios.get('data')).toBe(Buffer.from(base64, 'base64').toString('base64url'));
    expect(new URL(on(pushed, 'WEB')?.url ?? '').searchParams.get('data')).toBe(base64);

    const pebble = await push({ tokenRequestorId: PEBBLE });
    const clear = Buffer.from(dataOf(pebble), 'base64').toString('utf8');
    expect(on(pebble, 'IOS')?.url).toBe(`pebblepay://add?payload=${encodeURIComponent(clear)}`);
    const hex = Buffer.from(clear).toString('hex');
    expect(on(pebble, 'ANDROID')?.url).toBe(`pebblepay://add?payload=${hex}#top`);
    expect(JSON.parse(clear)).toHaveProperty('fundingAccountInfo.pushAccountReceipt');
  });

  it('has a link per account and platform, each with the data of that account', async () => {
    const pushed = await push({ fundingAccountIds: ['card-2', 'card-1'], platform: 'IOS' });
    expect(
      pushed.handOffs.map(({ platform, fundingAccountId, recommended }) => [
        platform,
        fundingAccountId,
        recommended,
      ]),
    ).toEqual([
      ['IOS', 'card-2', true],
      ['WEB', 'card-2', false],
      ['IOS', 'card-1', true],
      ['WEB', 'card-1', false],
    ]);
    for (const [index, { fundingAccountId }] of pushed.accounts.entries()) {
      const web = pushed.handOffs.find(
        (one) => one.platform === 'WEB' && one.fundingAccountId === fundingAccountId,
      );
      expect(new URL(web?.url ?? '').searchParams.get('data')).toBe(dataOf(pushed, index));
    }
  });

  it('names the SDK of the platform, recommends no link beside it, and has all cards in one step', async () => {
    const pushed = await push({ platform: 'ANDROID', fundingAccountIds: ['card-1', 'card-2'] });
    expect(pushed.handOffs.map(({ platform, recommended }) => [platform, recommended])).toEqual([
      ['IOS', false],
      ['WEB', false],
      ['IOS', false],
      ['WEB', false],
    ]);
    const accounts = ['card-1', 'card-2'].map((fundingAccountId, index) => ({
      fundingAccountId,
      pushAccountReceipt: expect.any(String),
      issuerInitiatedDigitizationData: dataOf(pushed, index),
    }));
    const step = { __typename: 'DigitizationDataStep', sdk: 'LarkProvisioning', links: [] };
    expect(pushed.nextStep).toEqual({ ...step, accounts });
    const [, second] = accounts;
    const outcomes = [{ fundingAccountId: 'card-1', outcome: 'APPROVED' }];
    const { data } = await gateway.graphql(OUTCOME, { id: pushed.id, outcomes });
    expect(data.recordOutcome.nextStep).toEqual({ ...step, accounts: [second] });
  });

  it('has the one link of a single card as the URL to open, and those of several beside their data', async () => {
    const one = await push({ platform: 'IOS' });
    expect(one.nextStep).toEqual({ __typename: 'OpenUrlStep', url: on(one, 'IOS')?.url, platform: 'IOS' });
    const two = await push({ platform: 'IOS', fundingAccountIds: ['card-1', 'card-2'] });
    expect(two.nextStep).toMatchObject({
      sdk: null,
      accounts: [{ fundingAccountId: 'card-1' }, { fundingAccountId: 'card-2' }],
      links: [
        { platform: 'IOS', fundingAccountId: 'card-1' },
        { platform: 'IOS', fundingAccountId: 'card-2' },
      ],
    });
    const nobodys = await push({ tokenRequestorId: TIDAL, platform: 'IOS' });
    expect(nobodys.nextStep).toMatchObject({ __typename: 'DigitizationDataStep', sdk: null, links: [] });
  });

  it('has no link where there is no profile, and where nobody asked for the data no link of a profile', async () => {
    const without = await push({ tokenRequestorId: TIDAL });
    expect(without.handOffs).toEqual([]);
    expect(dataOf(without)).toMatch(/^[A-Za-z0-9+/]+=*$/);
    const redirect = await push({ requestIssuerInitiatedDigitizationData: false });
    expect(redirect.handOffs.map(({ url }) => new URL(url).pathname)).toEqual(
      Array.from({ length: 3 }, () => `/wallet/${LARK}/push`),
    );
    expect(redirect.handOffs.every(({ fundingAccountId }) => fundingAccountId === null)).toBe(true);
  });

  it('has the same links for the same key, and when it is read again', async () => {
    const input = { idempotencyKey: randomUUID(), platform: 'WEB' };
    const first = await push(input);
    expect(await push(input)).toEqual(first);
    expect((await gateway.graphql(READ, { id: first.id })).data.push).toEqual(first);
  });

  it('leaves neither data nor link in the log, at level trace', () => {
    const log = gateway.logs.join('\n');
    expect(log).toContain('push.ended');
    expect(log).not.toMatch(/STL-[0-9A-F]|eyJ|pebblepay:|\/wallet\//);
  });
});

describe('HAND_OFF_PROFILES', () => {
  const folder = mkdtempSync(join(tmpdir(), 'profiles-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const good = { [LARK]: { IOS: { link: 'lark://add', parameter: 'data' } } };

  it('may be absent, the file’s path, the JSON itself, or the file of HAND_OFF_PROFILES_FILE', async () => {
    const file = join(folder, 'good.json');
    writeFileSync(file, `\n${JSON.stringify(good, undefined, 2)}\n`);
    expect((await readConfig({})).handOffProfiles).toBeNull();
    for (const environment of [
      { HAND_OFF_PROFILES: file },
      { HAND_OFF_PROFILES: JSON.stringify(good) },
      { HAND_OFF_PROFILES_FILE: file },
    ]) {
      expect((await readConfig(environment)).handOffProfiles?.get(LARK)?.IOS).toEqual({
        link: 'lark://add',
        parameter: 'data',
        encoding: 'BASE64',
      });
    }
  });

  it.each([
    ['a file that is not there', '/nowhere/profiles.json', 'ENOENT'],
    ['a folder', '/', 'EISDIR'],
    ['broken JSON', '{"50130000001":', 'it is not JSON'],
    ['no id', '{"lark":{"IOS":{"sdk":"Lark"}}}', 'lark: must be a token requestor id'],
    [
      'a script for a link',
      '{"50130000001":{"IOS":{"link":"javascript://alert(1)","parameter":"d"}}}',
      '50130000001.IOS.link: must be an https:// link',
    ],
    [
      'a template for a link',
      '{"50130000001":{"IOS":{"template":"lark://add?data={data}"}}}',
      '50130000001.IOS',
    ],
    [
      'an encoding of nobody',
      '{"50130000001":{"IOS":{"link":"lark://add","parameter":"d","encoding":"ROT13"}}}',
      '50130000001.IOS.encoding',
    ],
  ])('with %s is one fault among the others, and says what and where', async (_what, setting, why) => {
    const found = await configFaults({ HAND_OFF_PROFILES: setting, PORT: 'x' });
    expect(found).toHaveLength(2);
    const fault = found.find((text) => text.startsWith('HAND_OFF_PROFILES must name a JSON file'));
    expect(fault).toContain(why);
  });
});
