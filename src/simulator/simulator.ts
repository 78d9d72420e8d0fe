/** Starts a simulator of MDES Token Connect that is as strict as the real one. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { apiGatewayErrorBody, unknownResource } from './api-gateway/api-gateway-error.js';
import { createNonceMemory } from './api-gateway/nonce-memory.js';
import { createCatalogue } from './catalogue/catalogue.js';
import { controlError } from './control/control-request.js';
import { type ControlDeps, handleControl, isControlPath } from './control/control-routes.js';
import { allowLoopbackPages, isForeignOrder } from './control/loopback-pages.js';
import { sendControlRoom, wantsControlRoom } from './control-room/page.js';
import { sendJson } from './http/answer.js';
import { type ListenOptions, startLocalServer, startOnNextFree } from './http/local-server.js';
import { handleOperation, type OperationDeps } from './operations/handle-operation.js';
import { operationAt } from './operations/operation-paths.js';
import { makeSimulatorKeys, type SimulatorKeys } from './simulator-keys.js';
import { createSimulatorState } from './state/simulator-state.js';
import { handleWallet, isWalletPath } from './wallets/handle-wallet.js';

export interface SimulatorOptions extends ListenOptions {
  /** 0 for a free one, which is the default. */
  readonly port?: number;
  /** Instead of `port`: this one, or the next that is free. */
  readonly firstPort?: number;
  /** What clients sign for, when a proxy stands in front. */
  readonly publicUrl?: string;
  /** Where browsers find the pages of the wallets, when they do not reach that. */
  readonly walletsUrl?: string;
  /** Those of another start; new ones when absent. */
  readonly keys?: SimulatorKeys;
}

export interface RunningSimulator {
  /** Where it listens: `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** All that an issuer needs to talk to it. */
  readonly mdes: {
    /** Without a trailing slash. */
    readonly baseUrl: string;
    readonly consumerKey: string;
    readonly signingKeyPem: string;
    readonly encryptionCertificatePem: string;
    /** 19 digits each. */
    readonly accountRanges: readonly string[];
  };
  close(): Promise<void>;
}

type Deps = OperationDeps & ControlDeps;

export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const keys = options.keys ?? (await makeSimulatorKeys());
  const deps = createDeps(keys);
  // The public URL may be the one that listening yields, so it is known only after the server stands.
  let [publicUrl, walletsUrl] = ['', ''];
  const handler = (request: IncomingMessage, response: ServerResponse) =>
    handle({ ...deps, publicUrl, walletsUrl }, request, response);
  const server =
    options.firstPort === undefined
      ? await startLocalServer(handler, options.port, options)
      : await startOnNextFree(handler, options.firstPort);
  publicUrl = normalizeUrl(options.publicUrl ?? server.url);
  walletsUrl = normalizeUrl(options.walletsUrl ?? publicUrl);
  return {
    url: server.url,
    mdes: {
      baseUrl: publicUrl,
      consumerKey: keys.consumerKey,
      signingKeyPem: keys.signingKeyPem,
      encryptionCertificatePem: keys.encryptionCertificatePem,
      accountRanges: [...deps.catalogue.ranges.keys()],
    },
    close: () => server.close(),
  };
}

function createDeps(keys: SimulatorKeys): Omit<Deps, 'publicUrl' | 'walletsUrl'> {
  const signingPublicKeys = [keys.signingPublicKey];
  return {
    catalogue: createCatalogue(),
    state: createSimulatorState(),
    verifier: {
      consumerKey: keys.consumerKey,
      signingPublicKeys,
      nonces: createNonceMemory(),
    },
    envelopeKey: { privateKey: keys.encryptionPrivateKey, fingerprint: keys.encryptionFingerprint },
    jwsKey: { kid: keys.jwsKeyId, privateKey: keys.jwsPrivateKey },
    jwsPublicJwk: keys.jwsPublicJwk,
    trust: (key) => void signingPublicKeys.push(key),
  };
}

async function handle(deps: Deps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = '/', ...queryParts] = (request.url ?? '/').split('?');
  const query = queryParts.join('?');
  const operation = operationAt(path);
  if (operation !== undefined) {
    return handleOperation(deps, { operation, path, query }, request, response);
  }
  if (isWalletPath(path)) return handleWallet(deps, { path, query }, request, response);
  if (isControlPath(path)) {
    if (wantsControlRoom(request, path)) {
      request.resume();
      return sendControlRoom(response, deps);
    }
    allowLoopbackPages(request, response);
    if (isForeignOrder(request, deps.publicUrl)) {
      request.resume();
      const { status, body } = controlError(403, 'FORBIDDEN', 'pages from elsewhere may not give orders');
      return sendJson(response, status, body);
    }
    const { status, body } = await handleControl(deps, path, request);
    return sendJson(response, status, body);
  }
  request.resume();
  sendJson(response, unknownResource.status, apiGatewayErrorBody(unknownResource));
}

/** Scheme and host in lower case, default port dropped, no trailing slash: as it stands in a signature. */
function normalizeUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return (origin + pathname).replace(/\/+$/, '');
}
