/** Which hosts are reached without the proxy: this machine, and those that NO_PROXY lists. */
import { BlockList, isIP } from 'node:net';
import { isLoopbackHost } from '../../domain/loopback.js';

const HOST_AND_PORT = /^(\[.+\]|[^:]+):(\d+)$/;

/** @param hostname as a URL has it */
export function isStraight(hostname: string, port: number, except: readonly string[]): boolean {
  const host = bare(hostname);
  return isLoopbackHost(hostname) || except.some((entry) => covers(entry, host, port));
}

/** A name covers what is below it, too, with or without the dot or asterisk before it; `*` is everybody. */
function covers(entry: string, host: string, port: number): boolean {
  if (entry === '*') return true;
  const [, named = entry, itsPort] = HOST_AND_PORT.exec(entry) ?? [];
  if (itsPort !== undefined && Number(itsPort) !== port) return false;
  if (named.includes('/')) return isIn(host, named);
  const name = bare(named.replace(/^\*?\./, ''));
  return host === name || (isIP(host) === 0 && host.endsWith(`.${name}`));
}

function isIn(host: string, network: string): boolean {
  const [address = '', bits = ''] = network.split('/');
  const kind = isIP(address);
  if (kind === 0 || isIP(host) !== kind || !/^\d{1,3}$/.test(bits)) return false;
  const family = kind === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family);
  return list.check(host, family);
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
}
