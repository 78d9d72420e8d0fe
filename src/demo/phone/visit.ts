/** Where the next step of a push leads to: which page of which wallet, and for which account. */
import type { PushOutcome } from '../generated.js';
import type { Bank } from '../wire/bank.js';
import type { FollowedPush } from './use-push.js';

export interface Visit {
  readonly url: string;
  /** The account that the wallet's answer is about, where it answers the app; null where it answers the gateway. */
  readonly account: string | null;
  /** Which of how many. */
  readonly turn: readonly [number: number, count: number];
}

/** null where there is nothing to hand off, or nothing any more. */
export function visitFor({ simulator, backUrl }: Bank, push: FollowedPush): Visit | null {
  const { nextStep: step, tokenRequestorId, accounts } = push;
  const count = accounts.filter(({ refusal }) => refusal == null).length;
  if (step?.__typename === 'OpenUrlStep') {
    const page = simulator.pageFor(tokenRequestorId, step.url);
    // A link that takes digitization data along comes back to nobody but the app.
    const isProprietary = new URL(page).pathname.endsWith('/add');
    const url = isProprietary ? `${page}&${new URLSearchParams({ app: backUrl })}` : page;
    const account = accounts.find(({ outcome, refusal }) => outcome == null && refusal == null);
    return { url, account: isProprietary ? (account?.fundingAccountId ?? null) : null, turn: [1, 1] };
  }
  if (step?.__typename !== 'DigitizationDataStep') return null;
  const next = step.accounts[0];
  if (next?.issuerInitiatedDigitizationData == null) return null;
  const url = simulator.sdkPageFor(tokenRequestorId, next.issuerInitiatedDigitizationData, backUrl);
  return { url, account: next.fundingAccountId, turn: [count - step.accounts.length + 1, count] };
}

const OUTCOMES: readonly PushOutcome[] = [
  'APPROVED',
  'REQUIRE_ADDITIONAL_AUTHENTICATION',
  'DECLINED',
  'CANCELLED',
  'DUPLICATE_REQUEST',
  'ERROR',
];

/** What a wallet's SDK said; null where the gateway has been told instead. */
export function outcomeIn(query: URLSearchParams): PushOutcome | null {
  return OUTCOMES.find((outcome) => outcome === query.get('outcome')) ?? null;
}
