/** The one file that the server starts from: V8's work on it is kept, and stack traces lead to the sources. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { postGraphQL } from '../support/gateway.js';
import { built, killAll, runNode, SERVER } from '../support/processes.js';

/** As it is before anybody has started it. */
let unstarted: string;
let first: Started;

type Started = Awaited<ReturnType<typeof start>>;

beforeAll(async () => {
  unstarted = mkdtempSync(join(dirname(dirname(built(SERVER))), '.start-of-test-'));
  cpSync(dirname(built(SERVER)), unstarted, { recursive: true, filter: (file) => !file.endsWith('.cache') });
  first = await start();
});
afterAll(async () => {
  await killAll();
  rmSync(unstarted, { recursive: true, force: true });
});

const caches = () => readdirSync(unstarted).filter((file) => file.includes('.cache'));

async function start() {
  const run = runNode([join(unstarted, 'main.js')], { PORT: '0' });
  const [, url = ''] = await run.says(/"url":"([^"]+)".*"msg":"listening"/);
  return { run, url };
}

async function end({ run }: Started): Promise<void> {
  run.child.kill('SIGINT');
  expect(await run.ended()).toBe(0);
}

it('serves the schema of schema.graphql: its classes are found by their names, although all modules are one', async () => {
  const { access_token } = (await (await fetch(`${first.url}/demo/token?sub=susan`)).json()) as {
    access_token: string;
  };
  const { data } = await postGraphQL(first.url, getIntrospectionQuery(), {}, access_token);
  const served = printSchema(lexicographicSortSchema(buildClientSchema(data)));
  const file = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
  expect(served).toBe(printSchema(lexicographicSortSchema(buildSchema(file))));
});

describe("V8's work", () => {
  it('is kept by the first server that ends well, and taken by the next', async () => {
    await end(first);
    const [kept = '', ...more] = caches();
    expect(more).toEqual([]);
    const file = join(unstarted, kept);
    const { mtimeMs, size } = statSync(file);
    expect(size).toBeGreaterThan(1_000_000);

    await end(await start());
    // What V8 refuses is written anew.
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
  });

  it('is there after a build, before anybody has started it', () => {
    const files = readdirSync(dirname(built(SERVER)));
    expect(files.filter((file) => /^server-\w+\.cjs\.\d+\.cache$/.test(file))).not.toEqual([]);
  });
});

describe('a stack trace', () => {
  it('names the lines of the sources', () => {
    const planted =
      "import http from 'node:http'; http.Server.prototype.listen = () => { throw new Error('planted'); };";
    const crash = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(planted)}`, built(SERVER)],
      { env: { PORT: '0' }, encoding: 'utf8' },
    );
    expect(crash.status).toBe(1);
    const [, file = '', line = ''] =
      /at startLocalServer \((\/.*\/src\/.*\.ts):(\d+)\)/.exec(crash.stderr) ?? [];
    const source = readFileSync(file, 'utf8').split('\n');
    expect(source[Number(line) - 1]).toMatch(/\bnew Promise\b|listen/);
    expect(file).toBe(fileURLToPath(new URL('../../src/simulator/http/local-server.ts', import.meta.url)));
  });
});
