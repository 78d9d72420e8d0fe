/** L3: one key after the other is replaced while pushes go on, an old and a new process side by side each time. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { atLeast, exactly, type Figure, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import type { GatewayChild } from '../../support/gateway/gateway-child.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { arrivals, atOnce, type Pushed, pushWithKey } from '../../support/pushes/keyed-pushes.js';
import { startStage } from '../../support/stage.js';

const KEYS_EACH = 40;
const DUPLICATES = 2;
const AT_ONCE = 4;
const HISTORY = `query ($after: String) {
  pushes(first: 50, after: $after) { nodes { id status } pageInfo { hasNextPage endCursor } }
}`;

type Environment = Readonly<Record<string, string>>;

export const keysReplaced: Row = {
  id: 'L3',
  title:
    'signing key, consumer key with certificate and base URL, ledger key replaced, old and new side by side',
  async run(scene) {
    const { stage } = scene;
    await scene.postgres();
    // Another project at Mastercard: everything that is ours there is another one.
    const elsewhere = await startStage();
    scene.owns(() => elsewhere.end());
    const oldLedgerKey = scene.ledgerSettings['LEDGER_KEYS'] ?? '';
    const newLedgerKey = randomBytes(32).toString('base64');
    const releases: readonly Environment[] = [
      {},
      await newSigningKey(stage.simulator.url),
      elsewhere.environment,
      { ...elsewhere.environment, LEDGER_KEYS: `${oldLedgerKey},${newLedgerKey}` },
      { ...elsewhere.environment, LEDGER_KEYS: `${newLedgerKey},${oldLedgerKey}` },
    ];
    const ranges = stage.knownRanges;
    const answers = new Map<string, readonly Pushed[]>();
    const replays: string[] = [];
    const alive: Figure[] = [];
    let old = await scene.gateway({ ranges, environment: releases[0] ?? {} });
    for (const [step, environment] of releases.slice(1).entries()) {
      const next = await scene.gateway({ ranges, environment });
      const earlier = [...answers.keys()];
      const keys = Array.from({ length: KEYS_EACH }, (_, index) => `l3-${step}-${index}`);
      await atOnce(keys, AT_ONCE, async (key) => {
        const asked = Array.from({ length: DUPLICATES }, () => [old, next]).flat();
        answers.set(key, await Promise.all(asked.map((gateway) => pushWithKey(gateway, key))));
      });
      await atOnce(earlier, AT_ONCE, async (key) => {
        const { id } = await pushWithKey(next, key);
        if (id !== answers.get(key)?.find((one) => one.id !== null)?.id) replays.push('another push');
      });
      alive.push(...aliveFigures([old, next]).filter(({ held }) => !held));
      if (step + 2 === releases.length) {
        const all = [...answers.values()];
        const sent = [arrivals(stage), arrivals(elsewhere)];
        const times = [...answers.keys()].map((key) => sent.reduce((sum, count) => sum + count(key), 0));
        const histories = await Promise.all([old, next].map(history));
        const ids = [...new Set(all.flat().flatMap(({ id }) => id ?? []))].sort();
        return [
          atLeast(
            'keys sent elsewhere',
            times.length - [...answers.keys()].filter(sent[0] ?? (() => 0)).length,
            1,
          ),
          none(`of ${times.length} keys sent twice`, times.filter((count) => count > 1).length),
          none('not sent', times.filter((count) => count === 0).length),
          noneOf(
            'answers neither READY nor IN_PROGRESS',
            all
              .flat()
              .map(({ end }) => end)
              .filter((end) => end !== 'READY' && end !== 'IN_PROGRESS'),
          ),
          noneOf('earlier keys that give another push', replays),
          ...histories.map((found, index) =>
            exactly(
              `history of the ${index === 0 ? 'old' : 'new'} process whole`,
              String(found.join() === ids.join()),
              'true',
            ),
          ),
          ...alive,
        ];
      }
      await old.kill();
      old = next;
    }
    throw new Error('there was no release');
  },
};

async function newSigningKey(simulatorUrl: string): Promise<Environment> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const answer = await fetch(`${simulatorUrl}/simulator/trust`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ publicKey: publicKey.export({ type: 'spki', format: 'pem' }) }),
  });
  if (!answer.ok) throw new Error(`the simulator does not take the key: ${await answer.text()}`);
  return {
    MDES_SIGNING_KEY_FILE: '',
    MDES_SIGNING_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** The ids of all READY pushes, in their own order. */
async function history(gateway: GatewayChild): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ; ) {
    const { data } = await gateway.graphql(HISTORY, { after });
    const { nodes, pageInfo } = data.pushes;
    for (const { id, status } of nodes) if (status === 'READY') ids.push(id);
    if (!pageInfo.hasNextPage) return ids.sort();
    after = pageInfo.endCursor;
  }
}
