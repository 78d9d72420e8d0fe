/** The gateway under test as a process: the built product, with a clock that can be moved and a look at its memory. Needs --expose-gc. */
import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { writeHeapSnapshot } from 'node:v8';
import { readConfig } from '../../../../src/config/config.js';
import { createGateway, type Gateway } from '../../../../src/gateway.js';
import { answerParent } from '../child.js';
import { type Naming, takeOverNames } from './names.js';

export interface GatewayOrder {
  readonly environment: Readonly<Record<string, string>>;
  readonly inProcessCache: boolean;
  /** By how much this machine's clock is wrong. */
  readonly machineClockOffMs: number;
  /** From the start on. */
  readonly namings: Readonly<Record<string, Naming>>;
}

export interface GatewayPlace {
  readonly url: string;
  readonly cardStoreUrl: string;
}

export interface Vitals {
  readonly rssMb: number;
  readonly heapMb: number;
  /** Of the event loop since the last look, in milliseconds. */
  readonly delayP99Ms: number;
  readonly delayMaxMs: number;
}

/** How much there is of each thing that a process may forget to give back. */
export type Held = Readonly<Record<string, number>>;

const name = takeOverNames();
const RESOLUTION_MS = 10;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
let clockOffMs = 0;
let running: Gateway | undefined;
/** So that a search of the heap has something to find. */
const held: string[] = [];

answerParent({
  async start(order: GatewayOrder): Promise<GatewayPlace> {
    const { environment, inProcessCache, machineClockOffMs, namings } = order;
    for (const [host, naming] of Object.entries(namings)) name(host, naming);
    setMachineClock(machineClockOffMs);
    const clock = { now: () => Date.now() + clockOffMs };
    const gateway = await createGateway(await readConfig(environment), { clock, inProcessCache });
    running = gateway;
    delay.enable();
    return { url: gateway.url, cardStoreUrl: gateway.embedded?.cardStore?.url ?? '' };
  },
  advance(ms: number): void {
    clockOffMs += ms;
  },
  name: ({ host, naming }: { readonly host: string; readonly naming: Naming }) => name(host, naming),
  /** As on SIGHUP. */
  reload: () => running?.reload(),
  held: countHeld,
  cpuMs(): number {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  snapshot({ file, planted }: { readonly file: string; readonly planted: string }): void {
    held.push(planted);
    global.gc?.();
    writeHeapSnapshot(file);
  },
  vitals(): Vitals {
    // So that growth is what is held, not what waits to be collected.
    global.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
    const vitals = { delayP99Ms: late(delay.percentile(99)), delayMaxMs: late(delay.max) };
    delay.reset();
    return { rssMb: rss / 2 ** 20, heapMb: heapUsed / 2 ** 20, ...vitals };
  },
});

function countHeld(): Held {
  const counts: Record<string, number> = {
    descriptors: readdirSync('/proc/self/fd').length,
    listeners: process.eventNames().reduce((sum, event) => sum + process.listenerCount(event), 0),
  };
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function setMachineClock(offMs: number): void {
  if (offMs === 0) return;
  const TrueDate = Date;
  const now = () => TrueDate.now() + offMs;
  globalThis.Date = new Proxy(TrueDate, {
    construct: (_, args, target) => Reflect.construct(TrueDate, args.length === 0 ? [now()] : args, target),
    get: (_, name) => (name === 'now' ? now : Reflect.get(TrueDate, name)),
  });
}
