/** Tells the audit trail who was refused before anything was read: sign-ins, and requests past a limit. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { type AuditBy, auditAccessRefused, auditLimitHit, auditSignInRefused } from '../../audit/events.js';
import type { Audit } from '../../audit/trail.js';
import { whenEnded } from './when-ended.js';

/** Why a request was refused: of a sign-in the reason, of a limit by whom or what is counted, else the error's code. */
export interface RefusedFor {
  readonly what: 'SIGN_IN' | 'LIMIT' | 'ACCESS';
  readonly why: string;
}

/** Who goes on past a limit is told of once in that time: a flood of requests must not become one of lines. */
const LIMIT_TOLD_MS = 60_000;
const MOST_SUBJECTS = 10_000;

export function auditRefusals(app: FastifyInstance, audit: Audit): void {
  const told = new LRUCache<string, true>({ max: MOST_SUBJECTS, ttl: LIMIT_TOLD_MS });
  app.decorateRequest('refusedFor', null);
  whenEnded(app, (request) => {
    const { refusedFor } = request;
    if (refusedFor === null) return;
    const { what, why } = refusedFor;
    const by = auditBy(request, audit);
    if (what === 'SIGN_IN') auditSignInRefused(by, why);
    else if (what === 'ACCESS') auditAccessRefused(by, why, undefined);
    else {
      const subject = [why, request.address, request.accountHolder, request.client].join(' ');
      if (told.has(subject)) return;
      told.set(subject, true);
      auditLimitHit(by, 'requests', why);
    }
  });
}

export function auditBy(
  { accountHolder, client, address, id: traceId }: FastifyRequest,
  audit: Audit,
): AuditBy {
  return { audit, accountHolder, client, address, traceId };
}

declare module 'fastify' {
  interface FastifyRequest {
    /** null: it was not, or not for what an auditor wants to know. */
    refusedFor: RefusedFor | null;
  }
}
