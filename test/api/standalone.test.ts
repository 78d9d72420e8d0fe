/** The gateway as a process of its own, against the simulator as another behind a proxy: as channel teams run them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SCOPES } from '../../src/domain/grant.js';
import { type EdgeProxy, startEdgeProxy } from '../support/edge-proxy.js';
import { postGraphQL } from '../support/gateway.js';
import { startOwnCardStore } from '../support/issuer/own-card-store.js';
import { startTokenIssuer } from '../support/issuer/token-issuer.js';
import { built, type GatewayProcess, killAll, runGateway, runNode } from '../support/processes.js';
import { walk } from '../support/push/wallet-walk.js';
import { SimulatorControl } from '../support/simulator/simulator-control.js';

let directory: string;
let envFile: string;
let proxy: EdgeProxy;
let simulator: SimulatorControl;

beforeAll(async () => {
  // A blank in the path, as in many a home directory.
  directory = await mkdtemp(join(tmpdir(), 'token connect '));
  envFile = join(directory, 'mdes.env');
  proxy = await startEdgeProxy();
  const args = ['--port', '0', '--write-env', envFile, '--public-url', `${proxy.publicUrl}/`];
  const run = runNode([built('simulator/main.js'), ...args]);
  await run.says(/Settings for clients/);
  const [url] = await run.says(/http:\/\/127\.0\.0\.1:\d+/);
  proxy.target = url;
  simulator = new SimulatorControl(url);
});
afterAll(async () => {
  await killAll();
  await proxy.close();
  await rm(directory, { recursive: true });
});

async function demoToken(url: string, sub = 'susan'): Promise<string> {
  const answer = (await (await fetch(`${url}/demo/token?sub=${sub}`)).json()) as { access_token: string };
  return answer.access_token;
}

describe('with the env file of the standalone simulator and nothing else', () => {
  let gateway: GatewayProcess;
  let readyMs: number;
  beforeAll(async () => {
    const startedAt = performance.now();
    // Cold, so that calls can be counted: a warm gateway fetches logos ahead while the walk goes on.
    gateway = await runGateway({ CATALOGUE_WARM: 'off' }, ['--env-file', envFile]);
    readyMs = performance.now() - startedAt;
  });

  afterAll(async () => {
    gateway.child.kill('SIGINT');
    expect(await gateway.ended()).toBe(0);
  });

  it('ends its output with the banner, which says where the simulator is and names no key', async () => {
    await gateway.says(/\/demo\/token\?sub=susan'?\n/);
    const banner = gateway.output().slice(gateway.output().indexOf('\n  Token Connect gateway'));
    expect(banner.trim().split('\n').filter(Boolean)).toEqual([
      expect.stringContaining('Token Connect gateway, with embedded demo parts'),
      expect.stringContaining(`${gateway.url}/ `),
      expect.stringContaining(`${gateway.url}/graphql`),
      expect.stringContaining(`${gateway.url}/explorer`),
      expect.stringMatching(new RegExp(`Simulator +${proxy.publicUrl} `)),
      expect.stringContaining(`${gateway.url}/demo/token?sub=susan`),
    ]);
    expect(gateway.stderr()).toBe(banner);
    for (const line of gateway.stdout().trim().split('\n')) JSON.parse(line);
  });

  it.each(['CARD', 'FINANCIAL_ACCOUNT'] as const)(
    'the whole walk of a %s goes through the proxy',
    async (kind) => {
      await simulator.reset();
      const before = proxy.passed.length;
      const token = await demoToken(gateway.url);
      const { requestors, logoBytes } = await walk({ url: gateway.url, token, simulator, kind });
      expect(requestors).toBeGreaterThanOrEqual(12);
      expect(logoBytes).toBeGreaterThan(500);

      const calls = await simulator.calls();
      const passed = proxy.passed.slice(before);
      expect(passed.filter((path) => path.endsWith('/pushMultipleAccounts'))).toHaveLength(1);
      expect(passed).toHaveLength(
        calls.getEligibleTokenRequestors + calls.getAsset + calls.pushMultipleAccounts,
      );
      // One logo, although two forms of it were fetched at once and each may have been a first.
      expect(calls.getAsset).toBeLessThanOrEqual(2);
      console.info(`${kind}: listening after ${Math.round(readyMs)} ms, ${requestors} requestors`, calls);
    },
  );
});

describe('in production, with an own key set and an own card store', () => {
  const accounts = [
    { id: 'own-1', accountHolder: 'holder-7', range: '52047400', accountNumber: '5204740000007777' },
    {
      id: 'own-2',
      accountHolder: 'holder-7',
      range: '539728000',
      financialAccountId: 'GB00OWNB00000000007777',
      interbankCardAssociationId: '10231',
    },
  ];

  it('the same walk, and nothing of a demo is there', async () => {
    await simulator.reset();
    const [issuer, cardStore] = await Promise.all([startTokenIssuer(), startOwnCardStore(accounts)]);
    const gateway = await runGateway(
      {
        NODE_ENV: 'production',
        ISSUER_ID: 'bank',
        LEDGER_URL: 'memory:',
        STEP_UP_ACR: 'urn:bank:sca',
        STEP_UP_MAX_AGE: '5m',
        ...issuer.environment,
        ...cardStore.environment,
      },
      ['--env-file', envFile],
    );
    const { url } = gateway;
    const claims = {
      scope: SCOPES.join(' '),
      acr: 'urn:bank:sca',
      auth_time: Math.floor(Date.now() / 1000),
    };
    const token = await issuer.token('holder-7', 'bank-1', claims);
    for (const kind of ['CARD', 'FINANCIAL_ACCOUNT'] as const) await walk({ url, token, simulator, kind });

    expect((await fetch(`${url}/demo/token?sub=susan`)).status).toBe(404);
    expect((await fetch(`${url}/explorer`)).status).toBe(404);
    expect((await fetch(url)).status).toBe(404);
    const page = await fetch(`${url}/graphql`, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).not.toContain('html');
    const introspection = await postGraphQL(url, '{ __schema { types { name } } }', {}, token);
    expect(introspection.data?.__schema).toBeUndefined();
    expect(introspection.errors).toHaveLength(1);
    const preflight = await fetch(`${url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:3000', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
    const susan = await issuer.token('susan', 'bank-1', claims);
    const stranger = await postGraphQL(url, '{ fundingAccounts { id } }', {}, susan);
    expect(stranger.data).toEqual({ fundingAccounts: [] });

    expect(gateway.stderr()).toBe('');
    gateway.child.kill('SIGTERM');
    expect(await gateway.ended()).toBe(0);
    await Promise.all([issuer.close(), cardStore.close()]);
  });
});
