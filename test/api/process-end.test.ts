/** How the gateway's process ends: a configuration that cannot be, a port that is taken, a signal. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/config.js';
import type { RunningSimulator } from '../../src/simulator/simulator.js';
import { postGraphQL } from '../support/gateway.js';
import { within } from '../support/measurements.js';
import { built, killAll, runGateway, runNode, SERVER } from '../support/processes.js';
import { LARK } from '../support/requestors.js';
import { SimulatorControl } from '../support/simulator/simulator-control.js';
import { simulatorEnvironment } from '../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../support/simulator/start-simulator.js';

let mdes: RunningSimulator;
let simulator: SimulatorControl;

beforeAll(async () => {
  mdes = await startTestSimulator();
  simulator = new SimulatorControl(mdes.url);
});
afterAll(async () => {
  await killAll();
  await mdes.close();
});

async function demoToken(url: string): Promise<string> {
  const answer = (await (await fetch(`${url}/demo/token?sub=susan`)).json()) as { access_token: string };
  return answer.access_token;
}

describe('a configuration that cannot be', () => {
  it('ends with exit code 78 and every fault on stderr, without any value of a secret', async () => {
    const run = runNode([built(SERVER)], {
      PORT: 'http',
      LOG_LEVEL: 'loud',
      CACHE_URL: 'localhost:6379/pass-word',
      CATALOGUE_WARM: 'maybe',
      MDES_BASE_URL: 'https://sandbox.api.mastercard.com/mdes',
      MDES_CONSUMER_KEY: 'consumer-key-value',
      MDES_SIGNING_KEY: '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----',
      MDES_ENCRYPTION_CERTIFICATE_FILE: '/nowhere/certificate.pem',
      CARD_VAULT_TOKEN: 'card-store-token-value',
      AUTH_ISSUER: 'https://id.bank.example',
    });
    expect(await run.ended()).toBe(78);
    expect(run.stdout()).toBe('');
    const faults = run.stderr().trim().split('\n').slice(1);
    for (const name of [
      'PORT',
      'LOG_LEVEL',
      'CACHE_URL',
      'CATALOGUE_WARM',
      'MDES_SIGNING_KEY',
      'MDES_ENCRYPTION_CERTIFICATE_FILE',
      'CARD_VAULT_URL',
      'AUTH_AUDIENCE',
      'AUTH_JWKS_URL',
    ]) {
      expect(faults.filter((fault) => fault.startsWith(`  - ${name}`))).toHaveLength(1);
    }
    expect(run.stderr()).toMatch(new RegExp(`^${faults.length} fault\\(s\\)`));
    for (const secret of ['pass-word', 'consumer-key-value', 'c2VjcmV0', 'card-store-token-value']) {
      expect(run.stderr()).not.toContain(secret);
    }
    expect(run.stderr()).not.toContain(' at ');
  });

  it('embedded parts are refused under NODE_ENV=production, each in its line; without a process where MDES is set', async () => {
    const production = { NODE_ENV: 'production', ISSUER_ID: 'bank', LEDGER_URL: 'memory:', STEP_UP: 'off' };
    const run = runNode([built(SERVER)], { PORT: '0', ...production });
    const demo = ['demo accounts', 'demo sign-in'].map((part) => expect.stringContaining(part));
    expect(await run.ended()).toBe(78);
    const faults = run.stderr().trim().split('\n').slice(1);
    expect(faults).toEqual([expect.stringContaining('simulator'), ...demo]);
    await expect(readConfig({ ...production, ...simulatorEnvironment(mdes) })).rejects.toMatchObject({
      faults: demo,
    });
  });

  it('a port that is taken is exit code 1 and one plain sentence', async () => {
    const port = new URL(mdes.url).port;
    const run = runNode([built(SERVER)], { ...simulatorEnvironment(mdes), PORT: port, LOG_LEVEL: 'silent' });
    expect(await run.ended()).toBe(1);
    expect(run.stderr()).toBe(`Cannot listen on 127.0.0.1:${port} (EADDRINUSE). Set HOST or PORT.\n`);
  });
});

describe('a signal', () => {
  it('SIGUSR1 opens no debugger, SIGUSR2 and SIGHUP end nothing, and SIGTERM ends it at once although clients keep their connections', async () => {
    const gateway = await runGateway(simulatorEnvironment(mdes));
    for (const signal of ['SIGUSR1', 'SIGUSR2', 'SIGHUP'] as const) gateway.child.kill(signal);
    // Node's own thread would answer it: the sentence stands before the process has answered a dozen requests.
    for (let asked = 0; asked < 12; asked += 1) await fetch(`${gateway.url}/livez`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await postGraphQL(gateway.url, '{ tokenRequestors { id } }', {}, await demoToken(gateway.url));
    const at = performance.now();
    gateway.child.kill('SIGTERM');
    expect(await gateway.ended()).toBe(0);
    const ms = performance.now() - at;
    expect(gateway.stderr()).not.toContain('Debugger listening');
    expect(ms).toBeLessThan(within(1500));
    console.info(`idle: ended ${Math.round(ms)} ms after SIGTERM`);
  });

  it.each(['SIGTERM', 'SIGQUIT'] as const)(
    '%s: it is not ready, serves on for DRAIN_SECONDS, and ends',
    async (signal) => {
      const gateway = await runGateway({ ...simulatorEnvironment(mdes), DRAIN_SECONDS: '1' });
      const token = await demoToken(gateway.url);
      const at = performance.now();
      gateway.child.kill(signal);
      await gateway.says(/"msg":"not ready any more/);
      const readiness = await fetch(`${gateway.url}/readyz`);
      expect([readiness.status, await readiness.json()]).toEqual([
        503,
        expect.objectContaining({ status: 'closing' }),
      ]);
      const answers = [];
      for (; performance.now() - at < 900; ) {
        const { status, headers } = await postGraphQL(gateway.url, '{ tokenRequestors { id } }', {}, token);
        answers.push(`${status} ${headers.get('connection')}`);
      }
      expect(new Set(answers)).toEqual(new Set(['200 close']));
      expect(await gateway.ended()).toBe(0);
      expect(performance.now() - at).toBeGreaterThan(990);
      expect(gateway.stderr()).not.toContain('fault');
    },
  );

  it('a second one ends it at once, whatever is under way; SIGINT waits for no balancer', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(() => runGateway({ ...simulatorEnvironment(mdes), DRAIN_SECONDS: '60' })),
    );
    one?.child.kill('SIGTERM');
    // As npm and a terminal do together: no second one.
    one?.child.kill('SIGTERM');
    other?.child.kill('SIGINT');
    expect(await other?.ended()).toBe(0);
    await one?.says(/"msg":"not ready any more/);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await fetch(`${one?.url}/livez`)).status).toBe(200);
    one?.child.kill('SIGTERM');
    expect(await one?.ended()).toBe(128 + 15);
  });

  it('SIGTERM lets a push under way end', async () => {
    const gateway = await runGateway(simulatorEnvironment(mdes));
    const token = await demoToken(gateway.url);
    await simulator.reset();
    await simulator.fault('pushMultipleAccounts', 'delay', 1, 600);
    const input = {
      idempotencyKey: 'one',
      tokenRequestorId: LARK,
      fundingAccountIds: ['card-1'],
    };
    const query = 'mutation ($input: PushCardInput!) { pushCard(input: $input) { ... on Push { status } } }';
    const pushing = postGraphQL(gateway.url, query, { input }, token);
    while ((await simulator.calls()).pushMultipleAccounts === 0) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    gateway.child.kill('SIGTERM');
    expect((await pushing).data).toEqual({ pushCard: { status: 'READY' } });
    expect(await gateway.ended()).toBe(0);
  });
});
