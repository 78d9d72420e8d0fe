/** L6: the ledger's rows vanish, are garbled, swapped, of a newer format, or all go back to what they were before. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresServer } from '../../../support/postgres-server.js';
import { exactly, type Figure, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { eventually } from '../../support/eventually.js';
import type { GatewayChild } from '../../support/gateway/gateway-child.js';
import { changedRowFigures } from '../../support/ledger/changed-rows.js';
import { noticedFigures } from '../../support/ledger/going-back.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { pass } from '../../support/mdes/exchange.js';
import { arrivals, type Pushed, pushWithKey } from '../../support/pushes/keyed-pushes.js';
import type { Scene } from '../../support/scene.js';

const MDES_TAKES_MS = 1500;
const NOTICED_MS = 5000;
const DELETE = 'with k as (delete from ledger_key) delete from ledger_push';
const EMPTY = 'truncate ledger_key, ledger_push, ledger_progress, ledger_writer restart identity';
/** What could not be told while pushes were refused is told within this. */
const TOLD_LATER_MS = 6000;
/** The counter has grown since the backup. */
const GROWN_MS = 3000;

export const rowsGoneAndChanged: Row = {
  id: 'L6',
  title: 'rows garbled, of a newer format, of another owner, deleted, emptied, restored from a backup',
  async run(scene) {
    const database = await scene.postgres();
    const wish = { ranges: scene.stage.knownRanges };
    const gateways = [await scene.gateway(wish), await scene.gateway(wish)];
    const [one, other] = gateways;
    if (one === undefined || other === undefined) throw new Error('there are no gateways');
    const figures = await changedRowFigures(scene, database, one, other);
    const deleted = await pushMeanwhile(scene, 'deleted', one, () => database.query(DELETE));
    figures.push(...(await putBack(scene, 'deleted', deleted, gateways)));
    const emptied = await pushMeanwhile(scene, 'emptied', one, () => database.query(EMPTY));
    figures.push(...(await noticedFigures('emptied', scene, database, gateways)));
    await sleep(TOLD_LATER_MS);
    figures.push(...(await putBack(scene, 'emptied', emptied, gateways)));
    return [...figures, ...(await restored(scene, database, gateways)), ...aliveFigures(gateways)];
  },
};

/** Its row goes while MDES works; gives what the caller was told. */
async function pushMeanwhile(
  { stage }: Scene,
  key: string,
  gateway: GatewayChild,
  strike: () => Promise<unknown>,
): Promise<Pushed> {
  stage.proxy.behave(async (exchange) => {
    if (exchange.operation === 'pushMultipleAccounts') await sleep(MDES_TAKES_MS);
    return pass(exchange);
  });
  const pushing = pushWithKey(gateway, key);
  await sleep(MDES_TAKES_MS / 2);
  await strike();
  const push = await pushing;
  stage.proxy.behave(pass);
  return push;
}

/** End and key are put back: each process gives them. */
async function putBack(
  { stage }: Scene,
  key: string,
  push: Pushed,
  gateways: readonly GatewayChild[],
): Promise<Figure[]> {
  const replays = await Promise.all(gateways.map((gateway) => pushWithKey(gateway, key)));
  return [
    exactly(`${key}: told`, push.end, 'READY'),
    noneOf(
      'replays that give another',
      replays.filter(({ id, end }) => id !== push.id || end !== 'READY').map(({ end }) => end),
    ),
    exactly('sent', arrivals(stage)(key), 1),
  ];
}

async function restored(
  scene: Scene,
  database: PostgresServer,
  gateways: readonly GatewayChild[],
): Promise<Figure[]> {
  const [one] = gateways;
  if (one === undefined) return [];
  const backup = mkdtempSync(join(tmpdir(), 'postgres-backup-'));
  await database.kill();
  cpSync(database.data, join(backup, 'data'), { recursive: true });
  await database.start();
  await eventually(async () => (await one.readiness()).ledger === 'ready', NOTICED_MS);
  const pushed = await pushWithKey(one, 'l6-after-the-backup');
  await sleep(GROWN_MS);
  await database.kill();
  database.replaceData(join(backup, 'data'));
  rmSync(backup, { recursive: true });
  await database.start();
  await sleep(NOTICED_MS / 2);
  const replay = await pushWithKey(one, 'l6-after-the-backup');
  return [
    exactly('after the backup', pushed.end, 'READY'),
    exactly('its key once restored', replay.end, 'LEDGER_UNAVAILABLE'),
    exactly('sent', arrivals(scene.stage)('l6-after-the-backup'), 1),
    ...(await noticedFigures('restored', scene, database, gateways)),
  ];
}
