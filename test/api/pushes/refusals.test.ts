/** Every refusal that there is, provoked: whose it is, when to try again, and what the account holder reads. */
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/domain/secret.js';
import { Holds } from '../../../src/push/ledger/postgres/holds.js';
import { migrateLedger } from '../../../src/push/ledger/postgres/operate.js';
import { REFUSAL_CODES, REFUSALS, type RefusalCode } from '../../../src/push/refusals/refusal.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { PostgresServer } from '../../support/postgres-server.js';
import { PROVOKED, type ProvokingInput, STOPPED } from '../../support/push/provoked-refusals.js';
import { ALWAYS_LOCKED, CACTUS, LARK, TAKES_NOBODY } from '../../support/requestors.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';

const REFUSAL = `{
  code message owner retryRule retryable accountHolderText accountHolderTextLanguage
}`;
const PUSH = `mutation ($input: PushCardInput!) {
  pushCard(input: $input) {
    __typename
    ... on Push { id status accounts { refusal ${REFUSAL} } }
    ... on PushRefusal ${REFUSAL}
  }
}`;

interface RefusalAnswer {
  readonly code: RefusalCode;
  readonly message: string;
  readonly owner: string;
  readonly retryRule: string;
  readonly retryable: boolean;
  readonly accountHolderText: string;
  readonly accountHolderTextLanguage: string;
}

/** As the translators wrote them, not as the gateway found them. */
const textIn = (language: string): Record<string, string> =>
  JSON.parse(
    readFileSync(
      new URL(`../../../src/push/refusals/refusal-texts/${language}.json`, import.meta.url),
      'utf8',
    ),
  );
const TEXTS: Readonly<Record<string, Record<string, string>>> = {
  en: textIn('en'),
  es: textIn('es'),
  ar: textIn('ar'),
};

describe('a refusal', () => {
  let gateway: TestGateway;
  let simulator: SimulatorControl;
  let database: PostgresServer;
  const provoked = new Set<string>();
  beforeAll(async () => {
    database = await PostgresServer.start({ args: ['-c', 'fsync=off'] });
    await migrateLedger(new Secret(database.url));
    const key = randomBytes(32);
    gateway = await startTestGateway({
      EXPLORER: 'off',
      CALLBACK_ALLOWLIST: 'https://www.bank.example/cards/',
      ISSUER_ID: 'moon-bank',
      LEDGER_URL: database.url,
      LEDGER_KEYS: key.toString('base64'),
    });
    const holds = new Holds({
      url: new Secret(database.url),
      issuer: 'moon-bank',
      keys: [new Secret(key)],
    });
    await holds.set({ kind: 'token-requestor', name: STOPPED }, '');
    simulator = new SimulatorControl(gateway.simulatorUrl);
  });
  beforeEach(() => simulator.reset());
  afterAll(async () => {
    await gateway.close();
    await database.stop();
  });

  async function push({ accountHolder = 'amir', ...input }: ProvokingInput, acceptLanguage?: string) {
    const defaults = { idempotencyKey: randomUUID(), tokenRequestorId: LARK, fundingAccountIds: ['card-11'] };
    const token = await gateway.token(String(accountHolder));
    const headers: Record<string, string> =
      acceptLanguage === undefined ? {} : { 'accept-language': acceptLanguage };
    const variables = { input: { ...defaults, ...input } };
    const { data, errors } = await gateway.graphql(PUSH, variables, { token, headers });
    expect(errors).toBeUndefined();
    return data.pushCard;
  }

  async function refusal(input: ProvokingInput, acceptLanguage?: string): Promise<RefusalAnswer> {
    const { __typename, ...answer } = await push(input, acceptLanguage);
    return __typename === 'PushRefusal' ? answer : answer.accounts.at(-1).refusal;
  }

  const ACCEPTED: readonly (readonly [string, string | undefined, string])[] = [
    ['English', 'en-GB,en;q=0.9', 'en'],
    ['Spanish', 'es-MX,es;q=0.9,en;q=0.8', 'es'],
    ['Arabic', 'ar-EG,en;q=0.5', 'ar'],
    ['her second language, where we do not have the first', 'sv, ar;q=0.8, es;q=0.9', 'es'],
    ['English, where we have none of hers', 'tlh, sv;q=0.9', 'en'],
    ['English, where the header is garbage', ';;q=,es_ES;q=7, __proto__,\u00ff*', 'en'],
    ['English, where she says nothing', undefined, 'en'],
  ];

  describe.each(REFUSAL_CODES)('%s', (code) => {
    it.each(ACCEPTED)('speaks %s', async (_name, acceptLanguage, language) => {
      const answer = await refusal(PROVOKED[code], acceptLanguage);
      const { message, owner, retryRule } = REFUSALS[code];
      expect(answer).toEqual({
        code,
        message,
        owner,
        retryRule,
        retryable: retryRule === 'SAME_KEY',
        accountHolderText: TEXTS[language]?.[code],
        accountHolderTextLanguage: language,
      });
      provoked.add(answer.code);
    });
  });

  it('is one of a closed set, and each of the set has been provoked', () => {
    expect([...provoked].sort()).toEqual([...REFUSAL_CODES].sort());
  });

  it('of an account that MDES could not process takes a new key', async () => {
    const input = { tokenRequestorId: CACTUS, fundingAccountIds: ['card-11', 'card-14'] };
    expect(await refusal(input)).toMatchObject({
      code: 'MDES_INTERNAL_FAILURE',
      owner: 'MDES',
      retryRule: 'NEW_KEY',
      retryable: false,
    });
  });

  it('that is repeated under its key is given in the language of who asks now', async () => {
    const input = { idempotencyKey: randomUUID(), tokenRequestorId: ALWAYS_LOCKED };
    for (const language of ['es', 'ar', 'en']) {
      expect(await refusal(input, language)).toMatchObject({
        code: 'REFUSED_BY_MDES',
        accountHolderText: TEXTS[language]?.['REFUSED_BY_MDES'],
        accountHolderTextLanguage: language,
      });
    }
    expect((await simulator.calls()).pushMultipleAccounts).toBe(1);
  });

  it('of an account is given in the language of who asks for the push later', async () => {
    const { id } = await push({ tokenRequestorId: TAKES_NOBODY }, 'es');
    const query = `query ($id: ID!) { push(id: $id) { accounts { refusal ${REFUSAL} } } }`;
    const token = await gateway.token('amir');
    const { data } = await gateway.graphql(query, { id }, { token, headers: { 'accept-language': 'ar' } });
    expect(data.push.accounts[0].refusal).toMatchObject({
      accountHolderText: TEXTS['ar']?.['ACCOUNT_INELIGIBLE'],
      accountHolderTextLanguage: 'ar',
    });
  });
});
