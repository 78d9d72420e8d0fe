/** M7: no connection to MDES comes to stand: its name, its certificate or its port is not what it should be. */
import { atMost, type Figure, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import type { Asked } from '../../support/ask-graphql.js';
import { CARD_RANGE, canonical, PUSH, pushInput, READ } from '../../support/documents.js';
import { eventually } from '../../support/eventually.js';
import type { GatewayChild } from '../../support/gateway/gateway-child.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { startTlsMdes } from '../../support/mdes/tls-mdes.js';
import { waysToBeUnreachable } from '../../support/mdes/unreachable.js';

const PUSHES = 5;
const PUSH_MS = 9000;
const READ_MS = 3000;
const RECOVERY_MS = 5000;

/** What was seen of one way to be unreachable, and after it. */
interface Seen {
  readonly name: string;
  readonly wasMet: boolean;
  readonly pushes: readonly Asked[];
  readonly cold: Asked;
  readonly requests: number;
  readonly coldIsKept: boolean;
  readonly cachedIsRight: boolean;
  readonly pushesAfter: readonly Asked[];
  readonly sends: number;
  readonly recoveryMs: number;
}

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
    const sent = async () => (await mdes.simulator.calls()).pushMultipleAccounts;
    const coldRanges = knownRanges.filter((range) => range !== CARD_RANGE);
    const seen: Seen[] = [];
    await read(CARD_RANGE);
    for (const [index, { name, code, begin, end }] of waysToBeUnreachable(mdes, gateway).entries()) {
      const range = coldRanges[index] ?? '';
      const before = { log: gateway.log.length, requests: mdes.requests(), sent: await sent() };
      await begin();
      const [pushes, cold, cached] = await Promise.all([
        pushAll(gateway, index),
        read(range),
        read(CARD_RANGE),
      ]);
      const requests = mdes.requests() - before.requests;
      const coldIsKept = (await redis.command('KEYS', '*')).includes(range);
      await end();
      const pushesAfter = await pushAll(gateway, index);
      seen.push({
        ...{ name, pushes, cold, requests, coldIsKept, pushesAfter },
        wasMet: code.test(gateway.log.slice(before.log)),
        cachedIsRight: isRight(cached, CARD_RANGE),
        sends: (await sent()) - before.sent,
        recoveryMs: await eventually(async () => isRight(await read(range), range), RECOVERY_MS),
      });
    }
    return [...figuresOf(seen), ...aliveFigures([gateway])];
  },
};

/** For the same fault always with the same keys. */
function pushAll(gateway: GatewayChild, fault: number): Promise<Asked[]> {
  const keys = Array.from({ length: PUSHES }, (_, index) => `unreachable-${fault}-${index}`);
  return Promise.all(keys.map((key) => gateway.graphql(PUSH, { input: pushInput(key) })));
}

function figuresOf(seen: readonly Seen[]): Figure[] {
  const where = (isSo: (one: Seen) => boolean) => seen.filter(isSo).map(({ name }) => name);
  const others = (wanted: string, answers: (one: Seen) => readonly Asked[]) =>
    seen.flatMap((one) =>
      answers(one)
        .map(endOf)
        .filter((end) => end !== wanted)
        .map((end) => `${one.name}: ${end}`),
    );
  const slowest = (answers: (one: Seen) => readonly { readonly ms: number }[]) =>
    Math.max(...seen.flatMap(answers).map(({ ms }) => ms));
  const away = 'UPSTREAM_UNAVAILABLE';
  const notMet = where(({ wasMet }) => !wasMet);
  const kept = where(({ coldIsKept }) => coldIsKept);
  const wrong = where(({ cachedIsRight }) => !cachedIsRight);
  const requests = seen.reduce((sum, one) => sum + one.requests, 0);
  const notOnce = where(({ sends }) => sends !== PUSHES);
  const recovery = slowest(({ recoveryMs }) => [{ ms: recoveryMs }]);
  return [
    noneOf(`of ${seen.length} faults not met`, notMet),
    noneOf(
      `of ${seen.length * PUSHES} pushes not ${away}`,
      others(away, (one) => one.pushes),
    ),
    atMost(
      'slowest push',
      slowest((one) => one.pushes),
      PUSH_MS,
      'ms',
    ),
    none('requests that arrived', requests),
    noneOf(
      `cold reads not ${away}`,
      others(away, (one) => [one.cold]),
    ),
    atMost(
      'slowest',
      slowest((one) => [one.cold]),
      READ_MS,
      'ms',
    ),
    noneOf('cached for them', kept),
    noneOf('cached reads wrong', wrong),
    noneOf(
      'same keys later not READY',
      others('READY', (one) => one.pushesAfter),
    ),
    noneOf('keys not sent once', notOnce),
    atMost('cold reads right after', recovery, RECOVERY_MS, 'ms'),
  ];
}

function endOf({ data, codes }: Asked): string {
  return data?.pushCard?.status ?? data?.pushCard?.code ?? codes.join();
}
