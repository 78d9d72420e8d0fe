/** The answer that is rehearsed at start: all of it runs, and nobody outside notices. */
import { expect, it } from '@jest/globals';
import { startTestGateway } from '../support/gateway.js';
import { SimulatorControl } from '../support/simulator/simulator-control.js';

it('runs through before the gateway listens, asks nobody, and leaves nothing behind', async () => {
  const gateway = await startTestGateway({ CATALOGUE_WARM: 'off' }, { rehearsal: true });
  try {
    const messages = gateway.logs.map((line) => (JSON.parse(line) as { readonly msg: string }).msg);
    expect(messages.filter((message) => /rehears/.test(message))).toEqual(['rehearsed an answer']);
    expect(messages.indexOf('rehearsed an answer')).toBeLessThan(messages.indexOf('listening'));
    const calls = await new SimulatorControl(gateway.simulatorUrl).calls();
    expect(calls).toEqual({ getEligibleTokenRequestors: 0, getAsset: 0, pushMultipleAccounts: 0 });
    const { data } = await gateway.graphql('{ tokenRequestors(filter: { name: "Requestor 1" }) { id } }');
    expect(data.tokenRequestors).toEqual([]);
  } finally {
    await gateway.close();
  }
});
