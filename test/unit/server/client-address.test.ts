/** Whose request it is: the connection's address, and what trusted proxies say of it, never what anybody else does. */
import type { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { createLogger } from '../../../src/observability/logger.js';
import { clientAddresses } from '../../../src/server/client-address.js';

const PROXIES = ['10.0.0.0/8', '192.0.2.7', 'fd00::/8'];

function addressOf(
  remoteAddress: string,
  headers: Readonly<Record<string, string>> = {},
  lines: string[] = [],
): string {
  const log = createLogger('info', { write: (line) => void lines.push(line) });
  return clientAddresses({ log }, PROXIES).of({ headers, socket: { remoteAddress } as Socket });
}
const forwardedFor = (text: string) => ({ 'x-forwarded-for': text });

describe('the address of a request', () => {
  it.each([
    ['of a connection', '203.0.113.9', {}, '203.0.113.9'],
    ['of an IPv4 connection on a socket of both', '::ffff:203.0.113.9', {}, '203.0.113.9'],
    ['of IPv6, which is counted by network', '2001:db8:1:2:3:4:5:6', {}, '2001:db8:1:2::/64'],
    ['of short IPv6', '2001:db8::1', {}, '2001:db8:0:0::/64'],
    ['behind nobody who is trusted', '203.0.113.9', forwardedFor('198.51.100.1'), '203.0.113.9'],
    ['behind a trusted proxy', '10.1.2.3', forwardedFor('198.51.100.1'), '198.51.100.1'],
    [
      'behind a trusted proxy on a socket of both',
      '::ffff:10.1.2.3',
      forwardedFor('198.51.100.1'),
      '198.51.100.1',
    ],
    ['behind two', '10.1.2.3', forwardedFor('198.51.100.1, 192.0.2.7'), '198.51.100.1'],
    [
      'of who has put others before himself',
      '10.1.2.3',
      forwardedFor('1.2.3.4, 198.51.100.1'),
      '198.51.100.1',
    ],
    ['with a port', '10.1.2.3', forwardedFor('198.51.100.1:4711'), '198.51.100.1'],
    ['of IPv6 with a port', '10.1.2.3', forwardedFor('[2001:db8::1]:4711'), '2001:db8:0:0::/64'],
    ['behind a proxy of IPv6', 'fd00::1', forwardedFor('198.51.100.1'), '198.51.100.1'],
    ['of garbage', '10.1.2.3', forwardedFor('susan'), '10.1.2.3'],
    ['of garbage behind an address', '10.1.2.3', forwardedFor('198.51.100.1, <script>'), '10.1.2.3'],
    ['of nothing', '10.1.2.3', forwardedFor(''), '10.1.2.3'],
    ['of a request of the proxy itself', '10.1.2.3', {}, '10.1.2.3'],
    [
      'by Forwarded',
      '10.1.2.3',
      { forwarded: 'for=1.2.3.4, for="198.51.100.1:99";proto=https' },
      '198.51.100.1',
    ],
    [
      'by Forwarded, IPv6',
      '10.1.2.3',
      { forwarded: 'proto=https;For="[2001:db8::1]:99"' },
      '2001:db8:0:0::/64',
    ],
    [
      'by both, which agree',
      '10.1.2.3',
      { forwarded: 'for=198.51.100.1', 'x-forwarded-for': '198.51.100.1' },
      '198.51.100.1',
    ],
    [
      'by both, of which one is the client’s own',
      '10.1.2.3',
      { forwarded: 'for=1.2.3.4', 'x-forwarded-for': '198.51.100.1' },
      '10.1.2.3',
    ],
  ])('is that %s', (_name, remote, headers, expected) => {
    expect(addressOf(remote, headers)).toBe(expected);
  });

  it('is asked for a chain of any length without going through all of it', () => {
    const chain = Array.from({ length: 1000 }, () => '10.0.0.1').join(', ');
    expect(addressOf('10.1.2.3', forwardedFor(`198.51.100.1, ${chain}`))).toBe('10.0.0.1');
  });

  it('is said to be the proxy’s once, where it is not trusted', () => {
    const lines: string[] = [];
    const log = createLogger('info', { write: (line) => void lines.push(line) });
    const addresses = clientAddresses({ log }, []);
    const socket = { remoteAddress: '10.1.2.3' } as Socket;
    for (let i = 0; i < 3; i++) addresses.of({ headers: forwardedFor('198.51.100.1'), socket });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('TRUSTED_PROXIES');
  });
});
