/** How many connections are open at once, in all and of one address; past that there is room for probes alone. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { ClientAddresses } from './client-address.js';

/** A browser or an app has a handful; so many are no flood yet, since many customers can stand behind one address. */
const MOST_OF_ONE = 500;
const MOST = 2000;
/** Who comes when these are taken, takes the place of an older one, first of its own address: a probe needs it for a moment. */
const MOST_BEYOND = 100;

export interface Connections {
  /** Whether it stands beyond the limits, where only probes are answered. */
  isBeyond(socket: Socket): boolean;
}

export function limitConnections(server: Server, addresses: ClientAddresses): Connections {
  const byAddress = new Map<string, number>();
  const beyond = new Map<Socket, string>();
  let within = 0;
  server.on('connection', (socket: Socket) => {
    const peer = socket.remoteAddress ?? '';
    const address = addresses.of({ headers: {}, socket });
    const count = byAddress.get(address) ?? 0;
    // A proxy's connections are those of many.
    if (within >= MOST || (count >= MOST_OF_ONE && !addresses.isProxy(peer))) {
      if (beyond.size >= MOST_BEYOND) oldest(beyond, address)?.destroy();
      beyond.set(socket, address);
      socket.once('close', () => beyond.delete(socket));
      return;
    }
    within += 1;
    byAddress.set(address, count + 1);
    socket.once('close', () => {
      within -= 1;
      const left = (byAddress.get(address) ?? 1) - 1;
      if (left === 0) byAddress.delete(address);
      else byAddress.set(address, left);
    });
  });
  return { isBeyond: (socket) => beyond.has(socket) };
}

function oldest(sockets: ReadonlyMap<Socket, string>, address: string): Socket | undefined {
  let first: Socket | undefined;
  for (const [socket, its] of sockets) {
    if (socket.destroyed) continue;
    if (its === address) return socket;
    first ??= socket;
  }
  return first;
}
