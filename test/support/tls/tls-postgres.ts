/** A real PostgreSQL that lets users in by a client certificate of the bank's authority alone, and one of them by his password, too. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresServer } from '../postgres-server.js';
import type { BankAuthority } from './bank-authority.js';

export interface TlsPostgres {
  readonly server: PostgresServer;
  url(user: string): string;
}

/** `cards` is let in by his certificate, `mara` by hers and her password `first`; both own the database of their name. */
export async function startTlsPostgres(authority: BankAuthority): Promise<TlsPostgres> {
  const server = await PostgresServer.start();
  const own = authority.certificate('localhost');
  const files = { 'server.crt': own.cert, 'server.key': own.key, 'ca.crt': authority.cert };
  // Through the server, so that they are its own: it takes no key that others may read.
  for (const [name, content] of Object.entries(files)) {
    const escaped = content.replaceAll("'", "''");
    await server.query(
      `copy (select unnest(string_to_array('${escaped.trim()}', E'\\n'))) to '${join(server.data, name)}'`,
    );
    server.run('bash', '-c', `chmod 600 ${join(server.data, name)}`);
  }
  for (const user of ['cards', 'mara']) {
    await server.query(`create role ${user} login password 'first'`);
    await server.query(`create database ${user} owner ${user}`);
  }
  const hba = join(server.data, 'pg_hba.conf');
  const rules = [
    'hostssl all mara all scram-sha-256 clientcert=verify-full',
    'hostssl all cards all cert',
    'host all mara,cards all reject',
  ];
  writeFileSync(hba, `${rules.join('\n')}\n${readFileSync(hba, 'utf8')}`);
  const settings = {
    ssl_cert_file: 'server.crt',
    ssl_key_file: 'server.key',
    ssl_ca_file: 'ca.crt',
    ssl: 'on',
  };
  for (const [name, value] of Object.entries(settings))
    await server.query(`alter system set ${name} = '${value}'`);
  await server.query('select pg_reload_conf()');
  return {
    server,
    url: (user) => `postgres://${user}@localhost:${server.port}/${user.replace(/:.*/, '')}`,
  };
}
