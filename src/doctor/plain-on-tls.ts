/** Whether something that does not work by a plain URL speaks TLS at that very port. */
import { connect } from 'node:tls';
import type { Config } from '../config/config.js';
import { parseRedisUrl } from '../domain/network/redis-address.js';
import { tlsFault } from '../domain/network/tls-fault.js';
import { diagnosis, type Finding, fault, type Subject } from './finding.js';

const LOOK_MS = 1000;

interface Place {
  readonly setting: string;
  readonly host: string;
  readonly port: number;
}

/** What is wrong with it is then that. */
export function withPlainOnTls(findings: readonly Finding[], config: Config): Promise<Finding[]> {
  const places = placesOf(config);
  return Promise.all(
    findings.map(async (finding) => {
      const place = places.get(finding.subject);
      if (finding.verdict !== 'FAULT' || place === undefined || !(await speaksTls(place))) return finding;
      const { setting } = place;
      return fault(
        finding.subject,
        diagnosis(
          'WANTS_TLS',
          `Whoever answers at ${setting} speaks TLS, and ${setting} says that it does not.`,
          setting === 'CACHE_URL' ? 'Write it with rediss.' : 'Write it with https.',
        ),
      );
    }),
  );
}

function placesOf({ mdes, cardStore, auth, cache, publicUrl }: Config): ReadonlyMap<Subject, Place> {
  const redis = cache === null ? undefined : parseRedisUrl(cache.url.reveal());
  const [node] = redis?.encrypted === false ? redis.hosts : [];
  const found: readonly (readonly [Subject, Place | undefined])[] = [
    ['MDES', placeOf('MDES_BASE_URL', mdes.identity?.baseUrl)],
    ['card store', placeOf('CARD_VAULT_URL', cardStore?.url)],
    ['key set', placeOf('AUTH_JWKS_URL', auth?.jwksUrl)],
    ['callback route', placeOf('PUBLIC_URL', publicUrl ?? undefined)],
    ['Redis', node && { setting: 'CACHE_URL', ...node }],
  ];
  return new Map(found.flatMap(([subject, place]) => (place === undefined ? [] : [[subject, place]])));
}

/** undefined: it says that TLS is spoken there, or there is none. */
function placeOf(setting: string, url: string | undefined): Place | undefined {
  if (!url?.startsWith('http:')) return undefined;
  const { hostname, port } = new URL(url);
  return { setting, host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port || 80) };
}

/** Nothing is sent: that its side of TLS comes back is enough, whosever it is. */
function speaksTls({ host, port }: Place): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, rejectUnauthorized: true, timeout: LOOK_MS });
    const end = (speaks: boolean) => {
      resolve(speaks);
      socket.destroy();
    };
    socket
      .once('secureConnect', () => end(true))
      .once('timeout', () => end(false))
      .on('error', (error: NodeJS.ErrnoException) => {
        const why = tlsFault(error.code ?? '');
        end(why !== null && why !== 'NO_TLS');
      });
  });
}
