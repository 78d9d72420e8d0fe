/** S2 and S3: a gateway as it is run for real gets SIGTERM while it pushes; another one then tells how that ended. */
import { setTimeout as sleep } from 'node:timers/promises';
import { runGateway } from '../../../support/processes.js';
import type { Scene } from '../scene.js';
import { arrivals, KEYED, type Pushed, pushWithKey } from './keyed-pushes.js';

const UNDER_WAY_MS = 300;

interface Stopped {
  readonly keys: readonly string[];
  /** What each caller got, in the order of the keys. */
  readonly answers: readonly Pushed[];
  /** What another process then gives for the same keys. */
  readonly replays: readonly Pushed[];
  readonly exitCode: number | null;
  /** From the signal to the end. */
  readonly exitMs: number;
  readonly sent: (key: string) => number;
}

/** @param name of the row, for its keys */
export async function stopMidPush(scene: Scene, name: string, count: number): Promise<Stopped> {
  await scene.postgres();
  const { stage } = scene;
  const environment = {
    ...stage.environment,
    ...KEYED,
    ...scene.ledgerSettings,
    CATALOGUE_WARM: 'off',
    MDES_ACCOUNT_RANGES: stage.knownRanges.join(','),
  };
  const run = await runGateway(environment);
  scene.owns(async () => void run.child.kill('SIGKILL'));
  const token = await fetch(`${run.url}/demo/token?sub=susan`);
  const { access_token } = (await token.json()) as { access_token: string };
  const keys = Array.from({ length: count }, (_, index) => `${name}-${index}`);
  const pushes = keys.map((key) => pushWithKey({ url: run.url, token: access_token }, key));
  await sleep(UNDER_WAY_MS);
  const signalled = performance.now();
  run.child.kill('SIGTERM');
  const exitCode = await run.ended();
  const exitMs = performance.now() - signalled;
  const answers = await Promise.all(pushes);
  const other = await scene.gateway({
    ranges: stage.knownRanges,
  });
  const replays = await Promise.all(keys.map((key) => pushWithKey(other, key)));
  return { keys, answers, replays, exitCode, exitMs, sent: arrivals(stage) };
}

/** That are not what they should be. */
export function otherEnds(pushes: readonly Pushed[], wanted: string): string[] {
  return pushes.map(({ end }) => end).filter((end) => end !== wanted);
}

export function changedIds({ answers, replays }: Stopped): number {
  return answers.filter(({ id }, index) => id === null || id !== replays[index]?.id).length;
}
