/** A bank that encrypts all ways within it, made once for all set-ups: an authority, certificates, and servers that ask for them. */
import type { TlsOptions } from 'node:tls';
import { A_DAY_MS } from '../../faults/support/mdes/certificates.js';
import { BankAuthority } from '../tls/bank-authority.js';
import { startOpensslServer } from '../tls/openssl-server.js';
import { startTlsFront } from '../tls/tls-front.js';
import { startTlsPostgres, type TlsPostgres } from '../tls/tls-postgres.js';
import { startTlsRedis, type TlsRedis } from '../tls/tls-redis.js';
import type { DoctorWorld } from './doctor-world.js';

function makeCertificates() {
  const [bank, stranger] = [new BankAuthority(), new BankAuthority()];
  return {
    ...{ bank, stranger },
    server: bank.certificate('localhost'),
    ended: bank.certificate('localhost', -1000),
    elsewhere: bank.certificate('elsewhere.bank.example'),
    ours: bank.certificate('cards'),
    strange: stranger.certificate('cards'),
    endsSoon: bank.certificate('cards', 10 * A_DAY_MS),
    notYet: bank.certificate('cards', 90 * A_DAY_MS, 5 * A_DAY_MS),
  };
}

export type Certificates = ReturnType<typeof makeCertificates>;

const made = new WeakMap<DoctorWorld, Certificates>();
const redises = new WeakMap<DoctorWorld, Promise<TlsRedis>>();
const databases = new WeakMap<DoctorWorld, Promise<TlsPostgres>>();

export function certificatesOf(world: DoctorWorld): Certificates {
  const known = made.get(world) ?? makeCertificates();
  if (!made.has(world)) {
    made.set(world, known);
    world.owns(async () => {
      known.bank.remove();
      known.stranger.remove();
    });
  }
  return known;
}

/** TLS before what is at that URL; gives the URL that leads through it. */
export async function behindTls(world: DoctorWorld, url: string, options: TlsOptions): Promise<string> {
  const { port, pathname } = new URL(url);
  const front = await startTlsFront(options, Number(port));
  world.owns(() => front.close());
  return front.url + pathname.replace(/\/$/, '');
}

export function tlsRedis(world: DoctorWorld): Promise<TlsRedis> {
  const known = redises.get(world) ?? startTlsRedis(certificatesOf(world).bank);
  if (!redises.has(world)) world.owns(async () => (await known).redis.stop());
  redises.set(world, known);
  return known;
}

const openssls = new WeakMap<DoctorWorld, ReturnType<typeof startOpensslServer>>();

export function opensslServer(world: DoctorWorld): ReturnType<typeof startOpensslServer> {
  const known = openssls.get(world) ?? startOpensslServer(certificatesOf(world).bank);
  if (!openssls.has(world)) world.owns(async () => (await known).close());
  openssls.set(world, known);
  return known;
}

export function tlsPostgres(world: DoctorWorld): Promise<TlsPostgres> {
  const known = databases.get(world) ?? startTlsPostgres(certificatesOf(world).bank);
  if (!databases.has(world)) world.owns(async () => (await known).server.stop());
  databases.set(world, known);
  return known;
}
