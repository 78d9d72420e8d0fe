/** What must hold once the whole ledger has gone back in time. */
import { Secret } from '../../../../src/domain/secret.js';
import { acceptRestore } from '../../../../src/push/ledger/postgres/operate.js';
import type { PostgresServer } from '../../../support/postgres-server.js';
import { exactly, type Figure, noneOf } from '../../figure.js';
import { eventually } from '../eventually.js';
import type { GatewayChild } from '../gateway/gateway-child.js';
import { arrivals, type Pushed, pushWithKey } from '../pushes/keyed-pushes.js';
import type { Scene } from '../scene.js';

const NOTICED_MS = 5000;

/** Until an operator accepts it, every process refuses: nothing is sent, and the log says so. */
export async function noticedFigures(
  name: string,
  { stage }: Scene,
  database: PostgresServer,
  gateways: readonly GatewayChild[],
): Promise<Figure[]> {
  const are = (state: string) => async () =>
    (await Promise.all(gateways.map((gateway) => gateway.readiness()))).every(
      ({ ledger }) => ledger === state,
    );
  const away = await eventually(are('unavailable'), NOTICED_MS);
  const keys = gateways.map((_, index) => `l6-${name}-refused-${index}`);
  const refused: Pushed[] = [];
  for (const [index, gateway] of gateways.entries())
    refused.push(await pushWithKey(gateway, keys[index] ?? ''));
  const sent = arrivals(stage);
  const silent = gateways.filter(({ log }) => !log.includes('gone back in time')).length;
  await acceptRestore(new Secret(database.url), 'moon-bank');
  const back = await eventually(are('ready'), NOTICED_MS);
  const again = await Promise.all(gateways.map((gateway, index) => pushWithKey(gateway, keys[index] ?? '')));
  return [
    exactly(`${name}: noticed by all that run`, String(away < NOTICED_MS), 'true'),
    noneOf(
      'pushes not refused',
      refused.map(({ end }) => end).filter((end) => end !== 'LEDGER_UNAVAILABLE'),
    ),
    exactly('sent meanwhile', keys.filter((key) => sent(key) > 0).length, 0),
    exactly('logs that say nothing', silent, 0),
    exactly('once accepted, pushes', again.map(({ end }) => end).join(), gateways.map(() => 'READY').join()),
    exactly('in use again', String(back < NOTICED_MS), 'true'),
  ];
}
