/** J1: the sign-in's key set is away for half an hour, by the clock, while 200 tokens a second name keys that nobody knows. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { TokenIssuer } from '../../../support/issuer/token-issuer.js';
import { atLeast, atMost, exactly, type Figure, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { eventually } from '../../support/eventually.js';
import type { GatewayChild } from '../../support/gateway/gateway-child.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { type Checked, signedIn, tokenOfUnknownKey } from '../../support/signed-in.js';

const AWAY_MS = 30 * 60_000;
const STEPS = 30;
const STEP_MS = 100;
/** In each step: 200 a second. */
const UNKNOWN_A_STEP = 20;
const COOLDOWN_MS = 30_000;
const ADDED_MS = 1;
/** To tell what a token takes by itself. */
const QUIET_QUESTIONS = 60;
/** In use again: a tick of its schedule, and a fetch. */
const BACK_MS = 4000;

type Stand = NonNullable<TokenIssuer['stand']>;
const answer =
  (status: number, body: string): Stand =>
  (_request, response) =>
    response.writeHead(status).end(body);

const FAULTS: readonly (readonly [string, Stand])[] = [
  ['refused', (request) => request.socket.destroy()],
  ['hang', () => undefined],
  ['500', answer(500, '{}')],
  ['{}', answer(200, '{}')],
  ['no keys', answer(200, '{"keys":[]}')],
];

export const keySetAway: Row = {
  id: 'J1',
  title: 'key set of the sign-in away',
  async run(scene) {
    const issuer = await scene.issuer();
    const gateway = await scene.gateway({ issuer });
    const figures: Figure[] = [];
    const untouched = await scene.gateway({ issuer: await scene.issuer() });
    // The first questions are slow in any process.
    await Promise.all([flood(gateway, issuer, 0), quietly(untouched, untouched)]);
    for (const [name, stand] of FAULTS) {
      const found = await away(gateway, issuer, stand, untouched);
      figures.push(...found.map((figure) => ({ ...figure, name: `${name}: ${figure.name}` })));
    }
    return [...figures, ...(await awayFromTheStart()), ...aliveFigures([gateway, untouched])];

    async function awayFromTheStart(): Promise<Figure[]> {
      issuer.stand = answer(500, '{}');
      const before = issuer.fetches;
      const late = await scene.gateway({ issuer });
      const { known } = await flood(late, issuer, AWAY_MS);
      const fetches = issuer.fetches - before;
      issuer.stand = null;
      await late.advance(COOLDOWN_MS);
      const backMs = await eventually(
        async () => (await signedIn(late, late.token)).outcome === 'ok',
        2 * BACK_MS,
      );
      return [
        noneOf('never there: answers not 503', others(known, '503 UPSTREAM_UNAVAILABLE')),
        atMost('never there: fetches', fetches, 1 + AWAY_MS / COOLDOWN_MS),
        atMost('never there: in use after', backMs, BACK_MS, 'ms'),
        ...aliveFigures([late]),
      ];
    }
  },
};

async function away(
  gateway: GatewayChild,
  issuer: TokenIssuer,
  stand: Stand,
  untouched: GatewayChild,
): Promise<Figure[]> {
  issuer.stand = stand;
  const before = issuer.fetches;
  const { known, unknown } = await flood(gateway, issuer, AWAY_MS);
  const fetches = issuer.fetches - before;
  const addedMs = await quietly(gateway, untouched);
  const { keys, keysAgeSeconds, degraded } = await gateway.readiness();
  issuer.stand = null;
  await gateway.advance(COOLDOWN_MS);
  const backMs = await eventually(async () => (await gateway.readiness()).keys === 'ok', 2 * BACK_MS);
  return [
    noneOf(`rejected of ${known.length} of a known key`, others(known, 'ok')),
    atMost('added to each', addedMs, ADDED_MS, 'ms'),
    noneOf(`of ${unknown.length} of unknown keys not 401`, others(unknown, '401 UNAUTHENTICATED')),
    atLeast('fetches', fetches, 1),
    atMost('fetches', fetches, 1 + AWAY_MS / COOLDOWN_MS),
    exactly('/readyz says', `${keys}, degraded ${degraded}`, 'stale, degraded true'),
    atLeast('age told', keysAgeSeconds ?? 0, AWAY_MS / 1000, 's'),
    atMost('well after', backMs, BACK_MS, 'ms'),
  ];
}

/** Tokens of unknown keys, with one of a known key in each step, while the clock goes on by so much in all. */
async function flood(gateway: GatewayChild, issuer: TokenIssuer, clockMs: number) {
  const unknown: Promise<Checked>[] = [];
  const known: Checked[] = [];
  const token = await issuer.token('susan');
  for (let step = 0; step < STEPS; step++) {
    await gateway.advance(clockMs / STEPS);
    for (let one = 0; one < UNKNOWN_A_STEP; one++) {
      const number = step * UNKNOWN_A_STEP + one;
      unknown.push(
        sleep((one * STEP_MS) / UNKNOWN_A_STEP).then(() => signedIn(gateway, tokenOfUnknownKey(number))),
      );
    }
    await sleep(STEP_MS / 2);
    known.push(await signedIn(gateway, token));
    await sleep(STEP_MS / 2);
  }
  return { known, unknown: await Promise.all(unknown) };
}

function others(checked: readonly Checked[], expected: string): string[] {
  return checked.map(({ outcome }) => outcome).filter((outcome) => outcome !== expected);
}

/**
 * What a token of a known key takes longer than at a gateway whose key set is well, while somebody waits for an unknown
 * one: asked in turn, since this machine is not always as fast, and of each the quarter that nothing else slowed down.
 */
async function quietly(gateway: GatewayChild, untouched: GatewayChild): Promise<number> {
  await gateway.advance(COOLDOWN_MS);
  const waiting = signedIn(gateway, tokenOfUnknownKey(-1));
  const [away, well]: [number[], number[]] = [[], []];
  for (let one = 0; one < QUIET_QUESTIONS; one++) {
    away.push((await signedIn(gateway, gateway.token)).ms);
    well.push((await signedIn(untouched, untouched.token)).ms);
  }
  await waiting;
  return quarter(away) - quarter(well);
}

function quarter(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 4)] ?? Number.POSITIVE_INFINITY;
}
