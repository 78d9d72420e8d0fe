/** A gateway for pushes that cannot be, and what holds for each of its answers. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { codes, type GraphQLAnswer, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { LARK } from '../../support/requestors.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';

export const PAN = '5204740000000012';

const PUSH = `mutation ($input: PushCardInput!) {
  pushCard(input: $input) {
    __typename
    ... on Push { id status accounts { fundingAccountId pushAccountReceipt } }
    ... on PushRefusal { code message retryable reasonCode fundingAccountIds }
  }
}`;

export type Input = Readonly<Record<string, unknown>>;

export function badPushes() {
  let gateway: TestGateway;
  let simulator: SimulatorControl;
  beforeAll(async () => {
    gateway = await startTestGateway({
      EXPLORER: 'off',
      CALLBACK_ALLOWLIST: 'https://www.bank.example/cards/,moonbank://,http://127.0.0.1:3000',
    });
    simulator = new SimulatorControl(gateway.simulatorUrl);
  });
  beforeEach(() => simulator.reset());
  afterAll(() => gateway.close());

  const defaults = (): Input => ({
    idempotencyKey: randomUUID(),
    tokenRequestorId: LARK,
    fundingAccountIds: ['card-1'],
  });

  async function push(input: Input, accountHolder = 'susan'): Promise<GraphQLAnswer> {
    const token = await gateway.token(accountHolder);
    return gateway.graphql(PUSH, { input: { ...defaults(), ...input } }, { token });
  }

  const sends = async () => (await simulator.calls()).pushMultipleAccounts;

  async function expectRefused(answer: GraphQLAnswer, code: string): Promise<void> {
    expect(answer.errors).toBeUndefined();
    expect(answer.data.pushCard).toMatchObject({
      __typename: 'PushRefusal',
      code,
      retryable: false,
      reasonCode: null,
    });
    expect(answer.data.pushCard.message.length).toBeLessThan(300);
    expect(answer.text).not.toContain(PAN);
    expect(await sends()).toBe(0);
  }
  async function expectError(answer: GraphQLAnswer, code: string, message = /./): Promise<void> {
    expect(answer.status).toBeLessThan(500);
    expect(codes(answer)).toEqual([code]);
    expect(answer.data?.pushCard ?? null).toBeNull();
    expect(answer.errors?.[0]?.message).toMatch(message);
    expect(answer.errors?.[0]?.message.length).toBeLessThan(300);
    expect(answer.text.length).toBeLessThan(1000);
    expect(answer.text).not.toContain(PAN);
    expect(await sends()).toBe(0);
  }

  return {
    gateway: () => gateway,
    simulator: () => simulator,
    defaults,
    push,
    sends,
    expectRefused,
    expectError,
  };
}
