/**
 * For the tests of a team's own app: a gateway with a simulator of MDES behind it. It runs in a process of its own, so that any test runner
 * can have it, also one that loads CommonJS or plays a browser, and ends with the tests at the latest.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { FromGateway, ToGateway } from './messages.js';

export type MdesOperation = 'getEligibleTokenRequestors' | 'getAsset' | 'pushMultipleAccounts';

/** What MDES does instead: an HTTP status, an answer that is none, `errors[]` with HTTP 200, no answer, a late one. */
export type MdesFault = '500' | 'malformed' | 'html' | 'errors' | 'reset' | 'hang' | 'delay';

/** A push as MDES got it, decrypted: test numbers of demo accounts. */
export interface ReceivedPush {
  /** The id of the `Push`. */
  readonly requestId: string;
  readonly tokenRequestorId: string;
  readonly verdict: 'PUSHED' | 'PARTLY_PUSHED' | 'REFUSED';
  readonly accounts: readonly Readonly<Record<string, unknown>>[];
}

export interface TestGatewayOptions {
  /** Settings of the gateway, by their names in docs/operating.md, e.g. `{ STEP_UP_MAX_AGE: '5m' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface TestGateway {
  /** Where GraphQL is: `http://127.0.0.1:PORT/graphql`. */
  readonly url: string;
  readonly simulatorUrl: string;
  /** An access token of `susan` (plain accounts) or `amir` (what goes wrong), who has just signed in. */
  token(accountHolder?: 'susan' | 'amir'): Promise<string>;
  /** What has arrived at MDES, oldest first. */
  pushes(): Promise<readonly ReceivedPush[]>;
  /** Lets the next calls of MDES fail: one, unless told otherwise. */
  fail(
    operation: MdesOperation,
    fault?: MdesFault,
    options?: { readonly times?: number; readonly delayMs?: number },
  ): Promise<void>;
  /** The time of gateway and simulator: receipts expire by it. Tokens are judged by real time. */
  readonly clock: {
    now(): number;
    advance(milliseconds: number): Promise<void>;
  };
  close(): Promise<void>;
}

/**
 * @example
 * const gateway = await createTestGateway();
 * const client = createTokenConnectClient({ url: gateway.url, token: () => gateway.token() });
 */
export async function createTestGateway({ settings = {} }: TestGatewayOptions = {}): Promise<TestGateway> {
  const child = fork(join(import.meta.dirname, 'serve.js'), [JSON.stringify(settings)], {
    execArgv: [],
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const ask = asker(child);
  const { url, simulatorUrl } = await ask({ kind: 'START' }).catch((error: unknown) => {
    if (child.connected) child.disconnect();
    throw error;
  });
  let aheadMs = 0;
  return {
    url: `${url}/graphql`,
    simulatorUrl,
    token: async (accountHolder = 'susan') => {
      const answer = await fetch(`${url}/demo/token?sub=${accountHolder}`);
      return ((await answer.json()) as { access_token: string }).access_token;
    },
    pushes: async () => (await control(simulatorUrl, 'GET', 'pushes')).pushes,
    fail: async (operation, fault = '500', options = {}) => {
      await control(simulatorUrl, 'POST', 'faults', { operation, fault, ...options });
    },
    clock: {
      now: () => Date.now() + aheadMs,
      async advance(milliseconds) {
        aheadMs += milliseconds;
        await control(simulatorUrl, 'POST', 'clock', { advanceMs: milliseconds });
        await ask({ kind: 'CLOCK', aheadMs });
      },
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.ref();
      child.disconnect();
      await ended;
    },
  };
}

/** One question at a time has its answer; neither process nor channel keeps a test runner from ending that forgot to close. */
function asker(child: ChildProcess): (question: ToGateway) => Promise<FromGateway> {
  let turn: Promise<unknown> = Promise.resolve();
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`the gateway has ended (${code}): see its output above`)));
  });
  ended.catch(() => undefined);
  const ask = async (question: ToGateway): Promise<FromGateway> => {
    if (!child.connected) throw new Error('the gateway is closed');
    child.ref();
    child.channel?.ref();
    const answered = new Promise<FromGateway>((resolve) => {
      child.once('message', (answer: FromGateway) => resolve(answer));
    });
    child.send(question);
    const answer = await Promise.race([answered, ended]);
    child.unref();
    child.channel?.unref();
    if (answer.error !== '') throw new Error(answer.error);
    return answer;
  };
  return (question) => {
    const mine = turn.then(() => ask(question));
    turn = mine.catch(() => undefined);
    return mine;
  };
}

async function control(
  simulatorUrl: string,
  method: 'GET' | 'POST',
  route: string,
  body?: object,
): Promise<{ readonly pushes: readonly ReceivedPush[] }> {
  const answer = await fetch(`${simulatorUrl}/simulator/${route}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`the simulator refuses: ${await answer.text()}`);
  return (await answer.json()) as { pushes: ReceivedPush[] };
}
