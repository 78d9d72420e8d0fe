/** One gateway with several settings, on the same requests: each started anew several times, in each place of the order, beside a twin that says what the measuring is worth. */
import type { Bench } from './bench.js';
import { Keeper } from './keeper.js';
import { compare, ratio, type Series } from './measure.js';
import { startGateway } from './servers/gateway.js';

/** Short rounds: it is about a twentieth. What is compiled while it runs takes 2.5 s of load, and longer where there is more of it. */
const MEASURING = { rounds: 2, seconds: 0.5, warmSeconds: 4 };
/** Two processes of one build and settings differ by up to a sixth, for as long as they live: all start anew this often. */
const STARTS = 12;

export interface Setting {
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
}

export async function compareSettings(
  { load }: Bench,
  settings: readonly Setting[],
  { request, needle }: { readonly request: string; readonly needle?: string },
): Promise<readonly Series[]> {
  const starts: (readonly Series[])[] = [];
  for (let start = 0; start < STARTS; start++) {
    const keeper = new Keeper();
    try {
      const servers = await Promise.all(settings.map((setting) => startGateway(keeper, setting)));
      const prepared = await load.prepare([request], needle);
      const subjects = servers.map((server) => ({ name: server.name, server, prepared }));
      // The first to be warmed up is slower by a tenth, for as long as it lives.
      starts.push(await compare(load, rotated(subjects, start), MEASURING));
    } finally {
      await keeper.close();
    }
  }
  return settings.map(({ name }) => ({
    name,
    rounds: starts.flatMap((start) => start.find((one) => one.name === name)?.rounds ?? []),
  }));
}

function rotated<T>(list: readonly T[], by: number): readonly T[] {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

export function ratioOf(series: readonly Series[], name: string, beside: string): number {
  const named = (wanted: string) => series.find((one) => one.name === wanted);
  const [one, other] = [named(name), named(beside)];
  if (one === undefined || other === undefined) throw new RangeError(`${name} was not measured`);
  return ratio(one, other);
}

export function twinNote(series: readonly Series[], name: string, twin: string): string {
  return `${STARTS} starts. The twin, as far from it as the measuring itself: ${ratioOf(series, name, twin).toFixed(3)}.`;
}
