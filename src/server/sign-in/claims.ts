/** What a verified access token allows: its scopes, how and when the account holder signed in, and the pushes that it is bound to. */
import type { JWTPayload } from 'jose';
import { z } from 'zod';
import type { ScopeSettings } from '../../config/access-settings.js';
import { type Grant, type PushPermission, SCOPES } from '../../domain/grant.js';

/** The type of an entry of authorization_details (RFC 9396) that binds a token to a push. */
const PUSH_TYPE = 'push_provisioning';

const name = z.string().min(1).max(255);
const seconds = z.int().nonnegative();
const details = z.array(z.looseObject({ type: z.string() }));
/** Nothing else beside: it might narrow down what we would allow. */
const permitted = z.array(
  z.strictObject({
    type: z.literal(PUSH_TYPE),
    fundingAccountIds: z.array(name).min(1),
    tokenRequestorId: name,
  }),
);

/** @param scopes null: they are not looked at, and all count as held */
export function readGrant(payload: JWTPayload, scopes: ScopeSettings | null): Grant {
  return {
    scopes: scopes === null ? new Set(SCOPES) : scopesOf(payload, scopes),
    acr: name.safeParse(payload['acr']).data ?? null,
    authTime: seconds.safeParse(payload['auth_time']).data ?? null,
    pushes: pushesOf(payload['authorization_details']),
  };
}

function scopesOf(payload: JWTPayload, { claims, names }: ScopeSettings): Grant['scopes'] {
  const held = new Set(claims.flatMap((claim) => namesIn(claimAt(payload, claim))));
  return new Set(SCOPES.filter((scope) => names[scope].some((one) => held.has(one))));
}

/** As text, separated by blanks (RFC 6749), or a list of names; what else a list holds is no scope. */
function namesIn(claim: unknown): readonly unknown[] {
  if (typeof claim === 'string') return claim.split(' ');
  return Array.isArray(claim) ? claim : [];
}

/** A claim of that very name, as namespaced ones with dots; else by the way that the dots show. */
function claimAt(payload: JWTPayload, way: string): unknown {
  return Object.hasOwn(payload, way) ? payload[way] : way.split('.').reduce<unknown>(memberOf, payload);
}

function memberOf(value: unknown, member: string): unknown {
  const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, member);
  return isThere ? Reflect.get(value, member) : undefined;
}

function pushesOf(claim: unknown): PushPermission {
  if (claim === undefined) return { kind: 'ANY' };
  // An entry without a type might be meant for us.
  const entries = details.safeParse(claim).data;
  const ours = permitted.safeParse(entries?.filter(({ type }) => type.trim().toLowerCase() === PUSH_TYPE));
  if (ours.data === undefined) return { kind: 'UNREADABLE' };
  return ours.data.length === 0 ? { kind: 'ANY' } : { kind: 'ONLY', permitted: ours.data };
}
