/** The ledger's own way of asking PostgreSQL gives what `pg` gives, and breaks as it does. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { PreparedStatements } from '../../src/push/ledger/postgres/prepared-statements.js';
import { PostgresServer } from '../support/postgres-server.js';

let server: PostgresServer;
let pool: pg.Pool;
beforeAll(async () => {
  server = await PostgresServer.start();
  // One connection: what is broken on it would be seen by the next statement.
  pool = new pg.Pool({ connectionString: server.url, max: 1, query_timeout: 5000 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
});
afterAll(async () => {
  await pool.end();
  await server.stop();
});

const ODD = ['', 'NULL', '{a,b}', '"quoted"', 'back\\slash', 'Zoë\u2028🙂', "'; --", ' blank '];
const KINDS = {
  name: 'kinds',
  text: `select $1::text as text, $2::text[] as list, $3::bytea as bytes, $4::float8 as number, $5::int as whole,
  $6::text as nothing, true as yes, 9007199254740993::bigint as big, null::bytea as no_bytes
from generate_series(1, 2)`,
};

it('gives the same rows as pg does, also when the statement is known already', async () => {
  const prepared = new PreparedStatements();
  for (const text of ODD) {
    const values = [text, ODD, Buffer.from([0, 39, 92, 255]), 1.5, 7, null];
    const { rows } = await pool.query({ ...KINDS, name: 'the same', values });
    expect(rows).toHaveLength(2);
    expect(await prepared.run(pool, KINDS, values)).toEqual(rows);
    expect(rows[0]).toMatchObject({ text, list: ODD });
  }
});

it('gives no rows for what changes something, and knows no column of it', async () => {
  const prepared = new PreparedStatements();
  await server.query('create table kept (text text)');
  const insert = { name: 'insert', text: 'insert into kept values ($1)' };
  expect(await prepared.run(pool, insert, ['one'])).toEqual([]);
  expect(await prepared.run(pool, insert, ['two'])).toEqual([]);
  expect(await server.query('select text from kept')).toEqual([{ text: 'one' }, { text: 'two' }]);
});

it('says what the server says, and leaves the next statement a connection that is well', async () => {
  const prepared = new PreparedStatements();
  const divide = { name: 'divide', text: 'select 1 / $1::int as result' };
  for (const values of [[0], [1], [0]]) {
    const answer = prepared.run(pool, divide, values);
    if (values[0] === 1) expect(await answer).toEqual([{ result: 1 }]);
    else await expect(answer).rejects.toMatchObject({ code: '22012' });
  }
  const wrong = { name: 'wrong', text: 'select nonsense' };
  for (let time = 0; time < 2; time++) {
    await expect(prepared.run(pool, wrong, [])).rejects.toMatchObject({ code: '42703' });
  }
  await expect(prepared.run(pool, divide, [{}])).rejects.toThrow(TypeError);
  expect(await prepared.run(pool, divide, [1])).toEqual([{ result: 1 }]);
});

it('ends with a connection that is cut, and goes on with another', async () => {
  const prepared = new PreparedStatements();
  const sleep = { name: 'sleep', text: 'select pg_backend_pid() as pid, pg_sleep($1)::text as slept' };
  const [row] = await prepared.run(pool, sleep, [0]);
  const cut = expect(prepared.run(pool, sleep, [30])).rejects.toBeInstanceOf(Error);
  await server.query('select pg_terminate_backend($1)', [row?.['pid']]);
  await cut;
  expect(await prepared.run(pool, sleep, [0])).toEqual([{ pid: expect.any(Number), slept: '' }]);
});
