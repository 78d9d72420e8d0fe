/** A caller who pushes, and goes before the answer comes. */
import type { TestGateway } from '../gateway.js';
import { eventually } from '../shared-cache.js';
import { SimulatorControl } from '../simulator/simulator-control.js';

interface Leaving {
  readonly query: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** How long MDES takes to answer, from which on the push goes on for nobody. */
  readonly mdesMs: number;
}

/** Resolves once he has gone; MDES has the push by then, and has not answered yet. */
export async function pushAndLeave(
  { url, simulatorUrl, token }: TestGateway,
  { query, headers = {}, mdesMs }: Leaving,
): Promise<void> {
  const simulator = new SimulatorControl(simulatorUrl);
  const { pushMultipleAccounts: before } = await simulator.calls();
  await simulator.fault('pushMultipleAccounts', 'delay', 1, mdesMs);
  const gone = new AbortController();
  const sent = fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await token('susan')}`,
      ...headers,
    },
    body: JSON.stringify({ query }),
    signal: gone.signal,
  });
  await eventually(async () => (await simulator.calls()).pushMultipleAccounts > before, 5000);
  gone.abort();
  await sent.catch(() => undefined);
}
