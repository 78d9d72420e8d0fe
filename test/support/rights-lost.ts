/** Susan loses what she was allowed, three times over, while she and amir hammer the same documents. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Blows, type Hammered, type Holder, hammer } from './hammer.js';
import type { TokenIssuer } from './issuer/token-issuer.js';
import { LARK, PEBBLE } from './requestors.js';

const ACR = 'urn:bank:sca';
const MAX_AGE_SECONDS = 300;
const SCOPES = 'token-requestors:read assets:read accounts:read push:read push:write';
const CONNECTIONS = 2;
/** Each connection has asked each document, however busy the machine is. */
const LEAST_ANSWERS = 2 * CONNECTIONS * 5;

/** For a gateway with an issuer's own sign-in: scopes and step-up count. */
export const RIGHTS = { AUTH_SCOPES: 'on', STEP_UP_ACR: ACR, STEP_UP_MAX_AGE: `${MAX_AGE_SECONDS}s` };

const DOCUMENTS = {
  'by range': '{ tokenRequestors(accountRanges: ["520474000"]) { id consumerFacingEntityName } }',
  picker: '{ tokenRequestors { id consumerFacingEntityName } }',
  accounts: '{ fundingAccounts { id label lastFour tokenRequestors { id } } }',
  pushes: '{ pushes { nodes { id status accounts { fundingAccountId } } } }',
};
const PUSH = `mutation ($input: PushCardInput!) {
  pushCard(input: $input) { ... on Push { id status accounts { fundingAccountId pushAccountReceipt } } }
}`;
const PUSHING = 'push again';

interface Scene {
  readonly url: string;
  readonly issuer: TokenIssuer;
  /** Has the gateway fetch the issuer's keys; resolves once it knows them. */
  lookAgain(): Promise<void>;
}

/** @param stageMs how long each of the five stages takes at least */
export async function loseRights({ url, issuer, lookAgain }: Scene, stageMs: number): Promise<Blows> {
  await issuer.publish('bank-1', 'bank-2');
  await lookAgain();
  const now = () => Math.floor(Date.now() / 1000);
  const tokenOf = (name: string, kid: string, claims: Readonly<Record<string, unknown>> = {}) =>
    issuer.token(name, kid, { scope: SCOPES, acr: ACR, auth_time: now(), ...claims });
  const holderOf = async (name: string, account: string, kid: string): Promise<Holder> => ({
    name,
    token: await tokenOf(name, kid),
    forbidden: new Set(),
    isUnsure: false,
    documents: new Map<string, Hammered>([
      ...Object.entries(DOCUMENTS).map(([what, query]) => [what, { query }] as const),
      [PUSHING, { query: PUSH, variables: { input: inputOf(name, account) } }],
    ]),
  });
  const susan = await holderOf('susan', 'card-1', 'bank-1');
  const amir = await holderOf('amir', 'card-11', 'bank-2');
  const become = (token: string, forbidden: Iterable<string>) => {
    susan.token = token;
    susan.forbidden = new Set(forbidden);
  };
  const all = [...susan.documents.keys()];
  return hammer(url, [susan, amir], CONNECTIONS, async (blows) => {
    const stage = async () => {
      const before = blows.answered;
      do await sleep(stageMs);
      while (blows.answered < before + LEAST_ANSWERS);
    };
    await stage();
    become(await tokenOf('susan', 'bank-1', { scope: 'assets:read' }), all);
    await stage();
    become(await tokenOf('susan', 'bank-1', { auth_time: now() - MAX_AGE_SECONDS - 60 }), [PUSHING]);
    await stage();
    become(await tokenOf('susan', 'bank-1'), []);
    await stage();
    susan.isUnsure = true;
    await issuer.publish('bank-2');
    await lookAgain();
    become(susan.token, all);
    susan.isUnsure = false;
    await stage();
  });
}

function inputOf(name: string, account: string) {
  const tokenRequestorId = name === 'susan' ? LARK : PEBBLE;
  return { idempotencyKey: `hammered-${name}`, tokenRequestorId, fundingAccountIds: [account] };
}
