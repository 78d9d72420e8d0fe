/** O2: where the lines go fails: a pipe that nobody reads, a reader that has gone, a disk that is full. */
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { built, spawnNode } from '../../support/processes.js';
import { freePort } from '../../support/redis-server.js';
import { atLeast, atMost, exactly, type Figure, none, noneOf } from '../figure.js';
import type { Row } from '../row.js';
import { postGraphQL } from '../support/ask-graphql.js';
import { PUSH, pushInput } from '../support/documents.js';
import { eventually } from '../support/eventually.js';
import { KEYED } from '../support/pushes/keyed-pushes.js';
import type { Scene } from '../support/scene.js';

const START_MS = 20_000;
const EXIT_MS = 15_000;
/** Their trace lines are more than a pipe and the gateway's own memory for lines hold. */
const REQUESTS = 2500;
const AT_ONCE = 5;
const PUSHES = 20;
const P99_FACTOR = 2;
/** What the machine alone adds to a p99 of a few milliseconds. */
const P99_GRACE_MS = 10;

type Way = 'read' | 'pipe that nobody reads' | 'reader that has gone' | 'full disk';
const FAULTS: readonly Way[] = ['pipe that nobody reads', 'reader that has gone', 'full disk'];

interface Seen {
  readonly p99Ms: number;
  readonly notOk: readonly string[];
  readonly pushes: readonly string[];
  readonly dropped: number;
  readonly exitCode: number | null;
  readonly exitMs: number;
}

export const logOutputs: Row = {
  id: 'O2',
  title: 'nobody takes the log',
  async run(scene) {
    const baseline = await seenWith(scene, 'read');
    const bound = P99_FACTOR * baseline.p99Ms + P99_GRACE_MS;
    const figures: Figure[] = [];
    for (const way of FAULTS) {
      const seen = await seenWith(scene, way);
      figures.push(
        noneOf(`${way}: of ${REQUESTS} requests not answered`, seen.notOk),
        atMost('p99', seen.p99Ms, bound, 'ms'),
        noneOf(
          `of ${PUSHES} pushes not READY`,
          seen.pushes.filter((end) => end !== 'READY'),
        ),
        exactly('exit code', String(seen.exitCode), '0'),
        atMost('exit after', seen.exitMs, EXIT_MS, 'ms'),
      );
      if (way === 'pipe that nobody reads')
        figures.push(atLeast('lines counted as dropped', seen.dropped, 1));
    }
    return [none('dropped where they are read', baseline.dropped), ...figures];
  },
};

async function seenWith(scene: Scene, way: Way): Promise<Seen> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { environment, knownRanges } = scene.stage;
  const disk = way === 'full disk' ? openSync('/dev/full', 'w') : 'pipe';
  const child = spawnNode(
    [built('main.js')],
    {
      ...environment,
      ...KEYED,
      PORT: String(port),
      LOG_LEVEL: 'trace',
      CATALOGUE_WARM: 'off',
      MDES_ACCOUNT_RANGES: knownRanges.join(','),
    },
    disk,
    disk,
  );
  if (disk !== 'pipe') closeSync(disk);
  scene.owns(async () => void child.kill('SIGKILL'));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const output = { text: '' };
  const read = () => child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.text += text));
  if (way === 'read') read();
  if (way === 'reader that has gone') for (const pipe of [child.stdout, child.stderr]) pipe?.destroy();
  await eventually(async () => (await fetch(`${url}/livez`)).ok, START_MS);
  const token = await tokenFrom(url);
  const { times, notOk } = await load({ url, token });
  const keys = Array.from({ length: PUSHES }, (_, index) => `o2-${FAULTS.indexOf(way)}-${index}`);
  const pushes = await Promise.all(
    keys.map(async (key) => {
      const { data, codes } = await postGraphQL({ url, token }, PUSH, { input: pushInput(key) });
      return String(data?.pushCard?.status ?? data?.pushCard?.code ?? codes.join());
    }),
  );
  if (way === 'pipe that nobody reads') {
    read();
    await eventually(() => output.text.includes('"event":"log.dropped"'), START_MS);
  }
  return { p99Ms: p99(times), notOk, pushes, dropped: droppedIn(output.text), ...(await end(child, ended)) };
}

async function tokenFrom(url: string): Promise<string> {
  const answer = await fetch(`${url}/demo/token?sub=susan`);
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function load(gateway: { readonly url: string; readonly token: string }) {
  const times: number[] = [];
  const notOk: string[] = [];
  const one = async () => {
    const { data, codes, ms } = await postGraphQL(gateway, '{ __typename }', {});
    times.push(ms);
    if (data?.__typename !== 'Query') notOk.push(codes.join());
  };
  const some = async () => {
    for (let sent = 0; sent < REQUESTS / AT_ONCE; sent++) await one();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, some));
  return { times, notOk };
}

async function end(child: ChildProcess, ended: Promise<number | null>) {
  const at = performance.now();
  child.kill('SIGTERM');
  const exitCode = await ended;
  return { exitCode, exitMs: performance.now() - at };
}

function droppedIn(log: string): number {
  return [...log.matchAll(/"event":"log.dropped","lines":(\d+)/g)].reduce((sum, [, n]) => sum + Number(n), 0);
}

function p99(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN;
}
