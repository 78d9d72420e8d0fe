/** Takes a request to one of MDES's paths: counts it, lets faults strike, checks who sent it, carries it out. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type ApiGatewayError,
  methodNotAllowed,
  requestTooLarge,
  unsupportedMediaType,
} from '../api-gateway/api-gateway-error.js';
import { type OAuthVerifier, verifyOAuth } from '../api-gateway/verify-oauth.js';
import type { SimulatedCatalogue } from '../catalogue/catalogue.js';
import { sendText } from '../http/answer.js';
import { readBody } from '../http/read-body.js';
import type { Exchange } from '../state/exchange-log.js';
import type { SimulatorState } from '../state/simulator-state.js';
import type { EnvelopeKey } from '../wire/open-envelope.js';
import type { JwsKey } from '../wire/sign-push-data.js';
import { strike } from './faults.js';
import { getAsset } from './get-asset.js';
import { getEligibleTokenRequestors } from './get-eligible-token-requestors.js';
import { noteCall } from './note-call.js';
import { apiGatewayAnswer, type Operation, type OperationAnswer } from './operation.js';
import { pushMultipleAccounts } from './push-multiple-accounts.js';

export interface OperationDeps {
  readonly catalogue: SimulatedCatalogue;
  readonly state: SimulatorState;
  readonly verifier: OAuthVerifier;
  readonly envelopeKey: EnvelopeKey;
  readonly jwsKey: JwsKey;
  /** What clients sign for: the public URL without a trailing slash. */
  readonly publicUrl: string;
  /** Where browsers find the pages of the wallets, likewise. */
  readonly walletsUrl: string;
}

interface OperationRequest {
  readonly operation: Operation;
  readonly path: string;
  readonly query: string;
}

const BODY_LIMIT = 1_000_000;

export async function handleOperation(
  deps: OperationDeps,
  { operation, path, query }: OperationRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  deps.state.calls.count(operation);
  const fault = deps.state.faults(operation).take();
  const noteBody = noteCall(deps.state.events, response, { operation, fault: fault?.fault });
  const exchange = deps.state.exchanges.begin({
    operation,
    request: `${request.method} ${path}${query === '' ? '' : `?${query}`}`,
    headers: request.headers,
    fault: fault?.fault ?? null,
  });
  response.once('close', () => {
    exchange.status = response.writableFinished ? response.statusCode : null;
  });
  if (fault !== undefined && !(await strike(fault, request, response))) return;

  const body = await readBody(request, BODY_LIMIT);
  if (operation === 'pushMultipleAccounts') noteBody(body);
  exchange.body = body ?? null;
  const refusal = refusalBeforeOperation(deps, { operation, path, query }, request, body);
  exchange.signature = refusal === undefined ? 'VALID' : `${refusal.reasonCode}: ${refusal.description}`;
  const answer =
    refusal !== undefined || body === undefined
      ? apiGatewayAnswer(refusal ?? requestTooLarge)
      : await carryOut(deps, { operation, path, exchange }, body);
  sendAnswer(response, answer);
}

function refusalBeforeOperation(
  deps: OperationDeps,
  { operation, path, query }: OperationRequest,
  request: IncomingMessage,
  body: Buffer | undefined,
): ApiGatewayError | undefined {
  const method = request.method ?? '';
  if (body === undefined) return requestTooLarge;
  if (method !== (operation === 'getAsset' ? 'GET' : 'POST')) return methodNotAllowed;
  const { authorization } = request.headers;
  const baseUri = deps.publicUrl + path;
  const unsigned = verifyOAuth(deps.verifier, { method, baseUri, query, authorization, body });
  if (unsigned !== undefined) return unsigned;
  return operation === 'getAsset' || isPlainJson(request) ? undefined : unsupportedMediaType;
}

function isPlainJson({ headers }: IncomingMessage): boolean {
  const type = headers['content-type'] ?? '';
  const isJson = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(type);
  return isJson && headers['content-encoding'] === undefined;
}

async function carryOut(
  { catalogue, state, envelopeKey, jwsKey, walletsUrl }: OperationDeps,
  {
    operation,
    path,
    exchange,
  }: { readonly operation: Operation; readonly path: string; readonly exchange: Exchange },
  body: Buffer,
): Promise<OperationAnswer> {
  switch (operation) {
    case 'getEligibleTokenRequestors':
      return getEligibleTokenRequestors({ catalogue, walletsUrl }, body);
    case 'getAsset':
      return getAsset(catalogue, path.slice(path.lastIndexOf('/') + 1));
    case 'pushMultipleAccounts':
      return pushMultipleAccounts(
        {
          ...{ catalogue, envelopeKey, jwsKey, walletsUrl, exchange },
          ...{ receipts: state.receipts, pushes: state.pushes, outcomes: state.outcomes },
        },
        body,
      );
  }
}

function sendAnswer(response: ServerResponse, answer: OperationAnswer): void {
  if (answer.kind === 'BROKEN_CONNECTION') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (answer.retryAfter !== undefined) response.setHeader('retry-after', String(answer.retryAfter));
  sendText(response, answer.status, 'application/json', answer.body);
}
