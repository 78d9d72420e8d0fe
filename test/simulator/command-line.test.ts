/** The simulator as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseCliArguments } from '../../src/simulator/cli-arguments.js';
import { parseDemoServiceArguments } from '../../src/simulator/command-line/demo-service-arguments.js';
import type { RunningSimulator } from '../../src/simulator/simulator.js';
import { built } from '../support/processes.js';
import { ELIGIBLE, send } from '../support/simulator/simulator-requests.js';

let directory: string;
const started: ChildProcess[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'simulator-test-'));
});

afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await rm(directory, { recursive: true });
});

interface Run {
  readonly child: ChildProcess;
  output(): string;
  ended(): Promise<number | null>;
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [built('simulator/main.js'), ...args]);
  started.push(child);
  let output = '';
  child.stdout.on('data', (data) => {
    output += String(data);
  });
  child.stderr.on('data', (data) => {
    output += String(data);
  });
  const exit = once(child, 'exit');
  return { child, output: () => output, ended: async () => (await exit)[0] };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('the process', () => {
  /** However one of its clients still waits. */
  async function expectEndBy(signal: NodeJS.Signals, { child, output, ended }: Run): Promise<void> {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output())?.[0];
    expect((await fetch(`${url}/simulator/calls`)).status).toBe(200);
    await fetch(`${url}/simulator/faults`, {
      method: 'POST',
      body: '{"operation":"getAsset","fault":"hang"}',
    });
    const hung = fetch(`${url}/issuer-assets/1/0/asset/tokenrequestor/1`).catch(() => 'broken');
    await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill(signal);
    expect(await ended()).toBe(0);
    expect(await hung).toBe('broken');
  }

  it('says where it is, serves, and leaves well on SIGTERM', async () => {
    const simulator = run('--port', '0');
    await until(() => simulator.output().includes('\n'));
    await expectEndBy('SIGTERM', simulator);
  });

  it('writes all that a client needs, the key for nobody else, and leaves well on SIGINT', async () => {
    const file = join(directory, 'sub dir', 'mdes.env');
    const publicUrl = 'https://proxy.example/mdes';
    const simulator = run('--port', '0', '--write-env', file, '--public-url', publicUrl);
    const { output } = simulator;
    await until(() => output().includes('Settings for clients'));
    const settings = parseEnv(await readFile(file, 'utf8'));
    expect(Object.keys(settings).sort()).toEqual([
      'MDES_ACCOUNT_RANGES',
      'MDES_BASE_URL',
      'MDES_CONSUMER_KEY',
      'MDES_ENCRYPTION_CERTIFICATE_FILE',
      'MDES_SIGNING_KEY_FILE',
    ]);
    const keyFile = String(settings['MDES_SIGNING_KEY_FILE']);
    const certificateFile = String(settings['MDES_ENCRYPTION_CERTIFICATE_FILE']);
    expect([dirname(keyFile), dirname(certificateFile)]).toEqual([dirname(file), dirname(file)]);
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
    const accountRanges = String(settings['MDES_ACCOUNT_RANGES']).split(',');
    expect(accountRanges.length).toBeGreaterThanOrEqual(40);

    const url = String(/http:\/\/127\.0\.0\.1:\d+/.exec(output())?.[0]);
    const asClient: RunningSimulator = {
      url,
      mdes: {
        baseUrl: String(settings['MDES_BASE_URL']),
        consumerKey: String(settings['MDES_CONSUMER_KEY']),
        signingKeyPem: await readFile(keyFile, 'utf8'),
        encryptionCertificatePem: await readFile(certificateFile, 'utf8'),
        accountRanges,
      },
      close: async () => undefined,
    };
    expect(asClient.mdes.baseUrl).toBe(publicUrl);
    const body = JSON.stringify({ requestId: '1', accountRanges: accountRanges.slice(0, 25) });
    expect((await send(asClient, ELIGIBLE, { body })).status).toBe(200);
    await expectEndBy('SIGINT', simulator);
  });

  it('says what is wrong with its arguments and exits with 64', async () => {
    const { output, ended } = run('--port', 'many');
    expect(await ended()).toBe(64);
    expect(output()).toMatch(/^--port must be 0 to 65535\n\nUsage:/);
  });

  it('says that its port is taken, or that it cannot write, and exits with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    await writeFile(join(directory, 'a-file'), '');
    const taken = run('--port', port);
    const unwritable = run('--port', '0', '--write-env', join(directory, 'a-file', 'mdes.env'));
    expect(await Promise.all([taken.ended(), unwritable.ended()])).toEqual([1, 1]);
    other.close();
    expect(taken.output()).toContain(`port ${port} is taken`);
    expect(unwritable.output()).toContain('The simulator cannot start');
  });
});

describe('the command line', () => {
  it('has defaults, and help', () => {
    expect(parseCliArguments([])).toEqual({
      kind: 'RUN',
      arguments: { port: 4010, writeEnv: undefined, publicUrl: undefined },
    });
    expect(parseCliArguments(['--help'])).toEqual({ kind: 'HELP' });
  });

  it.each([
    ['--port', '65536'],
    ['--port', '-1'],
    ['--port', ''],
    ['--port'],
    ['--write-env', ''],
    ['--public-url', 'proxy.example'],
    ['--public-url', 'ftp://proxy.example'],
    ['--public-url', 'https://proxy.example/?a=1'],
    ['--public-url', 'https://user:pw@proxy.example/'],
    ['--wallets-url', 'proxy.example'],
    ['--host', '0.0.0.0'],
    ['--tls-key', 'a.pem'],
    ['--colour', 'red'],
    ['extra'],
  ])('refuses %s %s', (...args) => {
    expect(parseCliArguments(args).kind).toBe('BAD');
  });

  it('of the other demo services: a token file for the card store alone, and TLS beyond this machine', () => {
    const tls = ['--host', '0.0.0.0', '--tls-certificate', 'a.pem', '--tls-key', 'b.pem'];
    const kinds = [
      ['demo-sign-in'],
      ['demo-sign-in', ...tls],
      ['demo-card-store', '--token-file', 'token'],
      ['demo-sign-in', '--host', '0.0.0.0'],
      ['demo-sign-in', '--token-file', 'token'],
      ['demo-card-store'],
      ['demo'],
    ].map((args) => parseDemoServiceArguments(args).kind);
    expect(kinds).toEqual(['RUN', 'RUN', 'RUN', 'BAD', 'BAD', 'BAD', 'BAD']);
  });
});
