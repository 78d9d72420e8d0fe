/** A day of the demo, over HTTP: some hundred requests of all kinds, and the audit trail that they leave. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type AuditRecord, recordsIn } from '../../support/audit.js';
import { type GraphQLAnswer, startTestGateway } from '../../support/gateway.js';
import { LARK, NO_REQUESTOR, TIDAL } from '../../support/requestors.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';

const BACK = 'https://www.bank.example/cards/done';
const PUSH = `mutation ($input: PushCardInput!) { pushCard(input: $input) {
  ... on Push { id status accounts { pushAccountReceipt } handOffs { url } } ... on PushRefusal { code } } }`;
const ACCOUNTS = '{ fundingAccounts { id eligibility { status } } }';
const PREVIEW =
  '{ fundingAccounts(ids: ["card-1"]) { accountHolderDataPreview(items: [NAME, ADDRESS]) { name } } }';
const PICKER = '{ tokenRequestors { id } }';
const LIST = '{ pushes { nodes { id } } }';
const READ = 'query ($id: ID!) { push(id: $id) { status } }';
const HAND_OFF = 'mutation ($id: ID!) { recordHandOff(pushId: $id, platform: IOS) { status } }';
const OUTCOME =
  'mutation ($id: ID!) { recordOutcome(pushId: $id, outcomes: [{ fundingAccountId: "card-1", outcome: APPROVED }]) { status } }';
export const ROUNDS = 40;

export interface Day {
  readonly text: string;
  readonly records: readonly AuditRecord[];
  /** Of a push that was followed to its end, */
  readonly pushId: string;
  readonly traceId: string;
  /** and of one that the account holder came back from. */
  readonly backId: string;
  /** What must not be in the trail: receipts, and a token's claims. */
  readonly secrets: readonly string[];
  readonly log: readonly string[];
}

/** @param path where the trail goes; @param key of AUDIT_KEYS */
export async function liveADay(path: string, key: string): Promise<Day> {
  const gateway = await startTestGateway({
    AUDIT_LOG: `file:${path}`,
    AUDIT_KEYS: key,
    TRUSTED_PROXIES: '127.0.0.1',
    RATE_LIMITS: '50/m per address',
    PUSH_LIMITS: '5/h per token-requestor',
    CALLBACK_ALLOWLIST: 'https://www.bank.example/cards/',
  });
  const receipts: string[] = [];
  let asked = 0;

  /** Each from an address and with a trace of its own. */
  async function ask(
    query: string,
    variables: Readonly<Record<string, unknown>> = {},
    {
      as = 'susan',
      token,
      address = `192.0.2.${asked++ % 200}`,
    }: { as?: string; token?: string | null; address?: string } = {},
  ): Promise<GraphQLAnswer> {
    const headers = { 'x-forwarded-for': address };
    const bearer = token === undefined ? await gateway.token(as) : token;
    return gateway.graphql(query, variables, { token: bearer, headers });
  }

  async function push(input: Readonly<Record<string, unknown>> = {}, as = 'susan') {
    const defaults = { idempotencyKey: randomUUID(), tokenRequestorId: TIDAL, fundingAccountIds: ['card-1'] };
    const { data, headers } = await ask(
      PUSH,
      { input: { ...defaults, callbackUrl: BACK, ...input } },
      { as },
    );
    for (const one of data?.pushCard?.accounts ?? []) {
      if (one.pushAccountReceipt !== null) receipts.push(one.pushAccountReceipt);
    }
    return { ...data?.pushCard, traceId: headers.get('x-trace-id') };
  }

  const simulator = new SimulatorControl(gateway.simulatorUrl);
  for (let round = 0; round < ROUNDS; round++) {
    for (const as of ['susan', 'amir']) {
      await ask(ACCOUNTS, {}, { as });
      await ask(LIST, {}, { as });
      await ask(PICKER, {}, { as });
    }
    await ask(PREVIEW);
    await ask(PICKER, {}, { token: 'forged', address: `198.51.100.${round}` });
    await ask(ACCOUNTS, {}, { token: null, address: '198.51.100.200' });
  }
  const pushed = await push();
  await push({ tokenRequestorId: NO_REQUESTOR });
  await push({ tokenRequestorId: 'no such thing', fundingAccountIds: ['someone-elses', 'card-1'] });
  await simulator.fault('pushMultipleAccounts', 'reset');
  await push({ tokenRequestorId: LARK });
  for (let count = 0; count < 6; count++) await push({ idempotencyKey: 'again' });
  for (let count = 0; count < 6; count++) await push();
  await ask(READ, { id: pushed.id });
  await ask(HAND_OFF, { id: pushed.id });
  await ask(OUTCOME, { id: pushed.id });
  await ask(OUTCOME, { id: pushed.id });
  const back = await push({ tokenRequestorId: TIDAL, idempotencyKey: 'again' });
  const callbackUrl = new URL(back.handOffs[0].url).searchParams.get('callbackURL') ?? '';
  const results = `results%5B${back.accounts[0].pushAccountReceipt}%5D=DECLINED`;
  await fetch(`${callbackUrl}&${results}`, {
    redirect: 'manual',
    headers: { 'x-forwarded-for': '203.0.113.9' },
  });
  const flood = Array.from({ length: 70 }, () => ask('{ __typename }', {}, { address: '203.0.113.66' }));
  await Promise.all(flood);
  await gateway.close();
  const text = readFileSync(path, 'utf8');
  return {
    text,
    records: recordsIn(text),
    pushId: pushed.id,
    traceId: pushed.traceId,
    backId: back.id,
    secrets: [...receipts, (await gateway.token('susan')).split('.')[1] ?? ''],
    log: gateway.logs,
  };
}
