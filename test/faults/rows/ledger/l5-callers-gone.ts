/** L5: SIGTERM with pushes under way whose callers have gone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { runGateway } from '../../../support/processes.js';
import { atMost, exactly, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { PUSH } from '../../support/documents.js';
import { pass } from '../../support/mdes/exchange.js';
import { arrivals, KEYED, keyedInput, pushOnceThere } from '../../support/pushes/keyed-pushes.js';

const PUSHES = 20;
const MDES_TAKES_MS = 3000;
const UNDER_WAY_MS = 1000;
const GRACE_MS = 15_000;

export const callersGone: Row = {
  id: 'L5',
  title: `SIGTERM with ${PUSHES} pushes under way whose callers have gone`,
  async run(scene) {
    const { stage } = scene;
    await scene.postgres();
    stage.proxy.behave(async (exchange) => {
      if (exchange.operation === 'pushMultipleAccounts') await sleep(MDES_TAKES_MS);
      return pass(exchange);
    });
    const run = await runGateway({
      ...stage.environment,
      ...KEYED,
      ...scene.ledgerSettings,
      CATALOGUE_WARM: 'off',
      MDES_ACCOUNT_RANGES: stage.knownRanges.join(','),
    });
    scene.owns(async () => void run.child.kill('SIGKILL'));
    const token = await fetch(`${run.url}/demo/token?sub=susan`);
    const { access_token } = (await token.json()) as { access_token: string };
    const keys = Array.from({ length: PUSHES }, (_, index) => `l5-${index}`);
    const callers = new AbortController();
    for (const key of keys) void push(run.url, access_token, key, callers.signal);
    await sleep(UNDER_WAY_MS);
    callers.abort();
    await sleep(100);
    const signalled = performance.now();
    run.child.kill('SIGTERM');
    const exitCode = await run.ended();
    const exitMs = performance.now() - signalled;
    stage.proxy.behave(pass);
    const other = await scene.gateway({ ranges: stage.knownRanges });
    const ends = await Promise.all(keys.map((key) => pushOnceThere(other, key)));
    const sent = arrivals(stage);
    return [
      exactly('exit code', String(exitCode), '0'),
      atMost('exit after', exitMs, GRACE_MS, 'ms'),
      noneOf(
        `of ${PUSHES} ends not READY`,
        ends.map(({ end }) => end).filter((end) => end !== 'READY'),
      ),
      none('not sent once', keys.filter((key) => sent(key) !== 1).length),
    ];
  },
};

/** Nobody hears how it ends. */
async function push(url: string, token: string, key: string, signal: AbortSignal): Promise<void> {
  await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: PUSH, variables: { input: keyedInput(key) } }),
    signal,
  }).catch(() => undefined);
}
