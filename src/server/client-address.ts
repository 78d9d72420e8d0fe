/** The network address that a request comes from: the connection's, or what proxies that are trusted say of it. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { LRUCache } from 'lru-cache';
import type { Logger } from '../observability/logger.js';

export interface ClientAddresses {
  /** As requests are counted by it: of IPv6 the network, since one customer has all of its addresses. */
  of(request: Pick<IncomingMessage, 'headers' | 'socket'>): string;
  isProxy(address: string): boolean;
}

const MAPPED = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;
/** Whose addresses have been read; phones keep a connection, and a proxy has a few thousand of customers at a time. */
const MOST_KNOWN = 10_000;
/** Longer chains are nobody's. */
const MOST_HOPS = 20;

/** @param proxies addresses and networks */
export function clientAddresses(
  { log }: { readonly log: Logger },
  proxies: readonly string[],
): ClientAddresses {
  const trusted = new BlockList();
  let isWarned = false;
  for (const proxy of proxies) {
    const [network = '', bits] = proxy.split('/');
    const family = isIP(network) === 4 ? 'ipv4' : 'ipv6';
    trusted.addSubnet(network, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family);
  }
  const isProxy = (address: string) =>
    proxies.length > 0 && trusted.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
  function find(peer: string, { forwardedFor, forwarded }: Told): string {
    if (isIP(peer) === 0 || !isProxy(peer)) {
      if (!isWarned && (forwardedFor ?? forwarded) !== undefined) {
        isWarned = true;
        log.warn(
          'TRUSTED_PROXIES does not hold who says whose request it passes on: all of its requests count as its own',
        );
      }
      return counted(peer);
    }
    const told = [hopsOf(forwardedFor), hopsOfElements(forwarded)]
      .filter((hops) => hops !== null)
      .map((hops) => counted(nearestStranger(peer, hops, isProxy)));
    // A proxy sets one of them, and passes the other on as the client wrote it: where they differ, neither counts.
    const [address] = told;
    return address !== undefined && told.every((one) => one === address) ? address : counted(peer);
  }

  const known = new LRUCache<string, string>({ maxSize: MOST_KNOWN, sizeCalculation: () => 1 });
  return {
    isProxy: (address) => isIP(plain(address)) !== 0 && isProxy(plain(address)),
    of({ headers, socket: { remoteAddress = '' } }) {
      const told = { forwardedFor: headers['x-forwarded-for']?.toString(), forwarded: headers.forwarded };
      const isTold = told.forwardedFor !== undefined || told.forwarded !== undefined;
      const key = isTold ? `${remoteAddress}\n${told.forwardedFor}\n${told.forwarded}` : remoteAddress;
      const address = known.get(key) ?? find(plain(remoteAddress), told);
      known.set(key, address);
      return address;
    },
  };
}

/** Headers as they came. */
interface Told {
  readonly forwardedFor: string | undefined;
  readonly forwarded: string | undefined;
}

/** From the gateway outwards: the first hop that is no trusted proxy, or the last one that makes sense. */
function nearestStranger(
  peer: string,
  hops: readonly string[],
  isProxy: (address: string) => boolean,
): string {
  let known = peer;
  for (const hop of hops.slice(-MOST_HOPS).reverse()) {
    if (isIP(hop) === 0) return known;
    known = hop;
    if (!isProxy(hop)) return known;
  }
  return known;
}

/** In the order in which proxies have added to it; null without one. */
function hopsOf(header: string | undefined): string[] | null {
  return header === undefined ? null : header.split(',').map(bare);
}

/** RFC 7239; what is quoted holds no comma where it is an address. */
function hopsOfElements(header: string | undefined): string[] | null {
  if (header === undefined) return null;
  return header.split(',').map((element) => {
    const [, value = ''] = /(?:^|;)\s*for\s*=\s*("[^"]*"|[^;\s]*)/i.exec(element) ?? [];
    return bare(value.replaceAll('"', ''));
  });
}

/** Without port and brackets. */
function bare(text: string): string {
  const hop = text.trim();
  const [, inBrackets] = /^\[([^\]]*)\](?::\d+)?$/.exec(hop) ?? [];
  return plain(inBrackets ?? hop.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1'));
}

/** An IPv4 address as such, also on a socket of both. */
function plain(address: string): string {
  return address.replace(MAPPED, '').replace(/%.*$/, '');
}

function counted(address: string): string {
  if (isIP(address) !== 6) return address;
  const { hostname } = new URL(`http://[${address}]`);
  const [head = '', tail] = hostname.slice(1, -1).split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - left.length - right.length }, () => '0');
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`;
}
