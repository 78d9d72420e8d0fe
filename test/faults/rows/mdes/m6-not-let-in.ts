/** M6: MDES does not accept who we are: 401, 403, and a clock of ours that is wrong. */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { atMost, exactly, type Figure, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { canonical, READ } from '../../support/documents.js';
import { eventually } from '../../support/eventually.js';
import type { GatewayChild } from '../../support/gateway/gateway-child.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { now } from '../../support/load/load-plan.js';
import { gatewayError } from '../../support/mdes/behaviours.js';
import { type Behaviour, pass } from '../../support/mdes/exchange.js';
import type { GatewayWish, Scene } from '../../support/scene.js';

const WATCHED_MS = 11_500;
const ASK_EVERY_MS = 50;
const FREELY = 3;
const CALL_EVERY_MS = 5000;
/** Past the soft age of what is cached, and far past what a signature's time may differ. */
const CLOCK_OFF_MS = 13 * 3_600_000;

interface Case {
  readonly name: string;
  readonly behaviour: Behaviour;
  readonly wish: Partial<GatewayWish>;
  readonly advanceMs: number;
}

const CASES: readonly Case[] = [
  { name: '401', behaviour: gatewayError(401, 'DECLINED'), wish: {}, advanceMs: CLOCK_OFF_MS },
  { name: '403', behaviour: gatewayError(403, 'DECLINED'), wish: {}, advanceMs: CLOCK_OFF_MS },
  // Here the simulator itself refuses the signature.
  { name: 'clock', behaviour: pass, wish: { machineClockOffMs: CLOCK_OFF_MS }, advanceMs: 0 },
];

export const notLetIn: Row = {
  id: 'M6',
  title: 'MDES does not let us in',
  async run(scene) {
    const redis = await scene.redis();
    const { knownRanges, proxy, environment } = scene.stage;
    const [range = ''] = knownRanges;
    const seasoned = await scene.gateway({ redisUrl: redis.url });
    await seasoned.graphql(READ, { ranges: [range] });
    await eventually(async () => (await redis.command('KEYS', '*')).includes(range), 1000);
    await seasoned.kill();
    const secrets = [
      ...(await keyLines(environment['MDES_SIGNING_KEY_FILE'] ?? '')),
      ...['oauth_signature=', 'oauth_body_hash=', 'POST&http', 'GET&http'],
    ];
    const figures: Figure[] = [];
    for (const { name, behaviour, wish, advanceMs } of CASES) {
      await proxy.clear();
      const gateway = await scene.gateway({
        redisUrl: redis.url,
        environment: { LOG_LEVEL: 'trace' },
        ...wish,
      });
      await gateway.advance(advanceMs);
      proxy.behave(behaviour);
      const found = await watch(scene, gateway, range);
      const told = secrets.filter((secret) => (gateway.log + gateway.warnings.join()).includes(secret));
      figures.push(...found.map((figure) => ({ ...figure, name: `${name}: ${figure.name}` })));
      figures.push(none(`${name}: secrets in the log`, told.length), ...aliveFigures([gateway]));
      await gateway.kill();
    }
    return figures;
  },
};

async function watch(scene: Scene, gateway: GatewayChild, range: string): Promise<Figure[]> {
  const { oracle, proxy } = scene.stage;
  const until = now() + WATCHED_MS;
  const cold: string[] = [];
  let wrong = 0;
  while (now() < until) {
    const [fresh, known] = await Promise.all([
      gateway.graphql(READ, { ranges: scene.coldRanges(1) }),
      gateway.graphql(READ, { ranges: [range] }),
    ]);
    cold.push(fresh.codes.join());
    if (canonical(known.data?.tokenRequestors ?? []) !== oracle[range]) wrong += 1;
    await sleep(ASK_EVERY_MS);
  }
  const { mdes } = await gateway.readiness();
  const calls = proxy.calls('getEligibleTokenRequestors');
  const third = calls[FREELY - 1]?.at ?? until;
  const later = calls.slice(FREELY).length;
  return [
    atMost('calls after the third', later, Math.floor((until - third) / CALL_EVERY_MS)),
    noneOf(
      `of ${cold.length} cold reads not UPSTREAM_UNAVAILABLE`,
      cold.filter((code) => code !== 'UPSTREAM_UNAVAILABLE'),
    ),
    none('cached reads wrong', wrong),
    exactly('/readyz says', String(mdes), 'unauthorized'),
  ];
}

async function keyLines(file: string): Promise<string[]> {
  return (await readFile(file, 'utf8')).split('\n').filter((line) => line.length > 40);
}
