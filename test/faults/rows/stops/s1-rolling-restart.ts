/** S1: two gateways, one of them of two workers, are restarted one after the other under load, behind HAProxy and behind a balancer that is told late. */
import { atLeast, atMost, exactly, type Figure, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import type { Balancer } from '../../support/balancers/balancer.js';
import { type GatewayPair, startGatewayPair } from '../../support/balancers/gateway-pair.js';
import { startHaproxy } from '../../support/balancers/haproxy.js';
import { startLateBalancer } from '../../support/balancers/late-balancer.js';
import type { LoadPlan, Sample } from '../../support/load/load-plan.js';
import { count, errorsOf, pushesOf } from '../../support/load/samples.js';
import { arrivals } from '../../support/pushes/keyed-pushes.js';
import type { Scene } from '../../support/scene.js';

/** At least: they go on until as many requests were sent as the row wants. */
const RESTARTS = 10;
const PER_SECOND = 80;
/** After it has taken its last request. */
const END_MS = 10_000;

interface Turn {
  readonly name: string;
  readonly balance: (ports: readonly number[]) => Promise<Balancer>;
  readonly drainSeconds: number;
  readonly leastRequests: number;
}

const TURNS: readonly Turn[] = [
  { name: 'HAProxy as it comes', balance: startHaproxy, drainSeconds: 8, leastRequests: 10_000 },
  { name: 'told 1 s late', balance: startLateBalancer, drainSeconds: 3, leastRequests: 5000 },
];

export const rollingRestart: Row = {
  id: 'S1',
  title: `two gateways restarted ${RESTARTS} times and more under load, behind two balancers`,
  async run(scene) {
    const figures: Figure[] = [];
    for (const turn of TURNS) figures.push(...(await restarted(scene, turn)));
    return figures;
  },
};

async function restarted(
  scene: Scene,
  { name, balance, drainSeconds, leastRequests }: Turn,
): Promise<Figure[]> {
  const pair = await startGatewayPair(scene, { DRAIN_SECONDS: String(drainSeconds) });
  const balancer = await balance(pair.ports);
  scene.owns(() => balancer.close());
  await balancer.whenAllServe();
  const { knownRanges, oracle } = scene.stage;
  const load = scene.child('load-process');
  await load.ask('start', {
    targets: [{ url: balancer.url, token: pair.token }],
    perSecond: PER_SECOND,
    cached: knownRanges,
    cold: [],
    pushes: true,
    oracle,
  } satisfies LoadPlan);
  const codes: string[] = [];
  let slowestMs = 0;
  const enoughAt = performance.now() + (1000 * leastRequests) / PER_SECOND;
  for (let turn = 0; turn < RESTARTS || performance.now() < enoughAt; turn += 1) {
    const { code, ms } = await restart(pair, balancer, turn % pair.ports.length);
    if (code !== 0) codes.push(String(code));
    slowestMs = Math.max(slowestMs, ms - drainSeconds * 1000);
    await balancer.whenAllServe();
  }
  const samples = await load.ask<Sample[]>('stop');
  await load.kill();
  const sent = arrivals(scene.stage);
  const pushes = pushesOf(samples);
  return [
    atLeast(`${name}: requests`, samples.length, leastRequests),
    none('lost', count(samples, 'drop')),
    none('wrong', count(samples, 'wrong')),
    noneOf('errors', errorsOf(samples)),
    exactly(
      'pushes sent once and READY',
      pushes.filter(({ push }) => push?.status === 'READY' && sent(push.key) === 1).length,
      pushes.length,
    ),
    noneOf('exit codes but 0', codes),
    atMost('exit after the drain', slowestMs, END_MS, 'ms'),
  ];
}

async function restart(pair: GatewayPair, balancer: Balancer, at: number) {
  const { child, ended } = pair.running(at);
  const signalled = performance.now();
  child.kill('SIGTERM');
  void balancer.told(at);
  const code = await ended();
  const ms = performance.now() - signalled;
  await pair.start(at);
  return { code, ms };
}
