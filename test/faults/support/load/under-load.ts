/** A fault under load, and the samples from before it, during it and after it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayChild } from '../gateway/gateway-child.js';
import type { Scene } from '../scene.js';
import { type LoadPlan, now, type Sample } from './load-plan.js';
import { between } from './samples.js';

export interface Trial {
  readonly all: readonly Sample[];
  /** The baseline, from the same run. */
  readonly before: readonly Sample[];
  /** From the fault to the end of the run: what the fault leaves behind counts too. */
  readonly since: readonly Sample[];
  readonly struckAt: number;
  readonly healedAt: number;
}

const PER_SECOND = 200;
/** A process that has just started computes each thing dearly, and what has heaped up meanwhile has to be done before it counts. */
const WARM_UP_MS = 6000;
const SETTLE_MS = 300;
const BASELINE_MS = 3000;

interface TrialOptions {
  readonly gateways: readonly GatewayChild[];
  /**
   * Before the baseline: what would disturb the figures, or make the time after it unlike the baseline. A forced collection makes
   * the heap small, and V8's own full collections come soon after one.
   */
  readonly lastLook?: () => Promise<unknown>;
  /** Resolves when all is well again. */
  readonly fault: () => Promise<unknown>;
  readonly afterMs?: number;
  readonly plan?: Partial<LoadPlan>;
}

export async function underLoad(
  scene: Scene,
  { gateways, lastLook, fault, afterMs = 2000, plan }: TrialOptions,
): Promise<Trial> {
  const { knownRanges, oracle } = scene.stage;
  const load = scene.child('load-process');
  await load.ask('start', {
    targets: gateways.map(({ url, token }) => ({ url, token })),
    perSecond: PER_SECOND,
    cached: knownRanges,
    cold: scene.coldRanges(1250),
    pushes: true,
    oracle,
    ...plan,
  } satisfies LoadPlan);
  await sleep(WARM_UP_MS);
  await lastLook?.();
  await sleep(SETTLE_MS);
  const warmAt = now();
  await sleep(BASELINE_MS);
  const baselineEnd = now();
  await sleep(SETTLE_MS);
  const struckAt = now();
  await fault();
  const healedAt = now();
  await sleep(afterMs);
  const samples = await load.ask<Sample[]>('stop');
  await load.kill();
  return {
    all: samples,
    before: between(samples, warmAt, baselineEnd),
    since: between(samples, struckAt),
    struckAt,
    healedAt,
  };
}
