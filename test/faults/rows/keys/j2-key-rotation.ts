/** J2: the sign-in replaces its key: the new one is good soon, the withdrawn one soon is not, and nobody is turned away between. */
import { setTimeout as sleep } from 'node:timers/promises';
import { atMost, exactly, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { signedIn, tokenOfUnknownKey } from '../../support/signed-in.js';

const COOLDOWN_MS = 30_000;
const REFRESH_MS = 600_000;
const MINUTE_MS = 60_000;
const STEP_MS = 10_000;
/** Of real time, for the gateway's schedule to look at the clock. */
const LOOKED_MS = 1100;

export const keyRotation: Row = {
  id: 'J2',
  title: 'key rotation',
  async run(scene) {
    const issuer = await scene.issuer();
    const gateway = await scene.gateway({ issuer });
    const [first, second, third] = await Promise.all(
      ['bank-1', 'bank-2', 'bank-3'].map((kid) => issuer.token('susan', kid)),
    );
    const outcome = async (token = '') => (await signedIn(gateway, token)).outcome;
    const turnedAway: string[] = [];
    const stays = async (token = '') => {
      const is = await outcome(token);
      if (is !== 'ok') turnedAway.push(is);
    };

    await issuer.publish('bank-1', 'bank-2');
    await gateway.advance(COOLDOWN_MS);
    const atOnce = await outcome(second);
    // Somebody's unknown key has just used up the fetch; this one is asked for before it is published.
    await gateway.advance(COOLDOWN_MS);
    await outcome(tokenOfUnknownKey(0));
    const early = await outcome(third);
    await issuer.publish('bank-1', 'bank-2', 'bank-3');
    await gateway.advance(COOLDOWN_MS);
    const afterCooldown = await outcome(third);
    await stays(first);

    await issuer.publish('bank-2', 'bank-3');
    let rejectedMs = 0;
    while ((await outcome(first)) === 'ok' && rejectedMs < 2 * REFRESH_MS) {
      await stays(second);
      await gateway.advance(STEP_MS);
      rejectedMs += STEP_MS;
      // Only where the schedule may have something to do.
      if (rejectedMs >= REFRESH_MS / 2) await sleep(LOOKED_MS);
    }
    await stays(second);
    await stays(third);
    return [
      exactly('new key, first request', atOnce, 'ok'),
      exactly('before it is published', early, '401 UNAUTHENTICATED'),
      exactly('after the cooldown', afterCooldown, 'ok'),
      atMost('withdrawn key rejected after', rejectedMs / 1000, (REFRESH_MS + MINUTE_MS) / 1000, 's'),
      exactly('then', await outcome(first), '401 UNAUTHENTICATED'),
      noneOf('others turned away meanwhile', turnedAway),
      ...aliveFigures([gateway]),
    ];
  },
};
