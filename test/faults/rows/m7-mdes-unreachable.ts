/** M7: no connection to MDES comes to stand: its name, its certificate or its port is not what it should be. */
import { atMost, exactly, none, noneOf } from '../figure.js';
import type { Row } from '../row.js';
import type { Asked } from '../support/ask-graphql.js';
import { CARD_RANGE, canonical, PUSH, pushInput, READ } from '../support/documents.js';
import { eventually } from '../support/eventually.js';
import type { GatewayChild } from '../support/gateway-child.js';
import { aliveFigures } from '../support/load-figures.js';
import { startTlsMdes } from '../support/tls-mdes.js';
import { waysToBeUnreachable } from '../support/unreachable.js';

const PUSHES = 5;
const PUSH_MS = 9000;
const READ_MS = 3000;
const RECOVERY_MS = 5000;

export const mdesUnreachable: Row = {
  id: 'M7',
  title: 'MDES cannot be reached',
  async run(scene) {
    const { knownRanges, oracle } = scene.stage;
    const redis = await scene.redis({ args: ['--appendonly', 'yes'] });
    const mdes = await startTlsMdes();
    scene.owns(() => mdes.close());
    const { environment } = mdes;
    const gateway = await scene.gateway({ redisUrl: redis.url, ranges: knownRanges, environment });
    const read = (range: string) => gateway.graphql(READ, { ranges: [range] });
    const isRight = ({ data }: Asked, range: string) =>
      canonical(data?.tokenRequestors ?? []) === oracle[range];
    const sends = async () => (await mdes.simulator.calls()).pushMultipleAccounts;
    const colds = knownRanges.filter((range) => range !== CARD_RANGE);
    const ways = waysToBeUnreachable(mdes, gateway);
    const met = [];
    await read(CARD_RANGE);
    for (const [index, { name, code, begin, end }] of ways.entries()) {
      const cold = colds[index] ?? '';
      const loggedBefore = gateway.log.length;
      await begin();
      const before = { requests: mdes.requests(), sends: await sends() };
      const [refused, fresh, known] = await Promise.all([
        pushes(gateway, index),
        read(cold),
        read(CARD_RANGE),
      ]);
      const requests = mdes.requests() - before.requests;
      const isKept = (await redis.command('KEYS', '*')).includes(cold);
      await end();
      const again = await pushes(gateway, index);
      met.push({
        name,
        isOther: !code.test(gateway.log.slice(loggedBefore)),
        ...{ refused, fresh, requests, isKept, again },
        isKnown: isRight(known, CARD_RANGE),
        sends: (await sends()) - before.sends,
        recoveryMs: await eventually(async () => isRight(await read(cold), cold), RECOVERY_MS),
      });
    }
    const where = (isOdd: (one: (typeof met)[number]) => boolean) =>
      met.filter(isOdd).map(({ name }) => name);
    const most = (of: (one: (typeof met)[number]) => number) => Math.max(...met.map(of));
    return [
      noneOf(
        `of ${ways.length} faults not met`,
        where(({ isOther }) => isOther),
      ),
      noneOf(
        `of ${ways.length * PUSHES} pushes not UPSTREAM_UNAVAILABLE`,
        met.flatMap(({ name, refused }) => endsBut('UPSTREAM_UNAVAILABLE', refused, name)),
      ),
      atMost(
        'slowest',
        most(({ refused }) => Math.max(...refused.map(({ ms }) => ms))),
        PUSH_MS,
        'ms',
      ),
      none(
        'requests that arrived',
        met.reduce((sum, { requests }) => sum + requests, 0),
      ),
      noneOf(
        'cold reads not UPSTREAM_UNAVAILABLE',
        met.flatMap(({ name, fresh }) => endsBut('UPSTREAM_UNAVAILABLE', [fresh], name)),
      ),
      atMost(
        'slowest',
        most(({ fresh }) => fresh.ms),
        READ_MS,
        'ms',
      ),
      noneOf(
        'cached for them',
        where(({ isKept }) => isKept),
      ),
      noneOf(
        'cached reads wrong',
        where(({ isKnown }) => !isKnown),
      ),
      noneOf(
        'same keys later not READY',
        met.flatMap(({ name, again }) => endsBut('READY', again, name)),
      ),
      exactly('sends for each', [...new Set(met.map((one) => one.sends))].join(', '), String(PUSHES)),
      atMost(
        'cold reads right after',
        most(({ recoveryMs }) => recoveryMs),
        RECOVERY_MS,
        'ms',
      ),
      ...aliveFigures([gateway]),
    ];
  },
};

/** Always with the same keys for the same fault. */
function pushes(gateway: GatewayChild, fault: number): Promise<Asked[]> {
  const keys = Array.from({ length: PUSHES }, (_, index) => `unreachable-${fault}-${index}`);
  return Promise.all(keys.map((key) => gateway.graphql(PUSH, { input: pushInput(key) })));
}

function endsBut(wanted: string, asked: readonly Asked[], fault: string): string[] {
  return asked
    .map(({ data, codes }) => String(data?.pushCard?.status ?? data?.pushCard?.code ?? codes.join()))
    .filter((end) => end !== wanted)
    .map((end) => `${fault}: ${end}`);
}
