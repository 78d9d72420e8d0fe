/** Who has no good token is refused before Fastify, in the words of `sign-in-hook.ts`: a flood of strangers costs little more than Node's own HTTP. */
import type { IncomingMessage } from 'node:http';
import { auditSignInRefused } from '../audit/events.js';
import type { Audit } from '../audit/trail.js';
import type { Telemetry } from '../observability/telemetry.js';
import type { HotExchange } from './hot-writer.js';
import { timesSent } from './pipeline/request-target.js';
import type { RefusalLog } from './sign-in/refusal-log.js';
import type { SignIn } from './sign-in/sign-in.js';
import { badToken, NO_TOKEN, type SignInRefusal } from './sign-in/sign-in-refusal.js';
import { tokenRequest } from './sign-in/token-request.js';

export interface StrangersDeps {
  readonly signIn: SignIn;
  readonly refusals: RefusalLog;
  readonly audit: Audit;
  readonly telemetry: Telemetry;
}

interface StrangersOptions {
  readonly path: string;
  /** Whether a request without a token may introspect: then it goes on. */
  readonly mayIntrospect: boolean;
}

type Found = SignInRefusal | undefined;

export class Strangers {
  readonly #deps: StrangersDeps;
  readonly #options: StrangersOptions;

  constructor(deps: StrangersDeps, options: StrangersOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  /** Undefined: not a stranger, or one that Fastify has more to say to. */
  refusalOf(request: IncomingMessage, traceId: string): Found | Promise<Found> {
    const { authorization } = request.headers;
    if (authorization === undefined) return this.#options.mayIntrospect ? undefined : NO_TOKEN;
    // A proof of possession is good once, and a token behind another one is nobody's.
    const isBearer = /^bearer( |$)/i.test(authorization) && timesSent(request, 'authorization') === 1;
    return isBearer ? this.#judged(request, authorization, traceId) : undefined;
  }

  async #judged(request: IncomingMessage, authorization: string, traceId: string): Promise<Found> {
    const { signIn, refusals } = this.#deps;
    const result = await signIn.check(tokenRequest(request, this.#options.path));
    if (result.kind !== 'BAD_TOKEN') return undefined;
    refusals.tell(traceId, result.reason, result.details);
    return badToken(result.reason, authorization);
  }

  /** Once it has been answered. */
  tell({ traceId }: HotExchange, { why }: SignInRefusal, address: string): void {
    const { audit, telemetry } = this.#deps;
    auditSignInRefused({ audit, accountHolder: null, client: null, address, traceId }, why);
    telemetry.signInRefused(why);
  }
}
