/** L1: the ledger's database is killed, frozen, made read-only, under load. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresServer } from '../../../support/postgres-server.js';
import { atMost, type Figure } from '../../figure.js';
import type { Row } from '../../row.js';
import { eventually } from '../../support/eventually.js';
import type { GatewayChild } from '../../support/gateway/gateway-child.js';
import {
  aliveFigures,
  ledgerAwayFigures,
  pushFigures,
  readFigures,
  type Span,
} from '../../support/load/load-figures.js';
import { now } from '../../support/load/load-plan.js';
import { underLoad } from '../../support/load/under-load.js';

const READ_MAX_MS = 300;
const BACK_WITHIN_MS = 2000;

interface Outage {
  readonly name: string;
  readonly ms: number;
  /** A push is refused within this. */
  readonly refusedWithinMs: number;
  begin(database: PostgresServer): unknown;
  end(database: PostgresServer): unknown;
}

const setReadOnly = async (database: PostgresServer, value: 'on' | 'off') => {
  await database.query(`alter system set default_transaction_read_only to ${value}`);
  await database.query('select pg_reload_conf()');
};

const OUTAGES: readonly Outage[] = [
  {
    name: 'killed',
    ms: 10_000,
    refusedWithinMs: 200,
    begin: (database) => database.kill(),
    end: (database) => database.start(),
  },
  {
    name: 'frozen',
    ms: 5000,
    refusedWithinMs: 400,
    begin: (database) => database.freeze(),
    end: (database) => database.thaw(),
  },
  {
    name: 'read-only',
    ms: 5000,
    refusedWithinMs: 200,
    begin: (database) => setReadOnly(database, 'on'),
    end: (database) => setReadOnly(database, 'off'),
  },
];

export const ledgerAway: Row = {
  id: 'L1',
  title: "the ledger's database killed, frozen, read-only",
  async run(scene) {
    const database = await scene.postgres();
    const gateway = await scene.gateway();
    const spans = new Map<Outage, Span>();
    const back: Figure[] = [];
    const trial = await underLoad(scene, {
      gateways: [gateway],
      async fault() {
        for (const outage of OUTAGES) {
          await outage.begin(database);
          const from = now();
          await sleep(outage.ms);
          spans.set(outage, { from, to: now() });
          await outage.end(database);
          const ms = await eventually(() => isReady(gateway), 2 * BACK_WITHIN_MS);
          back.push(atMost(`${outage.name}: in use again after`, ms, BACK_WITHIN_MS, 'ms'));
          await sleep(1000);
        }
      },
      afterMs: 1000,
    });
    const away = [...spans].flatMap(([{ name, refusedWithinMs }, span]) =>
      ledgerAwayFigures(scene, trial, [span], refusedWithinMs).map((figure) => ({
        ...figure,
        name: `${name}: ${figure.name}`,
      })),
    );
    return [
      ...readFigures(trial, READ_MAX_MS),
      ...away,
      ...back,
      ...(await pushFigures(scene, trial)),
      ...aliveFigures([gateway]),
    ];
  },
};

async function isReady({ url }: GatewayChild): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`);
  return ((await answer.json()) as { ledger: string }).ledger === 'ready';
}
