/** The faults that follow one another in the soak; each is over when its promise is. */
import { renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TokenIssuer } from '../../../support/issuer/token-issuer.js';
import type { PostgresServer } from '../../../support/postgres-server.js';
import type { RedisServer } from '../../../support/redis-server.js';
import type { GatewayChild } from '../../support/gateway/gateway-child.js';
import { SlowCrowd } from '../../support/limits/slow-crowd.js';
import {
  alternating,
  everyNth,
  gatewayError,
  hang,
  resetBeforeHeaders,
  resetMidBody,
} from '../../support/mdes/behaviours.js';
import { type Behaviour, pass } from '../../support/mdes/exchange.js';
import { trustedKey } from '../../support/mdes/trusted-key.js';
import { signedIn, tokenOfUnknownKey } from '../../support/signed-in.js';
import type { Stage } from '../../support/stage.js';

export interface SoakWorld {
  readonly stage: Stage;
  readonly gateway: GatewayChild;
  readonly redis: RedisServer;
  readonly postgres: PostgresServer;
  readonly issuer: TokenIssuer;
  readonly signingKeyFile: string;
  /** Of the sign-in; a token of the last is good. */
  readonly kids: string[];
}

interface SoakFault {
  readonly name: string;
  /** What may be told meanwhile, besides what is right. */
  readonly told: RegExp;
  strike(world: SoakWorld): Promise<unknown>;
}

const LASTS_MS = 12_000;
const FROZEN_MS = 5000;
const HANGS_MS = 3000;
const SLOW_CLIENTS = 100;
const LOGO = '/assets/logo-1.png';
const NOTHING = /^(?!)/;
const LEDGER = /^(LEDGER_UNAVAILABLE|UNKNOWN)$/;
const MDES = /^(UPSTREAM_UNAVAILABLE|UPSTREAM_TIMEOUT|UNKNOWN)$/;

export const ROTATING_FAULTS: readonly SoakFault[] = [
  {
    name: 'Redis killed',
    told: NOTHING,
    async strike({ redis }) {
      await redis.kill();
      await sleep(LASTS_MS);
      await redis.start();
    },
  },
  { name: 'MDES fails', told: MDES, strike: (world) => behaving(world, failing(), LASTS_MS) },
  {
    name: 'database killed',
    told: LEDGER,
    async strike({ postgres }) {
      await postgres.kill();
      await sleep(LASTS_MS);
      await postgres.start();
    },
  },
  { name: 'calls to MDES break off', told: MDES, strike: (world) => behaving(world, breaking(), LASTS_MS) },
  {
    name: 'key set away',
    told: NOTHING,
    async strike({ gateway, issuer }) {
      issuer.stand = (_request, response) => response.writeHead(500).end();
      for (let one = 0; one < LASTS_MS / 50; one++) {
        void signedIn(gateway, tokenOfUnknownKey(one));
        await sleep(50);
      }
      issuer.stand = null;
    },
  },
  {
    name: 'Redis frozen',
    told: NOTHING,
    async strike({ redis }) {
      redis.freeze();
      await sleep(FROZEN_MS);
      redis.thaw();
    },
  },
  {
    name: 'slow clients',
    told: NOTHING,
    async strike({ gateway }) {
      const crowd = new SlowCrowd(gateway, LOGO);
      crowd.come(SLOW_CLIENTS);
      await sleep(2 * LASTS_MS);
      crowd.leave();
    },
  },
  { name: 'card store fails', told: /^CARD_STORE_UNAVAILABLE$/, strike: cardStoreFails },
  // What is under way of one holder is bounded.
  {
    name: 'MDES hangs',
    told: /^(UNKNOWN|UPSTREAM_\w+|RATE_LIMITED)$/,
    strike: (world) => behaving(world, hang, HANGS_MS),
  },
  {
    name: 'database frozen',
    told: LEDGER,
    async strike({ postgres }) {
      postgres.freeze();
      await sleep(FROZEN_MS);
      postgres.thaw();
    },
  },
  { name: 'keys replaced, settings read again', told: NOTHING, strike: keysReplaced },
];

function failing(): Behaviour {
  return alternating(gatewayError(500, 'SYSTEM_ERROR'), gatewayError(503, 'SERVICE_UNAVAILABLE'));
}

function breaking(): Behaviour {
  return everyNth(10, alternating(resetBeforeHeaders, resetMidBody));
}

async function behaving({ stage }: SoakWorld, behaviour: Behaviour, ms: number): Promise<void> {
  stage.proxy.behave(behaviour);
  await sleep(ms);
  stage.proxy.behave(pass);
}

async function cardStoreFails({ gateway: { place } }: SoakWorld): Promise<void> {
  for (const fault of ['500', 'hang', 'malformed']) {
    await fetch(`${place.cardStoreUrl}/card-store/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ fault, times: 1000 }),
    });
    await sleep(HANGS_MS);
  }
  await fetch(`${place.cardStoreUrl}/card-store/reset`, { method: 'POST' });
}

/** Of the sign-in, and the key that signs calls to MDES. */
async function keysReplaced({ gateway, issuer, kids, signingKeyFile, stage }: SoakWorld): Promise<void> {
  const next = `bank-${kids.length + 1}`;
  await issuer.publish(kids.at(-1) ?? '', next);
  kids.push(next);
  for (let times = 0; times < 3; times++) {
    writeFileSync(`${signingKeyFile}.next`, await trustedKey(stage.simulator.url));
    renameSync(`${signingKeyFile}.next`, signingKeyFile);
    await gateway.reload();
    await sleep(HANGS_MS);
  }
}
