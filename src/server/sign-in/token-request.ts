/** What a request shows of a token and of whoever uses it. */
import type { IncomingMessage } from 'node:http';
import { valuesSent } from '../pipeline/request-target.js';
import { TokenRefused } from './refusal-reason.js';

export interface TokenRequest {
  readonly method: string;
  /** Of the route, without the query. */
  readonly path: string;
  /** The address at the other end of the connection. */
  readonly peer: string;
  /** Each value that was sent under this name. */
  header(name: string): readonly string[];
}

export interface Presented {
  readonly scheme: 'BEARER' | 'DPOP';
  readonly token: string;
}

const AUTHORIZATION = /^(Bearer|DPoP) ([A-Za-z0-9._~+/-]+=*)$/i;

export function tokenRequest(request: IncomingMessage, path: string): TokenRequest {
  const { method = '', socket } = request;
  return {
    method,
    path,
    peer: socket.remoteAddress ?? '',
    header: (name) => valuesSent(request, name),
  };
}

/** Undefined where none was sent. @throws TokenRefused */
export function presentedToken(request: TokenRequest): Presented | undefined {
  const [value, ...others] = request.header('authorization');
  if (value === undefined) return undefined;
  if (others.length > 0) throw new TokenRefused('TWO_AUTHORIZATION_HEADERS');
  const [, scheme = '', token = ''] = AUTHORIZATION.exec(value) ?? [];
  if (token === '') throw new TokenRefused('MALFORMED_AUTHORIZATION');
  return { scheme: /^dpop$/i.test(scheme) ? 'DPOP' : 'BEARER', token };
}
