/** L4: gateways whose clocks are wrong by seconds, minutes and days look at what a right one sends, and write to it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { atLeast, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import type { GatewayChild } from '../../support/gateway/gateway-child.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { pass } from '../../support/mdes/exchange.js';
import { arrivals, type Pushed, pushWithKey } from '../../support/pushes/keyed-pushes.js';

const SECOND = 1000;
const MINUTE = 60_000;
const DAY = 86_400_000;
const OFF_MS = [20 * SECOND, 16 * MINUTE, 31 * DAY].flatMap((ms) => [ms, -ms]);
const KEYS = 12;
const MDES_TAKES_MS = 4000;
/** Longer than from one sweep of old rows to the next. */
const SWEPT_MS = 6000;
const FIELDS = 'id status createdAt expiresAt accounts { pushAccountReceipt outcome }';
const READ = `query ($id: ID!) { push(id: $id) { ${FIELDS} } }`;
const LIST = '{ pushes(first: 50) { nodes { id status createdAt expiresAt } } }';
const OUTCOME = `mutation ($id: ID!) {
  recordOutcome(pushId: $id, outcomes: [{ fundingAccountId: "card-1", outcome: APPROVED }]) { ${FIELDS} }
}`;

export const clocksDiffer: Row = {
  id: 'L4',
  title: 'gateways 20 s, 16 min and 31 days ahead and behind',
  async run(scene) {
    const { stage } = scene;
    await scene.postgres();
    const wish = { ranges: stage.knownRanges };
    const right = await scene.gateway(wish);
    const wrong = await Promise.all(
      OFF_MS.map((machineClockOffMs) => scene.gateway({ ...wish, machineClockOffMs })),
    );
    const keys = Array.from({ length: KEYS }, (_, index) => `l4-${index}`);
    stage.proxy.behave(async (exchange) => {
      if (exchange.operation === 'pushMultipleAccounts') await sleep(MDES_TAKES_MS);
      return pass(exchange);
    });
    const pushing = Promise.all(keys.map((key) => pushWithKey(right, key)));
    await sleep(MDES_TAKES_MS / 4);
    const during = await askedAt(wrong, keys);
    const pushes = await pushing;
    stage.proxy.behave(pass);
    const ids = pushes.flatMap(({ id }) => id ?? []);
    const before = await seenBy(right, ids);
    const otherViews: string[] = [];
    for (const gateway of wrong) {
      const view = await seenBy(gateway, ids);
      if (view !== before) otherViews.push(view);
    }
    // Each writes to a push of its own; then all of them have swept what they hold for old.
    const written: string[] = [];
    for (const [index, gateway] of wrong.entries()) {
      const { data } = await gateway.graphql(OUTCOME, { id: ids[index] });
      written.push(String(data?.recordOutcome?.status));
    }
    await sleep(SWEPT_MS);
    const after = await seenBy(right, ids);
    const replays = await askedAt([right, ...wrong], keys);
    const sent = arrivals(stage);
    return [
      atLeast('receipts that live', before.split('pushAccountReceipt":"').length - 1, KEYS),
      noneOf(
        'not READY',
        pushes.map(({ end }) => end).filter((end) => end !== 'READY'),
      ),
      noneOf(
        `of ${during.length} looks while it was sent not IN_PROGRESS`,
        during.map(({ end }) => end).filter((end) => end !== 'IN_PROGRESS'),
      ),
      none('other status, times, receipt or history', otherViews.length),
      noneOf(
        'outcomes not recorded',
        written.filter((status) => status !== 'COMPLETED'),
      ),
      none(
        'changed by the writing beside the outcome',
        Number(withoutOutcome(after) !== withoutOutcome(before)),
      ),
      none(
        'replays with another push',
        replays.filter(({ id }, index) => id !== pushes[index % KEYS]?.id).length,
      ),
      none(`of ${KEYS} keys not sent once`, keys.filter((key) => sent(key) !== 1).length),
      ...aliveFigures([right, ...wrong]),
    ];
  },
};

/** Each key at each gateway, not so many at once that the ledger is late. */
async function askedAt(gateways: readonly GatewayChild[], keys: readonly string[]): Promise<Pushed[]> {
  const answers: Pushed[] = [];
  for (const gateway of gateways)
    answers.push(...(await Promise.all(keys.map((key) => pushWithKey(gateway, key)))));
  return answers;
}

/** Everything that a caller sees of them, each by itself and in the list. */
async function seenBy(gateway: GatewayChild, ids: readonly string[]): Promise<string> {
  const own: unknown[] = [];
  for (const id of ids) own.push((await gateway.graphql(READ, { id })).data);
  const { data } = await gateway.graphql(LIST);
  return JSON.stringify([own, data]);
}

function withoutOutcome(view: string): string {
  return view.replaceAll(/"(status|outcome)":("[A-Z_]+"|null)/g, '');
}
