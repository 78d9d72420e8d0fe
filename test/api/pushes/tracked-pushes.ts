/** Pushes that an app follows, by a clock that the test moves: the documents that it sends, and a gateway for them. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { LARK } from '../../support/requestors.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';

const FIELDS = `id status createdAt expiresAt accountHolderText accountHolderTextLanguage tokenRequestorId tokenRequestor { id }
  accounts {
    id fundingAccountId accountHolderText pushAccountReceipt issuerInitiatedDigitizationData outcome outcomeCertainty
    refusal { code }
  }
  handOffs { platform url recommended fundingAccountId }
  nextStep {
    __typename
    ... on OpenUrlStep { url platform expiresAt }
    ... on DigitizationDataStep { sdk expiresAt accounts { id pushAccountReceipt issuerInitiatedDigitizationData } links { url } }
    ... on WaitStep { askAgainAfter }
    ... on DoneStep { followUp }
  }`;
const SUMMARY = `__typename id status createdAt expiresAt accountHolderText tokenRequestorId tokenRequestor { id }
  accounts { fundingAccountId fundingAccount { id label artUrl } outcome outcomeCertainty accountHolderText refusal { code } }`;
export const PUSH = `mutation ($input: PushCardInput!) { pushCard(input: $input) { ... on Push { ${FIELDS} } ... on PushRefusal { code } } }`;
export const READ = `query ($id: ID!) { push(id: $id) { ${FIELDS} } }`;
export const HAND_OFF = `mutation ($id: ID!, $platform: Platform!) { recordHandOff(pushId: $id, platform: $platform) { ${FIELDS} } }`;
export const OUTCOME = `mutation ($id: ID!, $outcomes: [AccountOutcomeInput!]!) { recordOutcome(pushId: $id, outcomes: $outcomes) { ${FIELDS} } }`;
export const CALLBACK = `mutation ($id: ID!, $url: String!) { recordPushCallback(pushId: $id, url: $url) { ${FIELDS} } }`;
export const LIST = `query ($first: Int, $after: String) {
  pushes(first: $first, after: $after) {
    edges { cursor node { id } }
    nodes { ${SUMMARY} }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

export interface Tracked {
  readonly id: string;
  readonly status: string;
  readonly accounts: readonly { readonly pushAccountReceipt: string; readonly fundingAccountId: string }[];
}

/** For the tests of one file. */
export function trackedPushes(environment: Readonly<Record<string, string>> = {}) {
  let gateway: TestGateway;
  let simulator: SimulatorControl;
  const clock = { now: Date.now() };
  beforeAll(async () => {
    gateway = await startTestGateway(environment, { clock: { now: () => clock.now } });
    simulator = new SimulatorControl(gateway.simulatorUrl);
  });
  beforeEach(() => {
    clock.now = Date.now();
  });
  afterAll(() => gateway.close());

  async function ask(query: string, variables: Readonly<Record<string, unknown>>, accountHolder = 'susan') {
    return gateway.graphql(query, variables, { token: await gateway.token(accountHolder) });
  }
  async function pushed(input: Readonly<Record<string, unknown>> = {}, accountHolder = 'susan') {
    const defaults = {
      idempotencyKey: randomUUID(),
      tokenRequestorId: LARK,
      fundingAccountIds: ['card-1'],
    };
    const { data, errors } = await ask(PUSH, { input: { ...defaults, ...input } }, accountHolder);
    expect(errors).toBeUndefined();
    return data.pushCard as Tracked;
  }
  const read = async (id: string, accountHolder = 'susan') =>
    (await ask(READ, { id }, accountHolder)).data.push;
  const receiptsOf = ({ accounts }: Tracked) => accounts.map((one) => one.pushAccountReceipt);
  const recordOutcomes = (id: string, words: Readonly<Record<string, string>>, accountHolder = 'susan') =>
    ask(
      OUTCOME,
      {
        id,
        outcomes: Object.entries(words).map(([fundingAccountId, outcome]) => ({ fundingAccountId, outcome })),
      },
      accountHolder,
    );

  return {
    gateway: () => gateway,
    simulator: () => simulator,
    clock,
    ask,
    pushed,
    read,
    receiptsOf,
    recordOutcomes,
  };
}
