/** What the tests of limits ask gateways for: many requests and pushes, and how many of them went through. */
import { randomUUID } from 'node:crypto';
import type { TestGateway } from './gateway.js';
import { LARK, PEBBLE } from './requestors.js';

export const ELSEWHERE = PEBBLE;
const PUSH = `mutation ($input: PushCardInput!) {
  pushCard(input: $input) { ... on Push { status } ... on PushRefusal { code } }
}`;

export interface Asked {
  readonly accountHolder?: string;
  /** In place of a demo token. */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** HTTP status of a small request. */
export async function request(
  gateway: TestGateway,
  { accountHolder = 'susan', token, headers }: Asked = {},
): Promise<number> {
  const bearer = token ?? (await gateway.token(accountHolder));
  return (await gateway.graphql('{ __typename }', {}, { token: bearer, ...(headers && { headers }) })).status;
}

/** READY, or the code of a refusal or an error. */
export async function push(
  gateway: TestGateway,
  input: Readonly<Record<string, unknown>> = {},
  { accountHolder = 'susan', token, headers }: Asked = {},
): Promise<string> {
  const given = {
    idempotencyKey: randomUUID(),
    tokenRequestorId: LARK,
    fundingAccountIds: ['card-1'],
    ...input,
  };
  const bearer = token ?? (await gateway.token(accountHolder));
  const { data, errors } = await gateway.graphql(
    PUSH,
    { input: given },
    { token: bearer, ...(headers && { headers }) },
  );
  return errors?.[0]?.extensions.code ?? data.pushCard.status ?? data.pushCard.code;
}

export function countOf<T>(answers: readonly T[], wanted: T): number {
  return answers.filter((answer) => answer === wanted).length;
}
