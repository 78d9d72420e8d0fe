/** The last calls in full, as the control room shows them: headers, what was inside, and what MDES made of it. Test data only. */
import { parseJson } from '../http/parse-json.js';
import type { Operation } from '../operations/operation.js';

/** Filled in as the call goes on; what is null was not come to. */
export interface Exchange {
  readonly time: string;
  readonly operation: Operation;
  readonly request: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The fault that was ordered for it. */
  readonly fault: string | null;
  body: Buffer | null;
  /** `VALID`, or the API gateway's reason. */
  signature: string | null;
  /** Of a push: whether its envelope could be opened. */
  envelope: 'OPENED' | 'REFUSED' | null;
  /** What was in the envelope. */
  payload: unknown;
  status: number | null;
}

export interface ExchangeLog {
  begin(call: Pick<Exchange, 'operation' | 'request' | 'headers' | 'fault'>): Exchange;
  /** The newest first; bodies as JSON where they are that. */
  list(): readonly object[];
  clear(): void;
}

const MOST_EXCHANGES = 50;
const LONGEST_BODY = 50_000;

export function createExchangeLog(): ExchangeLog {
  let exchanges: (Exchange & { readonly number: number })[] = [];
  let count = 0;
  return {
    begin(call) {
      count += 1;
      const rest = { body: null, signature: null, envelope: null, payload: null, status: null };
      const exchange = { number: count, time: new Date().toISOString(), ...call, ...rest };
      exchanges = [exchange, ...exchanges.slice(0, MOST_EXCHANGES - 1)];
      return exchange;
    },
    list: () => exchanges.map((exchange) => ({ ...exchange, body: readable(exchange.body) })),
    clear() {
      exchanges = [];
    },
  };
}

function readable(body: Buffer | null): unknown {
  if (body === null || body.length === 0) return null;
  if (body.length > LONGEST_BODY) return `${body.length} bytes`;
  const json = parseJson(body);
  return json.ok ? json.value : body.toString('utf8');
}
