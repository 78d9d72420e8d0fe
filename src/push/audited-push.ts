/** Tells the audit trail that a push was asked for, and what whoever asked was told of its end. */
import {
  type AuditBy,
  auditLimitHit,
  auditPushAsked,
  auditPushEnded,
  auditPushRefused,
} from '../audit/events.js';
import { GatewayError } from '../domain/gateway-error.js';
import { isTokenRequestorId } from '../domain/token-requestor.js';
import type { Telemetry } from '../observability/telemetry.js';
import type { Push } from './push.js';
import type { PushInput } from './push-input.js';
import { pushStatus } from './push-status.js';

/** As PushService tells it. */
type Ended =
  | { readonly kind: 'PUSH'; readonly push: Push }
  | { readonly kind: 'REFUSAL'; readonly refusal: { readonly code: string } };

export async function auditedPush<Result extends Ended>(
  by: AuditBy,
  { tokenRequestorId, fundingAccountIds: accounts }: PushInput,
  push: () => Promise<Result>,
  telemetry: Telemetry,
): Promise<Result> {
  const asked = {
    tokenRequestorId: isTokenRequestorId(tokenRequestorId) ? tokenRequestorId : null,
    accounts,
  };
  auditPushAsked(by, asked);
  try {
    const result = await push();
    if (result.kind === 'REFUSAL') auditPushRefused(by, asked, result.refusal.code);
    else auditPushEnded(by, asked, result.push.id, pushStatus(result.push));
    return result;
  } catch (error) {
    const code = error instanceof GatewayError ? error.code : 'INTERNAL_SERVER_ERROR';
    auditPushRefused(by, asked, code);
    if (code === 'RATE_LIMITED') {
      auditLimitHit(by, 'pushes', undefined);
      telemetry.limitHit('pushes');
    }
    throw error;
  }
}
