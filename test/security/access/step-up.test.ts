/** A push needs a strong and a fresh sign-in, and is bound to what the token was issued for; nothing happens before. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { codes, type GraphQLAnswer, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { startTokenForge } from '../../support/issuer/token-forge.js';
import { COPPER_FOX, LARK, PEBBLE } from '../../support/requestors.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';

const PUSH =
  'mutation ($input: PushCardInput!) { pushCard(input: $input) { __typename ... on Push { id accounts { pushAccountReceipt } } ... on PushRefusal { code } } }';
const STRONG = 'urn:openbanking:psd2:sca';
const seconds = () => Math.floor(Date.now() / 1000);

type Wish = Readonly<Record<string, string>>;

async function demoToken({ url }: TestGateway, wish: Wish): Promise<string> {
  const answer = await fetch(`${url}/demo/token?${new URLSearchParams({ sub: 'susan', ...wish })}`);
  return ((await answer.json()) as { readonly access_token: string }).access_token;
}

describe('with the sign-in of the demo', () => {
  let gateway: TestGateway;
  let simulator: SimulatorControl;
  beforeAll(async () => {
    gateway = await startTestGateway({ STEP_UP_MAX_AGE: '5m', PUSH_LIMITS: '2/h per client' });
    simulator = new SimulatorControl(gateway.simulatorUrl);
  });
  afterAll(() => gateway.close());

  const push = (token: string, key: string = randomUUID(), more: object = {}) =>
    gateway.graphql(
      PUSH,
      {
        input: { idempotencyKey: key, tokenRequestorId: LARK, fundingAccountIds: ['card-1'], ...more },
      },
      { token },
    );
  const pushed = async () => (await simulator.calls()).pushMultipleAccounts;

  function expectStepUp(answer: GraphQLAnswer): void {
    expect([answer.status, codes(answer), answer.data]).toEqual([
      200,
      ['STEP_UP_REQUIRED'],
      { pushCard: null },
    ]);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ acrValues: [STRONG], maxAge: 300 });
    expect(answer.errors?.[0]?.message).toContain('Nothing was pushed');
    expect(answer.headers.get('www-authenticate')).toBe(
      'Bearer realm="token-connect-gateway", error="insufficient_user_authentication", ' +
        `error_description="A push needs a stronger or a fresher sign-in", acr_values="${STRONG}", max_age="300"`,
    );
  }

  it('a weak or an old one is told what to ask for; nothing is reserved, counted or sent', async () => {
    const weak: Wish[] = [
      { acr: 'urn:openbanking:psd2:ca' },
      { acr: '' },
      { auth_time: '' },
      { auth_time: String(seconds() - 310) },
      { auth_time: '1' },
      { auth_time: String(seconds() + 60) },
    ];
    const key = randomUUID();
    for (const wish of weak) expectStepUp(await push(await demoToken(gateway, wish), key));
    expect(await pushed()).toBe(0);
    // Six pushes that counted would be more than two; other input under a key that was taken would be KEY_REUSED.
    const strong = await demoToken(gateway, { acr_values: `${STRONG} other`, max_age: '300' });
    const answer = await push(strong, key, { locale: 'en_US' });
    expect([answer.errors, answer.data.pushCard.__typename]).toEqual([undefined, 'Push']);
    expect(answer.headers.get('www-authenticate')).toBeNull();
    expect(await pushed()).toBe(1);
  });

  it('a repeated push needs it as well: its answer holds the receipts again', async () => {
    const key = randomUUID();
    const usual = await demoToken(gateway, {});
    const first = await push(usual, key);
    expect(first.data.pushCard.accounts[0].pushAccountReceipt).toEqual(expect.any(String));
    expectStepUp(await push(await demoToken(gateway, { acr: 'weak' }), key));
    expect((await push(usual, key)).data).toEqual(first.data);
  });

  it('everything but a push is answered', async () => {
    const token = await demoToken(gateway, { acr: '', auth_time: '' });
    const query = '{ fundingAccounts { id } tokenRequestors { id } pushes { nodes { id } } }';
    const answer = await gateway.graphql(query, {}, { token });
    expect([answer.errors, answer.headers.get('www-authenticate')]).toEqual([undefined, null]);
  });

  it('a browser of another origin may read the challenge', async () => {
    const token = await demoToken(gateway, { acr: 'weak' });
    const headers = { origin: 'http://localhost:3000' };
    const { headers: got } = await gateway.graphql(PUSH, { input: INPUT() }, { token, headers });
    expect(got.get('access-control-expose-headers')).toContain('www-authenticate');
  });
});

const INPUT = () => ({
  idempotencyKey: randomUUID(),
  tokenRequestorId: LARK,
  fundingAccountIds: ['card-1', 'card-2'],
});

describe('what a push has brought', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({ STEP_UP_MAX_AGE: '5m' });
  });
  afterAll(() => gateway.close());

  it('is shown to nobody who could not push it: not a receipt, not a URL', async () => {
    const fields =
      'id status expiresAt accounts { pushAccountReceipt issuerInitiatedDigitizationData } handOffs { url }';
    const { data } = await gateway.graphql(PUSH, { input: { ...INPUT(), fundingAccountIds: ['card-1'] } });
    const { id } = data.pushCard;
    const asked = [
      `{ push(id: "${id}") { ${fields} } }`,
      `mutation { push: recordHandOff(pushId: "${id}", platform: WEB) { ${fields} } }`,
    ];
    const bound = (fundingAccountIds: string[]) =>
      JSON.stringify([{ type: 'push_provisioning', fundingAccountIds, tokenRequestorId: LARK }]);
    const others: Wish[] = [
      { acr: 'weak' },
      { auth_time: String(seconds() - 310) },
      { authorization_details: bound(['card-2']) },
      { authorization_details: '[{"type":"push_provisioning"}]' },
    ];
    for (const wish of others) {
      for (const query of asked) {
        const answer = await gateway.graphql(query, {}, { token: await demoToken(gateway, wish) });
        expect([wish, answer.errors, answer.data.push]).toEqual([
          wish,
          undefined,
          {
            ...answer.data.push,
            id,
            expiresAt: expect.any(String),
            accounts: [{ pushAccountReceipt: null, issuerInitiatedDigitizationData: null }],
            handOffs: [],
          },
        ]);
      }
    }
    for (const wish of [{}, { authorization_details: bound(['card-1']) }]) {
      const own = await gateway.graphql(asked[0] ?? '', {}, { token: await demoToken(gateway, wish) });
      expect(own.data.push.accounts).toMatchObject([{ pushAccountReceipt: expect.any(String) }]);
      expect(own.data.push.handOffs).not.toEqual([]);
    }
  });
});

describe('by settings', () => {
  it('a token that was fresh when it was first seen is judged anew at each push', async () => {
    const gateway = await startTestGateway({ STEP_UP_MAX_AGE: '2s' });
    try {
      const token = await demoToken(gateway, {});
      const push = () => gateway.graphql(PUSH, { input: INPUT() }, { token });
      expect((await push()).errors).toBeUndefined();
      await setTimeout(3100);
      expect(codes(await push())).toEqual(['STEP_UP_REQUIRED']);
    } finally {
      await gateway.close();
    }
  });

  it('is asked for in the scheme of a token that is bound to a key', async () => {
    const forge = await startTokenForge();
    const gateway = await startTestGateway({ ...forge.environment, STEP_UP_MAX_AGE: '60' });
    try {
      const token = await forge.sign({ cnf: { jkt: forge.jkt } });
      const dpop = await forge.proof(token, `${gateway.url}/graphql`);
      const headers = { authorization: `DPoP ${token}`, dpop };
      const answer = await gateway.graphql(PUSH, { input: INPUT() }, { token: null, headers });
      expect(codes(answer)).toEqual(['STEP_UP_REQUIRED']);
      expect(answer.errors?.[0]?.extensions).toMatchObject({ acrValues: [], maxAge: 60 });
      expect(answer.headers.get('www-authenticate')).toMatch(
        /^DPoP realm="token-connect-gateway", algs="[^"]+", error="insufficient_user_authentication", error_description="[^"]+", max_age="60"$/,
      );
    } finally {
      await gateway.close();
      forge.close();
    }
  });

  it('is not looked at where it is off, and says only what is asked', async () => {
    for (const [environment, challenge] of [
      [{ STEP_UP: 'off' }, null],
      [{ STEP_UP_ACR: 'urn:a,urn:b', STEP_UP_MAX_AGE: '60' }, /acr_values="urn:a urn:b", max_age="60"$/],
    ] as const) {
      const gateway = await startTestGateway(environment);
      try {
        const weak = await demoToken(gateway, { acr: 'weak', auth_time: '1' });
        const answer = await gateway.graphql(PUSH, { input: INPUT() }, { token: weak });
        if (challenge === null) expect(answer.data.pushCard.__typename).toBe('Push');
        else expect(answer.headers.get('www-authenticate')).toMatch(challenge);
        // The demo's own token does whatever the settings ask for.
        expect((await gateway.graphql(PUSH, { input: INPUT() })).errors).toBeUndefined();
      } finally {
        await gateway.close();
      }
    }
  });
});

describe('a token that is bound to a push (RFC 9396)', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  const entry = (fundingAccountIds: readonly string[], tokenRequestorId: string) => ({
    type: 'push_provisioning',
    fundingAccountIds,
    tokenRequestorId,
  });
  async function push(details: unknown, input: object): Promise<string> {
    const token = await demoToken(gateway, { authorization_details: JSON.stringify(details) });
    const answer = await gateway.graphql(PUSH, { input: { ...INPUT(), ...input } }, { token });
    // No scope would help.
    expect(answer.headers.get('www-authenticate')).toBeNull();
    return answer.errors === undefined ? answer.data.pushCard.__typename : codes(answer).join();
  }

  const BOTH = entry(['card-2', 'card-1'], LARK);
  it.each<[string, unknown, object, string]>([
    ['the very push', [BOTH], {}, 'Push'],
    ['fewer accounts', [BOTH], { fundingAccountIds: ['card-1'] }, 'FORBIDDEN'],
    ['more accounts', [entry(['card-1'], LARK)], {}, 'FORBIDDEN'],
    ['other accounts', [BOTH], { fundingAccountIds: ['card-1', 'card-3'] }, 'FORBIDDEN'],
    ["somebody else's account", [BOTH], { fundingAccountIds: ['card-11', 'card-1'] }, 'FORBIDDEN'],
    ['another requestor', [BOTH], { tokenRequestorId: PEBBLE }, 'FORBIDDEN'],
    ['one of several', [entry(['card-3'], COPPER_FOX), BOTH], {}, 'Push'],
    ['parts of several', [entry(['card-1'], LARK), entry(['card-2'], LARK)], {}, 'FORBIDDEN'],
    [
      'accounts of one, requestor of another',
      [entry(['card-1', 'card-2'], PEBBLE), entry(['card-3'], LARK)],
      {},
      'FORBIDDEN',
    ],
    ['other types alone', [{ type: 'payment_initiation', amount: 1 }], {}, 'Push'],
    [
      'other types beside',
      [{ type: 'payment_initiation', amount: 1 }, BOTH],
      { fundingAccountIds: ['card-1'] },
      'FORBIDDEN',
    ],
    ['no entry at all', [], {}, 'Push'],
    ['one that is good beside one that is not', [BOTH, { type: 'push_provisioning' }], {}, 'FORBIDDEN'],
  ])('%s', async (_, details, input, expected) => {
    const { calls } = { calls: () => new SimulatorControl(gateway.simulatorUrl).calls() };
    const before = (await calls()).pushMultipleAccounts;
    expect(await push(details, input)).toBe(expected);
    expect((await calls()).pushMultipleAccounts).toBe(before + (expected === 'Push' ? 1 : 0));
  });

  it('reads as any other', async () => {
    const token = await demoToken(gateway, { authorization_details: JSON.stringify([BOTH]) });
    expect((await gateway.graphql('{ fundingAccounts { id } }', {}, { token })).errors).toBeUndefined();
  });
});
