/** One function per event of the audit trail, so that none is forgotten or told in two ways. */
import type { Audit, AuditAction, AuditEvent } from './trail.js';

/** Who does something, and where it is written: what a request's context holds. */
export interface AuditBy {
  readonly audit: Audit;
  /** The `sub` of the access token; null: nobody has signed in. */
  readonly accountHolder: string | null;
  readonly client: string | null;
  /** The network address, as requests are counted by it. */
  readonly address: string;
  readonly traceId: string;
}

/** An access token that is not taken, or none where one is needed. */
export function auditSignInRefused(by: AuditBy, reason: string): void {
  tell(by, 'sign-in.refused', { result: 'REFUSED', details: { reason } });
}

/** Signed in, and not allowed: a scope is missing, or the sign-in was too weak or too long ago. */
export function auditAccessRefused(by: AuditBy, code: string, field: string | undefined): void {
  tell(by, 'access.refused', { result: code, details: { field } });
}

/** `limit`: by whom or what is counted. */
export function auditLimitHit(by: AuditBy, what: 'requests' | 'pushes', limit: string | undefined): void {
  tell(by, 'limit.hit', { result: 'RATE_LIMITED', details: { what, limit } });
}

/** Once per request, whatever it asked for; `result`: OK, or the codes of its errors. */
export function auditDataRead(
  by: AuditBy,
  read: {
    readonly kinds: readonly string[];
    readonly accounts: readonly string[];
    readonly pushIds: readonly string[];
  },
  result: string,
): void {
  const { kinds, accounts, pushIds } = read;
  const some = <T>(list: readonly T[]) => (list.length === 0 ? undefined : list);
  tell(by, 'data.read', { result, accounts: some(accounts), details: { kinds, pushIds: some(pushIds) } });
}

/** As it was asked for, before anything is looked at. */
interface AskedPush {
  /** null: not in the form of one. */
  readonly tokenRequestorId: string | null;
  readonly accounts: readonly string[];
}

export function auditPushAsked(by: AuditBy, push: AskedPush): void {
  tell(by, 'push.asked', pushEvent(push));
}

/** What the caller is told; a push that is asked for again tells its end again, under the same id. */
export function auditPushEnded(by: AuditBy, push: AskedPush, pushId: string, status: string): void {
  tell(by, 'push.ended', { ...pushEvent(push, { pushId, source: 'MDES' }), result: status });
}

/** Nothing was pushed; `code`: of the refusal or the error. */
export function auditPushRefused(by: AuditBy, push: AskedPush, code: string): void {
  tell(by, 'push.refused', { ...pushEvent(push), result: code });
}

interface KnownPush {
  readonly id: string;
  readonly tokenRequestorId: string;
  readonly accounts: readonly {
    readonly fundingAccountId: string;
    readonly outcome: { readonly outcome: string; readonly certainty: string } | null;
  }[];
}

export function auditHandedOff(by: AuditBy, push: KnownPush, platform: string): void {
  tell(by, 'push.handed-off', { ...knownPushEvent(push, { platform }), result: 'RECORDED' });
}

/** Who has said what became of a push: an app; an app by the URL that it was opened with; the account holder's browser. */
export type OutcomeSource = 'APP' | 'APP_CALLBACK_URL' | 'CALLBACK';

export function auditOutcome(by: AuditBy, push: KnownPush, status: string, source: OutcomeSource): void {
  const outcomes = push.accounts.map(({ outcome }) =>
    outcome === null ? null : `${outcome.outcome} (${outcome.certainty})`,
  );
  tell(by, 'push.outcome', { ...knownPushEvent(push, { source, outcomes }), result: status });
}

/** What operators stop, or let go again, by a command: who it was stands in its process's first line. */
export function holdEvent(
  action: 'pushes.stopped' | 'pushes.resumed',
  target: { readonly kind: 'all' } | { readonly kind: string; readonly name: string },
): AuditEvent {
  const { kind, name } = { name: undefined, ...target };
  const isHolder = kind === 'account-holder';
  return {
    action,
    accountHolder: isHolder ? name : null,
    details: { of: kind, tokenRequestorId: isHolder ? undefined : name },
  };
}

type Told = Omit<AuditEvent, 'action' | 'accountHolder'>;

function tell(
  { audit, accountHolder, client, address, traceId }: AuditBy,
  action: AuditAction,
  { result, accounts, details }: Told,
): void {
  const who = { client: client ?? undefined, address, traceId };
  audit.record({ action, result, accountHolder, accounts, details: { ...who, ...details } });
}

function pushEvent({ tokenRequestorId, accounts }: AskedPush, more: object = {}): Told {
  return { accounts, details: { tokenRequestorId, ...more } };
}

function knownPushEvent({ id: pushId, tokenRequestorId, accounts }: KnownPush, more: object): Told {
  return {
    accounts: accounts.map(({ fundingAccountId }) => fundingAccountId),
    details: { pushId, tokenRequestorId, ...more },
  };
}
