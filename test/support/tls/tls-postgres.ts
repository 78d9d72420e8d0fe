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
  const tls = { ssl: 'on', ssl_cert_file: 'server.crt', ssl_key_file: 'server.key', ssl_ca_file: 'ca.crt' };
  const server = await PostgresServer.make({
    args: Object.entries(tls).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  });
  const own = authority.certificate('localhost');
  const files = { 'server.crt': own.cert, 'server.key': own.key, 'ca.crt': authority.cert };
  // By its own user: it takes no key that others may read.
  for (const [name, content] of Object.entries(files))
    server.run('install', '-m', '600', authority.file(name, content), join(server.data, name));
  const rules = [
    'hostssl all mara all scram-sha-256 clientcert=verify-full',
    'hostssl all cards all cert',
    'host all mara,cards all reject',
  ];
  const hba = join(server.data, 'pg_hba.conf');
  writeFileSync(hba, `${rules.join('\n')}\n${readFileSync(hba, 'utf8')}`);
  await server.start();
  for (const user of ['cards', 'mara']) {
    await server.query(`create role ${user} login password 'first'`);
    await server.query(`create database ${user} owner ${user}`);
  }
  return {
    server,
    url: (user) => `postgres://${user}@localhost:${server.port}/${user.replace(/:.*/, '')}`,
  };
}
