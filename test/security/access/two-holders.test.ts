/** Amir asks for Susan's things by every field of the schema that takes a name of one, and asks for everything: he gets nothing of hers. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type GraphQLArgument,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import { buildGatewaySchema } from '../../../src/schema/build-schema.js';
import { type GraphQLAnswer, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { SWALLOW } from '../../support/requestors.js';
import { everythingOf } from '../../support/schema/ways.js';

/** What can be named in a request. */
interface Things {
  readonly account: string;
  readonly push: string;
  readonly receipt: string;
  readonly cursor: string;
  readonly key: string;
}

type Question = readonly [query: string, variables: Readonly<Record<string, unknown>>];
/** How amir names a thing of hers; null: what is named there is nobody's. */
type Probe = ((things: Things, his: Things) => Question) | null;

const BACK = 'http://127.0.0.1:9/back';
const pushInput = (key: string, account: string) => ({
  idempotencyKey: key,
  tokenRequestorId: SWALLOW,
  fundingAccountIds: [account],
  callbackUrl: BACK,
});
const PUSH = 'mutation ($input: PushCardInput!) { pushCard(input: $input) $pushCard }';

/** By field and place, for every argument of the schema that is an ID or a text. `$name` stands for all fields of that root field. */
const PROBES: Readonly<Record<string, Probe>> = {
  'FundingAccount.eligibility(filter.name)': null,
  'FundingAccount.eligibility(tokenRequestorIds)': null,
  'FundingAccount.tokenRequestors(filter.name)': null,
  'Query.asset(id)': null,
  'Query.tokenRequestor(id)': null,
  'Query.tokenRequestors(filter.name)': null,
  'Mutation.pushCard(input.callbackUrl)': null,
  'Mutation.pushCard(input.locale)': null,
  'Mutation.pushCard(input.tokenRequestorId)': null,
  'Query.fundingAccounts(ids)': ({ account }) => [
    'query ($ids: [ID!]) { fundingAccounts(ids: $ids) $fundingAccounts }',
    { ids: [account] },
  ],
  'Query.tokenRequestors(fundingAccountIds)': ({ account }) => [
    'query ($ids: [ID!]) { tokenRequestors(fundingAccountIds: $ids) $tokenRequestors }',
    { ids: [account] },
  ],
  'Query.push(id)': ({ push }) => ['query ($id: ID!) { push(id: $id) $push }', { id: push }],
  'Query.pushes(after)': ({ cursor }) => [
    'query ($after: String) { pushes(after: $after) $pushes }',
    { after: cursor },
  ],
  'Mutation.pushCard(input.fundingAccountIds)': ({ account }) => [
    PUSH,
    { input: pushInput(randomUUID(), account) },
  ],
  // Under another's key, with what is his: a refusal, so that the answer is the same each time.
  'Mutation.pushCard(input.idempotencyKey)': ({ key }, his) => [
    PUSH,
    { input: { ...pushInput(key, his.account), tokenRequestorId: '50199999999' } },
  ],
  'Mutation.recordHandOff(pushId)': ({ push }) => [
    'mutation ($id: ID!) { recordHandOff(pushId: $id, platform: IOS) $recordHandOff }',
    { id: push },
  ],
  'Mutation.recordOutcome(pushId)': ({ push, account }) => [
    'mutation ($id: ID!, $outcomes: [AccountOutcomeInput!]!) { recordOutcome(pushId: $id, outcomes: $outcomes) $recordOutcome }',
    { id: push, outcomes: [{ fundingAccountId: account, outcome: 'DECLINED' }] },
  ],
  'Mutation.recordOutcome(outcomes.fundingAccountId)': ({ account }, his) => [
    'mutation ($id: ID!, $outcomes: [AccountOutcomeInput!]!) { recordOutcome(pushId: $id, outcomes: $outcomes) $recordOutcome }',
    { id: his.push, outcomes: [{ fundingAccountId: account, outcome: 'DECLINED' }] },
  ],
  'Mutation.recordPushCallback(pushId)': ({ push, receipt }) => [
    'mutation ($id: ID!, $url: String!) { recordPushCallback(pushId: $id, url: $url) $recordPushCallback }',
    { id: push, url: `${BACK}?results[${receipt}]=DECLINED` },
  ],
  'Mutation.recordPushCallback(url)': ({ receipt }, his) => [
    'mutation ($id: ID!, $url: String!) { recordPushCallback(pushId: $id, url: $url) $recordPushCallback }',
    { id: his.push, url: `${BACK}?results[${receipt}]=DECLINED` },
  ],
};

/** With these one document would cost too much; they are of requestors, which are everybody's. */
const DEAR = ['Asset.mediaContents', 'Eligibility.tokenRequestor', 'FundingAccount.tokenRequestors'];
/** Of the accounts of a push, what is asked of her accounts themselves as well. */
const DEAR_OF_A_PUSH = [...DEAR, 'FundingAccount.eligibility'];
const PREVIEW = 'accountHolderDataPreview(items: [NAME, ADDRESS, EMAIL_ADDRESS, MOBILE_PHONE_NUMBER])';
/** Words, and seconds, that two customers of one bank may have in common. */
const SHARED = new Set([
  ...['label', 'artUrl', 'country', '__typename', 'accountHolderText', 'message'],
  ...['createdAt', 'expiresAt'],
]);

let gateway: TestGateway;
let schema: GraphQLSchema;
let tokens: { readonly susan: string; readonly amir: string };
let hers: Things;
let his: Things;

beforeAll(async () => {
  gateway = await startTestGateway();
  schema = await buildGatewaySchema();
  tokens = { susan: await gateway.token('susan'), amir: await gateway.token('amir') };
  hers = await thingsOf('susan', 'card-1');
  his = await thingsOf('amir', 'card-11');
});
afterAll(() => gateway.close());

