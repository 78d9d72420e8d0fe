/** Sends requests to the simulator, signed by Mastercard's own signer; each part can be spoilt. */
import OAuth from 'mastercard-oauth1-signer';
import type { RunningSimulator } from '../../../src/simulator/simulator.js';

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | null;
  readonly text: string;
  /** The body as JSON; `undefined` when it is none. */
  readonly json: Json;
}

/** Loose on purpose: tests walk through answers and say what they expect to find. */
interface JsonObject {
  readonly [name: string]: Json;
}
export type Json = undefined | null | string | number | boolean | readonly Json[] | JsonObject;

export interface SignedRequest {
  readonly method?: string;
  readonly body?: string | null;
  /** The body that is signed for, when it is another than the one that is sent. */
  readonly signedBody?: string | null;
  readonly signedUrl?: string;
  readonly signedMethod?: string;
  readonly consumerKey?: string;
  readonly signingKeyPem?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Changes the Authorization header, or takes it away. */
  readonly spoil?: (authorization: string) => string | undefined;
}

export const ELIGIBLE = '/connect/1/0/getEligibleTokenRequestors';
export const PUSH = '/connect/1/0/pushMultipleAccounts';
export const ASSET = '/issuer-assets/1/0/asset/tokenrequestor';

export function authorization(
  simulator: RunningSimulator,
  path: string,
  request: SignedRequest,
  signatureMethod: 'RSA-SHA256' | 'RSA-PSS-SHA256' = 'RSA-SHA256',
): string {
  const { body = null, method = body === null ? 'GET' : 'POST' } = request;
  return OAuth.getAuthorizationHeader(
    request.signedUrl ?? simulator.mdes.baseUrl + path,
    request.signedMethod ?? method,
    request.signedBody === undefined ? body : request.signedBody,
    request.consumerKey ?? simulator.mdes.consumerKey,
    request.signingKeyPem ?? simulator.mdes.signingKeyPem,
    signatureMethod,
  );
}

export async function send(
  simulator: RunningSimulator,
  path: string,
  request: SignedRequest = {},
): Promise<Answer> {
  const { body = null, method = body === null ? 'GET' : 'POST', spoil = (header) => header } = request;
  const header = spoil(authorization(simulator, path, request));
  const response = await fetch(simulator.url + path, {
    method,
    body,
    headers: {
      accept: 'application/json',
      ...(body === null ? {} : { 'content-type': 'application/json; charset=UTF-8' }),
      ...request.headers,
      ...(header === undefined ? {} : { authorization: header }),
    },
    signal: AbortSignal.timeout(10_000),
  });
  return toAnswer(response);
}

/** An unsigned request, as the control routes take it. */
export async function control(url: string, path: string, body?: unknown): Promise<Answer> {
  const options = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  return toAnswer(await fetch(url + path, options));
}

async function toAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  let json: Json;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    retryAfter: response.headers.get('retry-after'),
    text,
    json,
  };
}

/** What stands at a path of members and indexes, e.g. `at(json, 'errors', 0, 'reasonCode')`. */
export function at(value: Json, ...path: readonly (string | number)[]): Json {
  return path.reduce<Json>((current, step) => {
    if (typeof current !== 'object' || current === null) return undefined;
    return (current as Readonly<Record<string | number, Json>>)[step];
  }, value);
}

/** The only gateway error of an answer, as `STATUS REASON_CODE`. */
export function gatewayError({ status, json }: Answer): string {
  return `${status} ${String(at(json, 'Errors', 'Error', 0, 'ReasonCode'))}`;
}

/** The errors of a whole request, as `REASON_CODE description`. */
export function requestErrors({ json }: Answer): string[] {
  return readErrors(at(json, 'errors'));
}

export function accountErrors({ json }: Answer, index = 0): string[] {
  return readErrors(at(json, 'pushAccountReceipts', index, 'errors'));
}

function readErrors(errors: Json): string[] {
  if (!Array.isArray(errors)) return [];
  return errors.map((error) => `${String(at(error, 'reasonCode'))} ${String(at(error, 'description'))}`);
}
