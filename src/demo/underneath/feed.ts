/** What went to and fro, in one order: the app's operations, and what the simulator saw of them. */
import type { Exchange } from '../wire/gateway.js';
import type { SeenByMdes, SeenPush, SimulatorEvent } from '../wire/simulator.js';

type FeedEntry =
  | { readonly kind: 'EXCHANGE'; readonly key: string; readonly time: number; readonly exchange: Exchange }
  | {
      readonly kind: 'EVENT';
      readonly key: string;
      readonly time: number;
      readonly event: SimulatorEvent;
      /** What MDES decrypted, of a push. */
      readonly push: SeenPush | null;
    };

/** Newest first. */
export function feedOf(
  exchanges: readonly Exchange[],
  seen: SeenByMdes,
  since: number,
): readonly FeedEntry[] {
  const entries: FeedEntry[] = exchanges.map((exchange) => ({
    kind: 'EXCHANGE',
    key: `exchange-${exchange.number}`,
    time: exchange.time,
    exchange,
  }));
  for (const event of seen.events) {
    const requestId = event.kind === 'CALL' ? event.requestId : undefined;
    const push = requestId === undefined ? null : (seen.pushes.get(requestId) ?? null);
    const time = Date.parse(event.time);
    if (time >= since) entries.push({ kind: 'EVENT', key: `event-${event.number}`, time, event, push });
  }
  return entries.sort((a, b) => b.time - a.time);
}

const NOT_GOOD = ['DECLINED', 'CANCELLED', 'FAILED', 'EXPIRED'];
const UNCLEAR = ['UNKNOWN', 'IN_PROGRESS', 'ACTION_REQUIRED', 'PARTIALLY_COMPLETED'];

/** What came of an operation, in a word or two. */
export function gist({ answer }: Exchange): { readonly text: string; readonly good: boolean | null } {
  if (answer === null) return { text: '…', good: null };
  const { data, errors } = answer.body as {
    readonly data?: Readonly<Record<string, unknown>> | null;
    readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
  };
  const code = errors?.[0]?.extensions?.code;
  if (errors !== undefined) return { text: code ?? 'error', good: false };
  const result = Object.values(data ?? {})[0];
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return { text: '', good: true };
  if ('code' in result) return { text: `PushRefusal ${String(result.code)}`, good: false };
  const status = 'status' in result ? String(result.status) : '';
  return { text: status, good: NOT_GOOD.includes(status) ? false : UNCLEAR.includes(status) ? null : true };
}
