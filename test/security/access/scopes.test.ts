/** Scopes over HTTP: each field of the roots for who holds its scope and for nobody else, kept answers included. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GraphQLSchema, getNamedType } from 'graphql';
import { SCOPES, type Scope } from '../../../src/domain/grant.js';
import { SCOPE_OF_FIELD } from '../../../src/schema/access/scopes.js';
import { buildGatewaySchema } from '../../../src/schema/build-schema.js';
import { codes, type GraphQLAnswer, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { LARK } from '../../support/requestors.js';
import { call, everythingOf } from '../../support/schema/ways.js';
import { eventually } from '../../support/shared-cache.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';

const CHALLENGE = 'Bearer realm="token-connect-gateway", error="insufficient_scope"';
const PUSH =
  'mutation ($key: String!) { pushCard(input: { idempotencyKey: $key, tokenRequestorId: "50130000001", fundingAccountIds: ["card-1"] })';

/** With these one document would cost too much. */
const DEAR = new Set(['Asset.mediaContents', 'Eligibility.tokenRequestor', 'FundingAccount.tokenRequestors']);
const DEAR_OF_A_PUSH = new Set([...DEAR, 'FundingAccount.eligibility']);

let gateway: TestGateway;
let schema: GraphQLSchema;
const tokens = new Map<string, Promise<string>>();
beforeAll(async () => {
  gateway = await startTestGateway();
  schema = await buildGatewaySchema();
});
afterAll(() => gateway.close());

