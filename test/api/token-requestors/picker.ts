/** What a picker asks for, and what it is answered in English by default. */
import { afterAll, beforeAll, expect } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';

export const LIST = `query ($r: [AccountRange!], $a: [ID!], $f: TokenRequestorFilter) {
  tokenRequestors(accountRanges: $r, fundingAccountIds: $a, filter: $f) {
    id name consumerFacingEntityName type enabledAccountRanges supportedPushMethods
    supportsMultiplePushedCards supportsCardHolderAuthentication supportsIssuerInitiatedDigitizationData
  }
}`;

export const OF_ACCOUNTS = `query ($f: TokenRequestorFilter) {
  fundingAccounts { id tokenRequestors(filter: $f) { id consumerFacingEntityName } }
}`;

export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly consumerFacingEntityName: string;
  readonly type: string;
  readonly enabledAccountRanges: readonly string[];
  readonly supportedPushMethods: readonly string[];
  readonly supportsMultiplePushedCards: boolean;
  readonly supportsCardHolderAuthentication: boolean;
  readonly supportsIssuerInitiatedDigitizationData: boolean;
}

export const ids = (requestors: readonly { readonly id: string }[]) => requestors.map(({ id }) => id);
export const shown = (requestors: readonly Listed[]) =>
  requestors.map(({ consumerFacingEntityName }) => consumerFacingEntityName);
export const languages = (accepted: string) => ({ headers: { 'accept-language': accepted } });

/** The demo bank's list of token requestors; for the tests of one file or one describe. */
export function demoPicker() {
  let gateway: TestGateway;
  let simulator: SimulatorControl;
  let all: readonly Listed[];
  beforeAll(async () => {
    gateway = await startTestGateway();
    simulator = new SimulatorControl(gateway.simulatorUrl);
    all = await list({});
    expect(all.length).toBeGreaterThan(15);
  });
  afterAll(() => gateway.close());

  async function list(variables: Readonly<Record<string, unknown>>, options = {}): Promise<Listed[]> {
    const { data, errors } = await gateway.graphql(LIST, variables, options);
    expect(errors).toBeUndefined();
    return data.tokenRequestors;
  }

  return { gateway: () => gateway, simulator: () => simulator, all: () => all, list };
}