/** Each `$name` of a root field is all that can be asked below it. */
function ask(holder: 'susan' | 'amir', [query, variables]: Question): Promise<GraphQLAnswer> {
  const roots = { ...schema.getQueryType()?.getFields(), ...schema.getMutationType()?.getFields() };
  const full = query.replace(/\$(\w+)(?= })/, (_, name: string) => {
    const root = roots[name];
    if (root === undefined) throw new Error(`there is no ${name}`);
    const dear = name === 'fundingAccounts' ? DEAR : DEAR_OF_A_PUSH;
    return everythingOf(getNamedType(root.type), new Set(dear)).replaceAll(
      'accountHolderDataPreview(items: [])',
      PREVIEW,
    );
  });
  return gateway.graphql(full, variables, { token: tokens[holder] });
}

async function thingsOf(holder: 'susan' | 'amir', account: string): Promise<Things> {
  const key = randomUUID();
  const { data } = await ask(holder, [PUSH, { input: pushInput(key, account) }]);
  const receipt: string = data.pushCard.accounts[0].pushAccountReceipt;
  const pushes = await ask(holder, ['{ pushes { pageInfo { endCursor } } }', {}]);
  return { account, push: data.pushCard.id, receipt, cursor: pushes.data.pushes.pageInfo.endCursor, key };
}

/** By field and place: every ID and text that a request can hold. */
function placesOf(of: GraphQLSchema): string[] {
  const within = (argument: Pick<GraphQLArgument, 'name' | 'type'>, way: string): string[] => {
    const type = getNamedType(argument.type);
    const here = `${way}${argument.name}`;
    if (!isInputObjectType(type)) return type.name === 'ID' || type.name === 'String' ? [here] : [];
    return Object.values(type.getFields()).flatMap((field) => within(field, `${here}.`));
  };
  return Object.values(of.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith('__')
      ? Object.values(type.getFields()).flatMap((field) =>
          field.args
            .flatMap((argument) => within(argument, ''))
            .map((place) => `${type.name}.${field.name}(${place})`),
        )
      : [],
  );
}

/** All texts that an answer holds, but those that are alike for many. */
function textsIn(value: unknown, name = ''): string[] {
  if (typeof value === 'string')
    return SHARED.has(name) || /^[A-Z_]*$/.test(value) || value.length < 6 ? [] : [value];
  if (Array.isArray(value)) return value.flatMap((entry) => textsIn(entry, name));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => textsIn(entry, key));
}

const everything = (root: string): Question => [`{ ${root} $${root} }`, {}];
const herPush = (): Question => ['query ($id: ID!) { push(id: $id) $push }', { id: hers.push }];

/** All that is hers, and nobody else's. */
async function secrets(): Promise<readonly string[]> {
  const answers = [
    await ask('susan', everything('fundingAccounts')),
    await ask('susan', everything('pushes')),
    await ask('susan', herPush()),
  ];
  for (const { errors } of answers) expect(errors).toBeUndefined();
  const everybodys = await ask('susan', everything('tokenRequestors'));
  expect(everybodys.errors).toBeUndefined();
  const open = new Set(textsIn(everybodys.data));
  return [...new Set(answers.flatMap(({ data }) => textsIn(data)))].filter((text) => !open.has(text));
}

describe('of two account holders', () => {
  it('each place where a thing can be named is probed, or known to be nobody’s', () => {
    expect(placesOf(schema).sort()).toEqual(Object.keys(PROBES).sort());
  });

  it('there are secrets to be found: accounts, holder data, receipts, links, pushes', async () => {
    const found = await secrets();
    for (const text of ['card-1', hers.push, hers.receipt, hers.cursor]) expect(found).toContain(text);
    expect(found).toContain('S•••N A••••R');
    expect(found.some((text) => text.startsWith(`${gateway.simulatorUrl}/wallet/`))).toBe(true);
    expect(found.length).toBeGreaterThan(15);
  });

  it.each(Object.keys(PROBES).filter((place) => PROBES[place] !== null))(
    'amir learns nothing, and changes nothing, by %s',
    async (place) => {
      const probe = PROBES[place];
      if (!probe) return;
      const before = (await ask('susan', herPush())).text;
      const nobodys = {
        account: 'card-99',
        push: randomUUID(),
        receipt: `MCC-STL-${randomUUID().toUpperCase()}`,
        cursor: 'bm90aGluZw',
        key: randomUUID(),
      };
      const asked = await ask('amir', probe(hers, his));
      const blank = await ask('amir', probe(nobodys, his));
      expect(said(asked)).toBe(said(blank));
      for (const secret of await secrets()) {
        if (secret !== hers.account) expect(asked.text).not.toContain(`"${secret}"`);
      }
      expect((await ask('susan', herPush())).text).toBe(before);
    },
  );

  it('amir finds nothing of hers in all that he can ask for', async () => {
    const found = await secrets();
    const roots = Object.values(schema.getQueryType()?.getFields() ?? {});
    const open = roots.filter(({ args }) => args.every(({ type }) => !String(type).endsWith('!')));
    expect(open.map(({ name }) => name)).toEqual(expect.arrayContaining(['fundingAccounts', 'pushes']));
    for (const { name } of open) {
      const { errors, text } = await ask('amir', everything(name));
      expect([name, errors]).toEqual([name, undefined]);
      expect(found.filter((secret) => text.includes(`"${secret}"`))).toEqual([]);
    }
  });
});

/** Without what is new in each answer, and without the name that was asked for. */
function said({ text }: GraphQLAnswer): string {
  return text.replace(/"traceId":"\w+"/g, '').replace(/"card-(1|99)"/g, '"…"');
}
