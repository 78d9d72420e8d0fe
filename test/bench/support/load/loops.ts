/** The two ways to send load: closed loops that fill a server, and requests at a steady pace. */
import type { Ammunition } from './ammunition.js';
import { BROKEN, Connection, type Taken } from './connection.js';
import type { ClosedPlan, LoadResult, OpenPlan } from './plan.js';
import { Tally } from './tally.js';

const OPEN_CONNECTIONS = 50;
const TICK_MS = 1;

/** Each connection sends the next request when it has the answer to the last. */
export async function runClosed(ammunition: Ammunition, plan: ClosedPlan): Promise<LoadResult> {
  const { port, connections, seconds, most, inTurn = false } = plan;
  const tally = new Tally();
  const end = new Ending();
  let left = inTurn ? ammunition.count : (most ?? Number.POSITIVE_INFINITY);
  let under = 0;
  let until = Number.POSITIVE_INFINITY;
  const shoot = (connection: Connection) => {
    left -= 1;
    under += 1;
    connection.sentAt = performance.now();
    connection.send(inTurn ? ammunition.at(left) : ammunition.next(), ammunition.mustHold);
  };
  const open = await opened(port, connections, (connection, answer) => {
    under -= 1;
    const now = performance.now();
    tally.add(now - connection.sentAt, answer);
    if (now < until && left > 0 && answer.wrong !== BROKEN) shoot(connection);
    else if (under === 0) end.come();
  });
  const startedAt = performance.now();
  until = startedAt + seconds * 1000;
  for (const connection of open) if (left > 0) shoot(connection);
  await end.reached;
  const took = (performance.now() - startedAt) / 1000;
  for (const connection of open) connection.close();
  return tally.result(took);
}

/** Meant to be sent at fixed times, whatever became of those before: who waits for a connection has waited for an answer. */
export async function runOpen(ammunition: Ammunition, plan: OpenPlan): Promise<LoadResult> {
  const { port, perSecond, seconds } = plan;
  const tally = new Tally();
  const end = new Ending();
  const total = Math.round(perSecond * seconds);
  const due: number[] = [];
  const free: Connection[] = [];
  let broken = 0;
  const shoot = () => {
    while (due.length > 0) {
      // The one that has rested longest: a server cuts those that say nothing.
      const connection = free.shift();
      if (connection === undefined) return;
      connection.sentAt = due.shift() ?? 0;
      connection.send(ammunition.next(), ammunition.mustHold);
    }
  };
  const open = await opened(port, OPEN_CONNECTIONS, (connection, answer) => {
    tally.add(performance.now() - connection.sentAt, answer);
    if (answer.wrong === BROKEN) broken += 1;
    else free.push(connection);
    if (tally.answers === total || broken === OPEN_CONNECTIONS) end.come();
    shoot();
  });
  free.push(...open);
  const startedAt = performance.now();
  let planned = 0;
  const clock = setInterval(() => {
    const now = performance.now();
    for (; planned < total; planned++) {
      const at = startedAt + (planned * 1000) / perSecond;
      if (at > now) break;
      due.push(at);
    }
    shoot();
  }, TICK_MS);
  await end.reached;
  clearInterval(clock);
  const took = (performance.now() - startedAt) / 1000;
  for (const connection of open) connection.close();
  return tally.result(took);
}

class Ending {
  come: () => void = () => undefined;
  readonly reached = new Promise<void>((resolve) => {
    this.come = resolve;
  });
}

async function opened(
  port: number,
  count: number,
  taken: (connection: Connection, answer: Taken) => void,
): Promise<Connection[]> {
  const connections = Array.from({ length: count }, () => new Connection(port, taken));
  await Promise.all(connections.map(({ ready }) => ready));
  return connections;
}
