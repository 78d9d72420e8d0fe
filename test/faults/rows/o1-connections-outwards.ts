/** O1: every connection outwards fails in every phase, one destination at a time, then all at once and from the start. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Figure, noneOf } from '../figure.js';
import type { Row } from '../row.js';
import { CARD_RANGE, READ } from '../support/documents.js';
import { eventually } from '../support/eventually.js';
import type { GatewayChild } from '../support/gateway/gateway-child.js';
import { aliveFigures } from '../support/load/load-figures.js';
import { DESTINATIONS, type Destination, WELL_ENDS } from '../support/outwards/destinations.js';
import { differences, endsOf } from '../support/outwards/ends.js';
import { Findings } from '../support/outwards/findings.js';
import { LiveProbe } from '../support/outwards/live-probe.js';
import { isMet, PHASES, type Phase, WELL } from '../support/outwards/phases.js';
import { COOLDOWN_MS, startWorld, type World } from '../support/outwards/world.js';
import type { Scene } from '../support/scene.js';

/** How long a destination is broken, at least: what beats and looks by itself has its turn. */
const BROKEN_MS = 1200;
const PATIENCE_MS = 10_000;
/** Five reads, one after the other, each of them late. */
const SHOWS_MS = 16_000;
/** In the members of `/readyz`. */
const ALL_WELL = ['"cache":"ready"', '"ledger":"ready"', '"mdes":"ready"', '"keys":"ok"'];
/** For reads that find out whether MDES is back. */
const UNCACHED = 40;

export const connectionsOutwards: Row = {
  id: 'O1',
  title: `${DESTINATIONS.length} destinations of connections outwards fail in ${PHASES.length} phases`,
  async run(scene) {
    const world = await startWorld(scene);
    const findings = new Findings(DESTINATIONS.map(({ name }) => name));
    const alive: Figure[] = [];
    for (const phase of PHASES) alive.push(...(await failIn(phase, world, scene, findings)));
    return [
      ...findings.figures(),
      ...findings.sendFigures((await world.simulator.calls()).pushMultipleAccounts),
      noneOf(
        'processes dead or warned',
        alive.filter(({ held }) => !held).map(({ name, measured }) => `${name} ${measured}`),
      ),
    ];
  },
};

async function failIn(phase: Phase, world: World, scene: Scene, findings: Findings): Promise<Figure[]> {
  const { environment, issuer } = world;
  const wish = {
    issuer,
    environment,
    ranges: [CARD_RANGE, ...scene.coldRanges(DESTINATIONS.length + UNCACHED)],
  };
  const calmAt = performance.now();
  const gateway = await scene.gateway(wish);
  const calmMs = performance.now() - calmAt;
  const uncached = wish.ranges.slice(1 + DESTINATIONS.length);
  const isBack = async (one: GatewayChild, name: string) => {
    const ms = await eventually(() => isWell(one, uncached), PATIENCE_MS);
    findings.measured('back', ms, `${name}, ${phase.name}`);
  };
  await isBack(gateway, 'at first');
  findings.pushed((await endsOf(gateway, CARD_RANGE, `first ${phase.name}`)).push);
  const probe = new LiveProbe(gateway.url);
  for (const [index, destination] of DESTINATIONS.entries()) {
    await lookAt(destination, wish.ranges[index + 1] ?? '');
    await enter(WELL, [destination], world, [gateway]);
    await isBack(gateway, destination.name);
  }
  await enter(phase, DESTINATIONS, world, [gateway]);
  await sleep(BROKEN_MS);
  const startedAt = performance.now();
  const { naming = 'here' } = phase;
  const namings = Object.fromEntries(DESTINATIONS.map(({ host }) => [host, naming] as const));
  const late = await scene.gateway({ ...wish, namings });
  findings.measured('start', performance.now() - startedAt - calmMs, phase.name);
  await sleep(BROKEN_MS);
  findings.live(await probe.end());
  await enter(WELL, DESTINATIONS, world, [gateway, late]);
  await isBack(gateway, 'all');
  await isBack(late, 'all from the start');
  const figures = aliveFigures([gateway, late]);
  await Promise.all([gateway.kill(), late.kill()]);
  return figures;

  async function lookAt(destination: Destination, range: string) {
    const { name, host } = destination;
    const from = gateway.log.length;
    await enter(phase, [destination], world, [gateway]);
    const [ends] = await Promise.all([endsOf(gateway, range, `${name} ${phase.name}`), sleep(BROKEN_MS)]);
    const amiss = differences(ends, { ...WELL_ENDS, ...destination.ends(phase) });
    findings.pushed(ends.push);
    let lines: string[] = [];
    const tells = (line: string) => destination.lines.test(line) && phase.says.test(line);
    const told = await eventually(async () => {
      lines = warningsIn(gateway.log.slice(from));
      if (destination.readiness.test(await ready(gateway)) && lines.some(tells)) return true;
      await gateway.graphql(READ, { ranges: [range] });
      return false;
    }, SHOWS_MS);
    if (told > SHOWS_MS) amiss.push(`says ${await ready(gateway)} and logs ${lines.map(shortly).join()}`);
    if (isMet(phase) && world.proxy(host).met === 0) amiss.push('not met');
    findings.measured('lines', lines.length, `${name}, ${phase.name}`);
    for (const what of amiss) findings.amiss(name, phase, what);
  }
}

async function enter(
  phase: Phase,
  destinations: readonly Destination[],
  world: World,
  gateways: readonly GatewayChild[],
): Promise<void> {
  for (const { host } of destinations) {
    await world.proxy(host).enter(phase);
    for (const gateway of gateways) await gateway.name(host, phase.naming ?? 'here');
  }
  // So that the key set is asked for at the next token of an unknown key, or because it has not been fetched.
  for (const gateway of gateways) await gateway.advance(COOLDOWN_MS);
}

/** Whether MDES answers, only a read can tell, of a range that is not cached yet. */
async function isWell(gateway: GatewayChild, uncached: string[]): Promise<boolean> {
  const said = await ready(gateway);
  if (ALL_WELL.every((part) => said.includes(part))) return true;
  if (/"mdes":"unavailable"/.test(said)) {
    const { codes } = await gateway.graphql(READ, { ranges: uncached.slice(0, 1) });
    if (codes.length === 0) uncached.shift();
  }
  return false;
}

async function ready({ url }: GatewayChild): Promise<string> {
  return (await fetch(`${url}/readyz`)).text();
}

function warningsIn(log: string): string[] {
  return log.split('\n').filter((line) => /^\{"level":"?(warn|error|40|50)/.test(line));
}

function shortly(line: string): string {
  return /"msg":"[^"]*"/.exec(line)?.[0] ?? line.slice(0, 80);
}
