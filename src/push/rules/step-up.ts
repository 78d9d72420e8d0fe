/** Whether a token may push: the account holder has signed in strongly and lately, and the push is one that the token is bound to. */
import type { StepUpSettings } from '../../config/access-settings.js';
import { GatewayError } from '../../domain/gateway-error.js';
import type { Grant, PermittedPush, PushPermission } from '../../domain/grant.js';
import type { PushGrant } from '../caller.js';
import { type Push, withoutSecrets } from '../push.js';

/** Seconds by which the sign-in's clock may be ahead of ours, as for the token's other times. */
const CLOCK_TOLERANCE = 5;

type SignIn = Pick<Grant, 'acr' | 'authTime'>;

/**
 * By the time of this request, however long the token has been known.
 * @param now milliseconds since the epoch
 * @throws GatewayError STEP_UP_REQUIRED with what to ask the sign-in for
 */
export function requireStepUp(settings: StepUpSettings | null, signIn: SignIn, now: number): void {
  if (settings === null || isStrongAndFresh(settings, signIn, now)) return;
  const { acrValues, maxAgeSeconds } = settings;
  throw new GatewayError(
    'STEP_UP_REQUIRED',
    'A push needs a stronger or a fresher sign-in. Nothing was pushed; sign the account holder in again with acr_values and ' +
      'max_age as acrValues and maxAge say, and try again with the same idempotencyKey.',
    { extensions: { acrValues: acrValues ?? [], maxAge: maxAgeSeconds } },
  );
}

function isStrongAndFresh(
  { acrValues, maxAgeSeconds }: StepUpSettings,
  { acr, authTime }: SignIn,
  now: number,
): boolean {
  const isStrong = acrValues === null || (acr !== null && acrValues.includes(acr));
  return isStrong && (maxAgeSeconds === null || isWithin(maxAgeSeconds, authTime, now));
}

function isWithin(maxAgeSeconds: number, authTime: number | null, now: number): boolean {
  if (authTime === null) return false;
  const age = Math.floor(now / 1000) - authTime;
  return age >= -CLOCK_TOLERANCE && age <= maxAgeSeconds;
}

/** @throws GatewayError FORBIDDEN */
export function requirePermission(permission: PushPermission, asked: PermittedPush): void {
  switch (permission.kind) {
    case 'ANY':
      return;
    case 'ONLY':
      if (isPermitted(permission, asked)) return;
      throw new GatewayError(
        'FORBIDDEN',
        'The authorization_details of the access token bind it to another push: to other fundingAccountIds, or to another ' +
          'tokenRequestorId. Nothing was pushed; sign in again for this one.',
      );
    case 'UNREADABLE':
      throw new GatewayError(
        'FORBIDDEN',
        'The authorization_details of the access token cannot be understood. Nothing was pushed; an entry of the type ' +
          'push_provisioning holds fundingAccountIds and tokenRequestorId, and nothing else.',
      );
    default:
      permission satisfies never;
  }
}

/** Exactly these accounts, in whatever order; the input names none twice. */
function isThis(push: PermittedPush, { tokenRequestorId, fundingAccountIds }: PermittedPush): boolean {
  return (
    push.tokenRequestorId === tokenRequestorId &&
    push.fundingAccountIds.length === fundingAccountIds.length &&
    fundingAccountIds.every((id) => push.fundingAccountIds.includes(id))
  );
}

/** Whoever could not push it now gets nothing of it that a wallet takes: else a weak token would wait for a strong one's push. */
export function seenWith(settings: StepUpSettings | null, grant: PushGrant, push: Push, now: number): Push {
  const { tokenRequestorId, accounts } = push;
  const asked = { tokenRequestorId, fundingAccountIds: accounts.map((account) => account.fundingAccountId) };
  const mayPush =
    (settings === null || isStrongAndFresh(settings, grant, now)) && isPermitted(grant.pushes, asked);
  return mayPush ? push : withoutSecrets(push);
}

function isPermitted(permission: PushPermission, asked: PermittedPush): boolean {
  if (permission.kind === 'ONLY') return permission.permitted.some((push) => isThis(push, asked));
  return permission.kind === 'ANY';
}
