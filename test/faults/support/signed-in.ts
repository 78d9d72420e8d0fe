/** Asks a gateway with a token, and tells what becomes of the token. */
import { performance } from 'node:perf_hooks';
import type { GatewayChild } from './gateway/gateway-child.js';

export interface Checked {
  /** `ok`, or the status and the error's code. */
  readonly outcome: string;
  readonly ms: number;
}

/** A question that needs neither MDES nor the card store: its time is that of the token. */
export async function signedIn(gateway: GatewayChild, token: string): Promise<Checked> {
  const startedAt = performance.now();
  const answer = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: '{"query":"{__typename}"}',
  });
  const text = await answer.text();
  const ms = performance.now() - startedAt;
  const code = /"code":"(\w+)"/.exec(text)?.[1];
  return { outcome: answer.status === 200 && code === undefined ? 'ok' : `${answer.status} ${code}`, ms };
}

/** Names a key that no issuer has; its signature is never looked at. */
export function tokenOfUnknownKey(name: number | string): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'ES256', kid: `unknown-${name}` })}.${encode({ sub: 'susan' })}.AAAA`;
}
