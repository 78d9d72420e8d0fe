/** S5: half an hour of one gateway under load, with another fault each minute: nothing heaps up, and all is well after each. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Row } from '../../row.js';
import { postGraphQL } from '../../support/ask-graphql.js';
import { READ } from '../../support/documents.js';
import { eventually } from '../../support/eventually.js';
import { type LoadPlan, now, type Sample } from '../../support/load/load-plan.js';
import { pushWithKey } from '../../support/pushes/keyed-pushes.js';
import type { Scene } from '../../support/scene.js';
import { ROTATING_FAULTS, type SoakWorld } from './rotating-faults.js';
import { type Round, roundInWords, soakFigures } from './soak-figures.js';

const ROUNDS = 30;
const ROUND_MS = 60_000;
/** Then the load ends, and what it has opened is given back. */
const LOADED_MS = 44_000;
const CALM_MS = 6000;
const WELL_MS = 10_000;
const PER_SECOND = 100;
const COLD = 90;
/** In each round the catalogue is past its soft age. */
const AGE_MS = 13 * 3_600_000;

export const soak: Row = {
  id: 'S5',
  title: `${ROUNDS} minutes, another fault in each`,
  async run(scene) {
    const world = await makeWorld(scene);
    const rounds: Round[] = [];
    while (rounds.length < ROUNDS) {
      const last = await round(scene, world, rounds.length);
      rounds.push(last);
      console.log(`S5  minute ${rounds.length}: ${roundInWords(last)}`);
    }
    return soakFigures(world, rounds);
  },
};

async function makeWorld(scene: Scene): Promise<SoakWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'soak-'));
  scene.owns(async () => rmSync(folder, { recursive: true }));
  const signingKeyFile = join(folder, 'key');
  copyFileSync(scene.stage.environment['MDES_SIGNING_KEY_FILE'] ?? '', signingKeyFile);
  const postgres = await scene.postgres();
  const redis = await scene.redis();
  const issuer = await scene.issuer();
  const environment = { MDES_SIGNING_KEY_FILE: signingKeyFile };
  const gateway = await scene.gateway({ redisUrl: redis.url, issuer, environment });
  return { stage: scene.stage, gateway, redis, postgres, issuer, signingKeyFile, kids: ['bank-1'] };
}

async function round(scene: Scene, world: SoakWorld, number: number): Promise<Round> {
  const { gateway, issuer, kids, stage } = world;
  const fault = ROTATING_FAULTS[number % ROTATING_FAULTS.length];
  if (fault === undefined) throw new RangeError('no fault');
  const startedAt = now();
  const logged = gateway.log.length;
  await gateway.advance(AGE_MS);
  const target = { url: gateway.url, token: await issuer.token('susan', kids.at(-1)) };
  const load = scene.child('load-process');
  await load.ask('start', {
    targets: [target],
    perSecond: PER_SECOND,
    cached: stage.knownRanges,
    cold: scene.coldRanges(COLD),
    pushes: true,
    oracle: stage.oracle,
  } satisfies LoadPlan);
  await sleep(CALM_MS);
  const struckAt = now();
  await fault.strike(world);
  const wellMs = await eventually(async () => {
    const { codes } = await postGraphQL(target, READ, { ranges: [stage.knownRanges[0]] });
    const { degraded } = await gateway.readiness();
    const { end } = await pushWithKey(target, `well-${number}-${Math.floor(now())}`);
    return codes.length === 0 && !degraded && end === 'READY';
  }, WELL_MS);
  const wellAt = now();
  await sleep(startedAt + LOADED_MS - now());
  const samples = await load.ask<Sample[]>('stop');
  await load.kill();
  await sleep(startedAt + ROUND_MS - now());
  const vitals = await gateway.vitals();
  // What was still under way when the fault struck has met it.
  const isStruck = ({ at, ms }: Sample) => at + ms >= struckAt && at <= wellAt;
  return {
    fault: fault.name,
    told: fault.told,
    calm: samples.filter((sample) => !isStruck(sample)),
    struck: samples.filter(isStruck),
    wellMs,
    vitals,
    held: await gateway.held(),
    logged: gateway.log.length - logged,
  };
}
