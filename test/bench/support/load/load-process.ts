/** Sends load from a process of its own: closed loops that fill a server, or requests at a steady pace. */
import { answerParent } from '../../../faults/support/child.js';
import { BROKEN, Connection, type Taken } from './connection.js';
import { type ClosedPlan, type LoadResult, type OpenPlan, type PreparedRequests, UNIQUE } from './plan.js';

interface Ammunition {
  readonly requests: readonly Buffer[];
  /** Where in each the unique part stands; -1: nowhere. */
  readonly places: readonly number[];
  readonly mustHold: Buffer | null;
}

const OPEN_CONNECTIONS = 50;
const TICK_MS = 1;
const prepared = new Map<string, Ammunition>();
let uniques = 0;
let random = 0x9e3779b9;

answerParent({
  prepare({ name, requests, mustHold }: PreparedRequests): void {
    const buffers = requests.map((request) => Buffer.from(request));
    prepared.set(name, {
      requests: buffers,
      places: buffers.map((buffer) => buffer.indexOf(UNIQUE)),
      mustHold: mustHold === undefined ? null : Buffer.from(mustHold),
    });
  },
  closed: runClosed,
  open: runOpen,
  cpuMs(): number {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
});

async function runClosed(plan: ClosedPlan): Promise<LoadResult> {
  const { port, prepared: name, connections, seconds, most, inTurn = false } = plan;
  const ammunition = ammunitionOf(name);
  const tally = new Tally();
  let left = inTurn ? ammunition.requests.length : (most ?? Number.POSITIVE_INFINITY);
  let under = 0;
  let until = Number.POSITIVE_INFINITY;
  let ended: () => void = () => undefined;
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const shoot = (connection: Connection) => {
    left -= 1;
    under += 1;
    connection.sentAt = performance.now();
    connection.send(inTurn ? numbered(ammunition, left) : next(ammunition), ammunition.mustHold);
  };
  const open = await opened(port, connections, (connection, answer) => {
    under -= 1;
    const now = performance.now();
    tally.add(now - connection.sentAt, answer);
    const isBroken = answer.wrong === BROKEN;
    if (now < until && left > 0 && !isBroken) shoot(connection);
    else if (under === 0) ended();
  });
  const startedAt = performance.now();
  until = startedAt + seconds * 1000;
  for (const connection of open) if (left > 0) shoot(connection);
  await end;
  const took = (performance.now() - startedAt) / 1000;
  for (const connection of open) connection.close();
  return tally.result(took);
}

/** Meant to be sent at fixed times, whatever became of those before: who waits for a connection has waited for an answer. */
async function runOpen({ port, prepared: name, perSecond, seconds }: OpenPlan): Promise<LoadResult> {
  const ammunition = ammunitionOf(name);
  const tally = new Tally();
  const total = Math.round(perSecond * seconds);
  const due: number[] = [];
  const free: Connection[] = [];
  let answered = 0;
  let broken = 0;
  let ended: () => void = () => undefined;
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const shoot = () => {
    while (due.length > 0) {
      // The one that has rested longest: a server cuts those that say nothing.
      const connection = free.shift();
      if (connection === undefined) return;
      connection.sentAt = due.shift() ?? 0;
      connection.send(next(ammunition), ammunition.mustHold);
    }
  };
  const open = await opened(port, OPEN_CONNECTIONS, (connection, answer) => {
    tally.add(performance.now() - connection.sentAt, answer);
    answered += 1;
    if (answer.wrong === BROKEN) broken += 1;
    else free.push(connection);
    if (answered === total || broken === OPEN_CONNECTIONS) ended();
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
  await end;
  clearInterval(clock);
  const took = (performance.now() - startedAt) / 1000;
  for (const connection of open) connection.close();
  return tally.result(took);
}

function ammunitionOf(name: string): Ammunition {
  const found = prepared.get(name);
  if (found === undefined) throw new Error(`nothing is prepared as ${name}`);
  return found;
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

/** Any of them at random: in turns, a cache that is a little too small would never have what comes next. */
function next(ammunition: Ammunition): Buffer {
  random ^= random << 13;
  random ^= random >>> 17;
  random ^= random << 5;
  return numbered(ammunition, (random >>> 0) % ammunition.requests.length);
}

function numbered({ requests, places }: Ammunition, at: number): Buffer {
  const request = requests[at] as Buffer;
  const place = places[at] ?? -1;
  if (place >= 0) {
    uniques += 1;
    request.write(String(uniques).padStart(UNIQUE.length, '0'), place, 'latin1');
  }
  return request;
}

class Tally {
  #times = new Float64Array(1 << 16);
  #answers = 0;
  #wrong = 0;
  #firstWrong: string | null = null;
  #bytes = 0;

  add(ms: number, { bytes, wrong }: Taken): void {
    if (this.#answers === this.#times.length) {
      const more = new Float64Array(2 * this.#times.length);
      more.set(this.#times);
      this.#times = more;
    }
    this.#times[this.#answers] = ms;
    this.#answers += 1;
    this.#bytes += bytes;
    if (wrong === null) return;
    this.#wrong += 1;
    this.#firstWrong ??= wrong;
  }

  result(seconds: number): LoadResult {
    const sorted = this.#times.subarray(0, this.#answers).sort();
    const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
    return {
      answers: this.#answers,
      wrong: this.#wrong,
      firstWrong: this.#firstWrong,
      seconds,
      bytes: this.#bytes,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      maxMs: at(1),
    };
  }
}
