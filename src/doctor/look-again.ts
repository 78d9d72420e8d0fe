/** Looks again at what has failed: whether a plain URL leads to a port of TLS, or the other way round, and why TLS was broken off. */
import { connect as connectPlainly } from 'node:net';
import { connect } from 'node:tls';
import type { Config } from '../config/config.js';
import { type TlsSettings, tlsOptions, USUAL_TLS } from '../domain/network/outward.js';
import { parseRedisUrl } from '../domain/network/redis-address.js';
import { tlsFault } from '../domain/network/tls-fault.js';
import { connectionFault, OF_TLS } from './connection-fault.js';
import { diagnosis, type Finding, fault, type Subject } from './finding.js';

const LOOK_MS = 1000;
const STANDS = 'STANDS';

interface Place {
  readonly setting: string;
  readonly host: string;
  readonly port: number;
  /** null: its URL is plain. */
  readonly tls: TlsSettings | null;
}

/** What is wrong with it is then that. */
export function lookedAtAgain(findings: readonly Finding[], config: Config): Promise<Finding[]> {
  const places = placesOf(config);
  return Promise.all(
    findings.map(async (finding) => {
      const place = places.get(finding.subject);
      if (finding.verdict !== 'FAULT' || place === undefined) return finding;
      const { setting, tls } = place;
      if (finding.subject === 'Redis' && tls !== null) {
        const isPlain = finding.code === 'NO_ANSWER' && (await answersPlainly(place));
        return isPlain
          ? fault(finding.subject, OF_TLS.NO_TLS(setting, 'it answers without', undefined))
          : finding;
      }
      if (tls !== null && finding.code !== 'CONNECTION_BROKEN') return finding;
      const code = await tlsEnd(place);
      const why = tlsFault(code);
      if (tls !== null)
        return why === null ? finding : fault(finding.subject, connectionFault(code, setting));
      if (code !== STANDS && (why === null || why === 'NO_TLS')) return finding;
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
  const [node] = redis?.hosts ?? [];
  const redisTls = redis?.encrypted === true ? (cache?.tls ?? USUAL_TLS) : null;
  const found: readonly (readonly [Subject, Place | undefined])[] = [
    ['MDES', placeOf('MDES_BASE_URL', mdes.identity?.baseUrl, mdes.identity?.outward?.tls)],
    ['card store', placeOf('CARD_VAULT_URL', cardStore?.url, cardStore?.outward?.tls)],
    ['key set', placeOf('AUTH_JWKS_URL', auth?.jwksUrl, auth?.outward?.tls)],
    ['callback route', placeOf('PUBLIC_URL', publicUrl ?? undefined)],
    ['Redis', node && { setting: 'CACHE_URL', ...node, tls: redisTls }],
  ];
  return new Map(found.flatMap(([subject, place]) => (place === undefined ? [] : [[subject, place]])));
}

/** undefined: there is none. */
function placeOf(setting: string, url: string | undefined, tls = USUAL_TLS): Place | undefined {
  if (url === undefined) return undefined;
  const { protocol, hostname, port } = new URL(url);
  const isPlain = protocol === 'http:';
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return { setting, host, port: Number(port || (isPlain ? 80 : 443)), tls: isPlain ? null : tls };
}

/** Nothing is sent. Gives the code of the error; one that follows after TLS stands, too, since that is when a certificate is missed. */
function tlsEnd({ host, port, tls }: Place): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, ...tlsOptions(tls ?? USUAL_TLS), timeout: LOOK_MS });
    let found = '';
    const end = (code: string) => {
      resolve(code);
      socket.destroy();
    };
    socket
      .once('secureConnect', () => {
        found = STANDS;
        if (tls === null) end(STANDS);
        else socket.resume();
      })
      .once('timeout', () => end(found))
      .once('close', () => end(found))
      .on('error', (error: NodeJS.ErrnoException) => end(error.code ?? ''));
  });
}

/** A Redis without TLS waits for the end of what it takes for a command, and says nothing: asked in plain, it answers. */
function answersPlainly({ host, port }: Place): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectPlainly({ host, port, timeout: LOOK_MS });
    socket
      .once('connect', () => socket.write('PING\r\n'))
      .once('timeout', () => socket.destroy())
      .once('close', () => resolve(false))
      .once('data', (answer) => {
        resolve(/^[+-]/.test(answer.toString('latin1')));
        socket.destroy();
      })
      .on('error', () => undefined);
  });
}
