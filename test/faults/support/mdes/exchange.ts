/** A call to MDES on its way through the chaos proxy, and what can be done with it. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export type Operation = 'getEligibleTokenRequestors' | 'getAsset' | 'pushMultipleAccounts' | 'other';

export interface UpstreamCall {
  readonly operation: Operation;
  readonly at: number;
  /** Of a POST. */
  readonly requestId: string | undefined;
  /** What is asked for; the same when it is asked again. */
  readonly subject: string;
}

/** A call that has arrived in full. */
interface Exchange extends UpstreamCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Passes it on. */
  answer(): Promise<UpstreamAnswer>;
}

export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

export type Behaviour = (exchange: Exchange) => unknown;

export const pass: Behaviour = async (exchange) => {
  const { status, headers, body } = await exchange.answer();
  exchange.response.writeHead(status, headers).end(body);
};

export function operationOf(path: string): Operation {
  if (path.endsWith('/getEligibleTokenRequestors')) return 'getEligibleTokenRequestors';
  if (path.endsWith('/pushMultipleAccounts')) return 'pushMultipleAccounts';
  return path.startsWith('/issuer-assets/') ? 'getAsset' : 'other';
}
