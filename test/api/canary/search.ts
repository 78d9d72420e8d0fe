/** Looks for canaries where they must not be. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { type Canary, CanaryScanner, type Find } from '../../support/canary.js';
import { CANARIES } from './canaries.js';
import { AUDIT_KEYS, cardStore, consumerKey, postgres, receipts, redis, token } from './world.js';

export const scanner = new CanaryScanner(CANARIES);

/** What callers may see, or must, and logs and Redis must not. */
export function secrets(): Canary[] {
  return [
    ...receipts,
    { name: 'the access token', value: token },
    { name: "the card store's token", value: cardStore.token },
    { name: 'the consumer key', value: consumerKey },
    { name: 'the audit key', value: AUDIT_KEYS },
  ];
}

export async function scanRedis(scan: CanaryScanner): Promise<Find[]> {
  const keys = keysIn(await redis.command('KEYS', '*'));
  const found = keys.flatMap((key) => scan.scan('a Redis key', key));
  for (const key of keys) found.push(...scan.scan(`the value of ${key}`, await redis.command('GET', key)));
  expect(await redis.command('SAVE')).toMatch(/^(\+OK)?$/);
  return [...found, ...scan.scan('the dump of Redis', redis.dump())];
}

/** All rows as a dump gives them, and the log that every change went through. */
export function scanPostgres(scan: CanaryScanner): { readonly found: Find[]; readonly rows: number } {
  const dump = postgres.run(
    'pg_dump',
    '-h',
    '127.0.0.1',
    '-p',
    String(postgres.port),
    '-U',
    'postgres',
    '--inserts',
  );
  const wal = join(postgres.data, 'pg_wal');
  const files = readdirSync(wal).filter((name) => /^[0-9A-F]{24}$/.test(name));
  const found = files.flatMap((name) =>
    scan.scan(`the database's log ${name}`, readFileSync(join(wal, name), 'latin1')),
  );
  const inserts = dump.split('\n').filter((line) => line.startsWith('INSERT'));
  // Bytes stand there as hex.
  const bytes = [...dump.matchAll(/\\x([0-9a-f]+)/g)].map(([, hex = '']) =>
    Buffer.from(hex, 'hex').toString('latin1'),
  );
  return {
    found: [
      ...found,
      ...scan.scan('the rows of the ledger', dump),
      ...scan.scan('its bytes', bytes.join('\n')),
    ],
    rows: inserts.length,
  };
}

function keysIn(reply: string): string[] {
  return reply.split('\r\n').filter((line) => line !== '' && !/^[*$]\d+$/.test(line));
}

/** `canary, form, where` and how often: short enough to read when something is found. */
export function counted(found: readonly Find[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { canary, form, where } of found) {
    const line = `${canary}, ${form}: ${where}`;
    counts[line] = (counts[line] ?? 0) + 1;
  }
  return counts;
}