async function demoToken(scope: string): Promise<string> {
  const wish = new URLSearchParams({ sub: 'susan', scope });
  const answer = await fetch(`${gateway.url}/demo/token?${wish}`);
  return ((await answer.json()) as { readonly access_token: string }).access_token;
}
function tokenOf(...scopes: readonly string[]): Promise<string> {
  const scope = scopes.join(' ');
  const token = tokens.get(scope) ?? demoToken(scope);
  tokens.set(scope, token);
  return token;
}
async function ask(
  scopes: readonly string[],
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<GraphQLAnswer> {
  return gateway.graphql(query, variables, { token: await tokenOf(...scopes) });
}
const allBut = (...scopes: readonly Scope[]) => SCOPES.filter((scope) => !scopes.includes(scope));
const pushes = async () => (await new SimulatorControl(gateway.simulatorUrl).calls()).pushMultipleAccounts;

describe('each field of the roots', () => {
  const roots = () =>
    [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.values(type?.getFields() ?? {}).map((field) => ({
        name: field.name,
        scope: SCOPE_OF_FIELD[`${type?.name}.${field.name}`] as Scope,
        text: (selection: string) =>
          `${type?.name === 'Query' ? 'query' : 'mutation'} { ${call(field)} ${selection} }`,
        everything: everythingOf(
          getNamedType(field.type),
          field.name === 'fundingAccounts' ? DEAR : DEAR_OF_A_PUSH,
        ),
      })),
    );

  it('is FORBIDDEN, by name, for who has every scope but its own', async () => {
    for (const { name, scope, text } of roots()) {
      const answer = await ask(allBut(scope), text('{ __typename }'));
      expect([name, codes(answer), answer.data?.[name]]).toEqual([name, ['FORBIDDEN'], null]);
      const [error] = answer.errors ?? [];
      expect([error?.path, error?.extensions.scope]).toEqual([[name], scope]);
      expect(error?.message).toContain(`lacks the scope ${scope}.`);
      expect(answer.headers.get('www-authenticate')).toBe(`${CHALLENGE}, scope="${scope}"`);
    }
    expect(roots()).toHaveLength(11);
  });

  it('is answered for who has its own alone, and asks of it what hangs on no other', async () => {
    for (const { name, scope, text } of roots()) {
      const answer = await ask([scope], text('{ __typename }'));
      expect([name, codes(answer).includes('FORBIDDEN')]).toEqual([name, false]);
      expect(answer.headers.get('www-authenticate')).toBeNull();
    }
  });

  it('is answered in full for who has all scopes, and for nobody with none, whatever is below', async () => {
    for (const { name, text, everything } of roots()) {
      expect(codes(await ask(SCOPES, text(everything)))).not.toContain('FORBIDDEN');
      const none = await ask([], text(everything));
      expect([name, codes(none), none.data]).toEqual([name, ['FORBIDDEN'], { [name]: null }]);
    }
  });
});

describe('by settings', () => {
  it('they are called as the sign-in calls them, and the challenge asks for them by that name', async () => {
    const renamed = await startTestGateway({ AUTH_SCOPE_MAP: 'accounts:read=bank.accounts bank.all' });
    const askAs = async (scope: string) => {
      const answer = await fetch(`${renamed.url}/demo/token?${new URLSearchParams({ sub: 'susan', scope })}`);
      const { access_token: token } = (await answer.json()) as { readonly access_token: string };
      return renamed.graphql('{ fundingAccounts { id } }', {}, { token });
    };
    try {
      for (const scope of ['bank.accounts', 'bank.all']) expect((await askAs(scope)).errors).toBeUndefined();
      const refused = await askAs('accounts:read');
      expect([codes(refused), refused.errors?.[0]?.extensions.scope]).toEqual([
        ['FORBIDDEN'],
        'accounts:read',
      ]);
      expect(refused.headers.get('www-authenticate')).toBe(`${CHALLENGE}, scope="bank.accounts"`);
    } finally {
      await renamed.close();
    }
  });

  it('are not looked at where they are off', async () => {
    const open = await startTestGateway({ AUTH_SCOPES: 'off' });
    try {
      const answer = await fetch(`${open.url}/demo/token?sub=susan&scope=`);
      const { access_token: token } = (await answer.json()) as { readonly access_token: string };
      expect((await open.graphql('{ fundingAccounts { id } }', {}, { token })).errors).toBeUndefined();
    } finally {
      await open.close();
    }
  });
});

describe('what lies below', () => {
  it('needs the scope of what it leads to, and the rest is answered', async () => {
    const query =
      '{ fundingAccounts { id tokenRequestors { id } eligibility { status } } tokenRequestors { id } pushes { nodes { id } } }';
    const { data, ...answer } = await ask(['accounts:read', 'push:read'], query);
    expect(new Set(codes(answer))).toEqual(new Set(['FORBIDDEN']));
    expect(answer.errors?.every(({ extensions }) => extensions.scope === 'token-requestors:read')).toBe(true);
    expect(data.tokenRequestors).toBeNull();
    expect(data.pushes).toEqual({ nodes: [] });
    expect(data.fundingAccounts).toHaveLength(4);
    for (const account of data.fundingAccounts) {
      expect(account).toEqual({ id: expect.any(String), tokenRequestors: null, eligibility: null });
    }
    // The request was not refused as a whole.
    expect(answer.headers.get('www-authenticate')).toBeNull();
  });

  it('gives the URLs of a logo, and the logo itself to who has its scope', async () => {
    const logo = (field: string) => `{ tokenRequestor(id: "${LARK}") { logo { ${field} } } }`;
    const urls = await ask(['token-requestors:read'], logo('svgUrl pngUrl'));
    expect([urls.errors, urls.data.tokenRequestor.logo.svgUrl]).toEqual([undefined, expect.any(String)]);
    const bytes = await ask(['token-requestors:read'], logo('mediaContents { type }'));
    expect([codes(bytes), bytes.data.tokenRequestor]).toEqual([['FORBIDDEN'], { logo: null }]);
    const both = await ask(['token-requestors:read', 'assets:read'], logo('mediaContents { type }'));
    expect(both.errors).toBeUndefined();
  });

  it('needs no scope where the document asks for what the schema looks like', async () => {
    const answer = await ask([], '{ __typename __schema { queryType { name } } }');
    expect([answer.errors, answer.data.__typename]).toEqual([undefined, 'Query']);
  });
});

describe('a mutation', () => {
  it('that is refused does nothing', async () => {
    const before = await pushes();
    const answer = await ask(allBut('push:write'), `${PUSH} { __typename } }`, { key: randomUUID() });
    expect(codes(answer)).toEqual(['FORBIDDEN']);
    expect(answer.errors?.[0]?.message).toMatch(/Nothing was done\.$/);
    expect(await pushes()).toBe(before);
  });

  it.each([
    ['in the open', '{ ... on Push { tokenRequestor { logo { mediaContents { type } } } } } }'],
    [
      'in fragments of fragments',
      '{ ...A } } fragment A on Push { id tokenRequestor { ...B } } fragment B on TokenRequestor { logo { ...C } } fragment C on Asset { mediaContents { type } }',
    ],
    [
      'under a condition',
      '{ ... on Push { tokenRequestor { logo { mediaContents @skip(if: true) { type } } } } } }',
    ],
  ])('is not carried out where its answer would be refused: %s', async (_, selection) => {
    const before = await pushes();
    const [key, text] = [randomUUID(), PUSH + selection];
    const answer = await ask(allBut('assets:read'), text, { key });
    expect([codes(answer), answer.errors?.[0]?.extensions.scope]).toEqual([['FORBIDDEN'], 'assets:read']);
    expect(await pushes()).toBe(before);
    expect((await ask(SCOPES, text, { key })).errors).toBeUndefined();
    expect(await pushes()).toBe(before + 1);
  });

  it('needs push:write and no more, with where the push went', async () => {
    const pushed = await ask(
      ['push:write'],
      `${PUSH} { ... on Push { id accounts { pushAccountReceipt } tokenRequestor { id } } } }`,
      { key: randomUUID() },
    );
    expect([pushed.errors, pushed.data.pushCard.tokenRequestor]).toEqual([undefined, { id: LARK }]);
    const { id } = pushed.data.pushCard;
    const handedOff = 'mutation ($id: ID!) { recordHandOff(pushId: $id, platform: IOS) { status } }';
    expect((await ask(['push:write'], handedOff, { id })).data.recordHandOff.status).toBe('HANDED_OFF');
    expect(codes(await ask(['push:write'], 'query ($id: ID!) { push(id: $id) { id } }', { id }))).toEqual([
      'FORBIDDEN',
    ]);
  });
});

describe('a kept answer', () => {
  const LIST = '{ tokenRequestors(accountRanges: ["520474000"]) { id logo { svgUrl } } } # kept';
  const kept = () =>
    gateway.logs.flatMap((line) => {
      const entry: { msg: string; kept: boolean } = JSON.parse(line);
      return entry.msg === 'request' && entry.kept !== undefined ? [entry.kept] : [];
    });
  async function askKept(scopes: readonly string[], query: string) {
    const before = kept().length;
    const answer = await ask(scopes, query);
    await eventually(() => kept().length > before, 5000);
    return { ...answer, kept: kept().at(-1) };
  }

  it('goes to nobody who lacks a scope, and to who has gained it', async () => {
    for (const token of [SCOPES, ['token-requestors:read'], []]) await tokenOf(...token);
    await askKept(SCOPES, LIST);
    const good = await askKept(SCOPES, LIST);
    expect([good.kept, good.errors]).toEqual([true, undefined]);
    for (const scopes of [[], allBut('token-requestors:read'), ['assets:read']]) {
      await tokenOf(...scopes);
      for (const _ of [1, 2]) {
        const refused = await askKept(scopes, LIST);
        expect([refused.kept, codes(refused), refused.data]).toEqual([
          false,
          ['FORBIDDEN'],
          { tokenRequestors: null },
        ]);
      }
    }
    const again = await askKept(SCOPES, LIST);
    expect([again.kept, again.text]).toEqual([true, good.text]);
  });

  it('is found again by others who hold the same scopes', async () => {
    const scopes = ['token-requestors:read', 'push:read'];
    await askKept(scopes, `${LIST} by others`);
    const token = await demoToken(`push:read  unknown token-requestors:read`);
    const before = kept().length;
    await gateway.graphql(`${LIST} by others`, {}, { token });
    await eventually(() => kept().length > before, 5000);
    expect(kept().at(-1)).toBe(true);
  });
});
