/** L1: the ledger's database is killed, frozen, made read-only, has no connection or no room left, under load. */
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

/** What the gateway signs in as: a superuser is let in where nobody else is. */
const ROLE = 'gateway';
const MAKE_ROLE = `create role ${ROLE} login; grant all on schema public to ${ROLE}`;
const NO_CONNECTIONS = `alter role ${ROLE} connection limit 0;
  select pg_terminate_backend(pid) from pg_stat_activity where usename = '${ROLE}'`;
/** As a full disk answers. */
const NO_ROOM = `create function no_room() returns trigger language plpgsql as $$
  begin raise exception 'no space left on device' using errcode = '53100'; end $$;
  ${['ledger_key', 'ledger_push', 'ledger_progress']
    .map((table) => `create trigger no_room before insert or update on ${table} execute function no_room();`)
    .join(' ')}`;

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
  {
    name: 'out of connections',
    ms: 3000,
    refusedWithinMs: 200,
    begin: (database) => database.query(NO_CONNECTIONS),
    end: (database) => database.query(`alter role ${ROLE} connection limit -1`),
  },
  {
    name: 'disk full',
    ms: 3000,
    refusedWithinMs: 200,
    begin: (database) => database.query(NO_ROOM),
    end: (database) => database.query('drop function no_room cascade'),
  },
];

export const ledgerAway: Row = {
  id: 'L1',
  title: "the ledger's database killed, frozen, read-only, out of connections, with a full disk",
  async run(scene) {
    const database = await scene.postgres();
    await database.query(MAKE_ROLE);
    const LEDGER_URL = database.url.replace('postgres@', `${ROLE}@`);
    const gateway = await scene.gateway({ environment: { LEDGER_URL } });
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
