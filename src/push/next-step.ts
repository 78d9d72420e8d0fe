/** What the app does next with a push: one answer, whatever the wallet and however many accounts. */
import type { HandOffProfiles } from '../domain/hand-off-profile.js';
import { bestHandOffs, sdkFor } from './hand-off.js';
import { type Push, type PushedAccount, type PushHandOff, refusalOf } from './push.js';
import { pushStatus } from './push-status.js';
import { type RetryRule, retryRuleOf } from './refusals/refusal.js';
import type { WalletOutcome } from './wallet-outcome.js';

/** What to offer when a push is over; where its accounts differ, the first of these counts. */
export const FOLLOW_UPS = ['ACTIVATE', 'CHECK_WALLET', 'PUSH_AGAIN', 'OTHER_ACCOUNT'] as const;
export type FollowUp = (typeof FOLLOW_UPS)[number];

export type NextStep =
  | { readonly kind: 'OPEN_URL'; readonly handOff: PushHandOff }
  | {
      readonly kind: 'GIVE_DATA';
      readonly sdk: string | null;
      /** Those that are still to be given, in the order of the push. */
      readonly accounts: readonly PushedAccount[];
      /** One per account, where the profile describes links; there are several then. */
      readonly links: readonly PushHandOff[];
    }
  | { readonly kind: 'WAIT'; readonly seconds: number }
  | { readonly kind: 'DONE'; readonly followUp: FollowUp | null };

/** MDES answers within a second, mostly. */
const WHILE_SENDING_SECONDS = 1;
/** The account holder is at the wallet, which takes her a while. */
const WHILE_AT_WALLET_SECONDS = 5;

/** null: there is one, but not for who has been given the push without its secrets. */
export function nextStepOf(push: Push, profiles: HandOffProfiles): NextStep | null {
  const status = pushStatus(push);
  if (status === 'IN_PROGRESS') return { kind: 'WAIT', seconds: WHILE_SENDING_SECONDS };
  if (status === 'UNKNOWN') return { kind: 'DONE', followUp: 'CHECK_WALLET' };
  const open = push.expiresAt <= push.readAt ? [] : push.accounts.filter(isOpen);
  if (open.length === 0) return { kind: 'DONE', followUp: followUpOf(push) };
  if (isAtWallet(push)) return { kind: 'WAIT', seconds: WHILE_AT_WALLET_SECONDS };
  return handingOff(push, open, profiles);
}

/** Taken by Mastercard, and nothing is known yet of what the wallet says. */
function isOpen({ result, outcome }: PushedAccount): boolean {
  return result?.kind === 'PUSHED' && outcome === null;
}

/** A URL takes all accounts along at once; of digitization data, each account goes over by itself. */
function isAtWallet({ handedOff, accounts, handOffs }: Push): boolean {
  const hasAnswered = accounts.some(({ outcome }) => outcome !== null);
  if (!hasAnswered) return handedOff !== null;
  return handOffs.some(({ fundingAccountId }) => fundingAccountId === null);
}

function handingOff(push: Push, open: readonly PushedAccount[], profiles: HandOffProfiles): NextStep | null {
  const whole = bestHandOffs(
    push.handOffs.filter(({ fundingAccountId }) => fundingAccountId === null),
    push.platform,
  );
  if (whole[0] !== undefined) return { kind: 'OPEN_URL', handOff: whole[0] };
  const accounts = open.filter(({ result }) => result?.kind === 'PUSHED' && result.secrets !== null);
  if (accounts.length === 0) return null;
  const withData = accounts.filter(hasDigitizationData);
  // Of a push without data MDES has named no URL that can be opened: see the log.
  if (withData.length === 0) return { kind: 'DONE', followUp: null };
  return givingData(push, withData, profiles);
}

function givingData(push: Push, accounts: readonly PushedAccount[], profiles: HandOffProfiles): NextStep {
  const sdk = sdkFor(profiles, push);
  const ids = accounts.map(({ fundingAccountId }) => fundingAccountId);
  const theirs = push.handOffs.filter(({ fundingAccountId }) => ids.includes(fundingAccountId ?? ''));
  const links = sdk === null ? bestHandOffs(theirs, push.platform) : [];
  // Of several links each takes one account: the app needs all of them.
  if (links.length === 1 && links[0] !== undefined) return { kind: 'OPEN_URL', handOff: links[0] };
  return { kind: 'GIVE_DATA', sdk, accounts, links };
}

function hasDigitizationData({ result }: PushedAccount): boolean {
  return result?.kind === 'PUSHED' && result.secrets !== null && result.secrets.digitizationData !== null;
}

function followUpOf(push: Push): FollowUp | null {
  const offers = push.accounts.map((account) => followUpOfAccount(push, account));
  return FOLLOW_UPS.find((followUp) => offers.includes(followUp)) ?? null;
}

const AFTER_OUTCOME: Readonly<Record<WalletOutcome, FollowUp | null>> = {
  APPROVED: null,
  AUTHENTICATED: null,
  DUPLICATE_REQUEST: null,
  REQUIRE_ADDITIONAL_AUTHENTICATION: 'ACTIVATE',
  DECLINED: 'OTHER_ACCOUNT',
  CANCELLED: 'PUSH_AGAIN',
  ERROR: 'PUSH_AGAIN',
  DELETED: 'PUSH_AGAIN',
};

const AFTER_REFUSAL: Readonly<Record<RetryRule, FollowUp | null>> = {
  SAME_KEY: 'PUSH_AGAIN',
  NEW_KEY: 'PUSH_AGAIN',
  AFTER_CHANGE: null,
  NEVER: 'OTHER_ACCOUNT',
};

function followUpOfAccount(push: Push, account: PushedAccount): FollowUp | null {
  const refusal = refusalOf(push, account);
  if (refusal !== null) return AFTER_REFUSAL[retryRuleOf(refusal)];
  // Nobody has said what became of it, and its receipt is good for nothing any more.
  return account.outcome === null ? 'PUSH_AGAIN' : AFTER_OUTCOME[account.outcome.outcome];
}
