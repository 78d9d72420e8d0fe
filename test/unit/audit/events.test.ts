/** What each event of the audit trail says, member by member: a reviewer reads nothing else. */
import { describe, expect, it } from '@jest/globals';
import {
  type AuditBy,
  auditAccessRefused,
  auditDataRead,
  auditHandedOff,
  auditLimitHit,
  auditOutcome,
  auditPushAsked,
  auditPushEnded,
  auditPushRefused,
  auditSignInRefused,
  holdEvent,
} from '../../../src/audit/events.js';
import type { AuditEvent } from '../../../src/audit/trail.js';

const WHO = { client: 'app-1', address: '192.0.2.7', traceId: 'a'.repeat(32) };
const ASKED = { tokenRequestorId: '50130000001', accounts: ['card-1', 'card-2'] };
const KNOWN = {
  id: 'push-1',
  tokenRequestorId: '50130000001',
  accounts: [
    { fundingAccountId: 'card-1', outcome: { outcome: 'APPROVED', certainty: 'REPORTED' } },
    { fundingAccountId: 'card-2', outcome: null },
  ],
};

function told(tell: (by: AuditBy) => void, by: Partial<AuditBy> = {}): AuditEvent[] {
  const events: AuditEvent[] = [];
  tell({ audit: { record: (event) => void events.push(event) }, accountHolder: 'susan', ...WHO, ...by });
  return events;
}

describe('an event of the audit trail', () => {
  it.each<[action: string, tell: (by: AuditBy) => void, said: object]>([
    [
      'sign-in.refused',
      (by) => auditSignInRefused(by, 'EXPIRED'),
      { result: 'REFUSED', details: { ...WHO, reason: 'EXPIRED' } },
    ],
    [
      'access.refused',
      (by) => auditAccessRefused(by, 'FORBIDDEN', 'pushCard'),
      { result: 'FORBIDDEN', details: { ...WHO, field: 'pushCard' } },
    ],
    [
      'limit.hit',
      (by) => auditLimitHit(by, 'pushes', 'client'),
      { result: 'RATE_LIMITED', details: { ...WHO, what: 'pushes', limit: 'client' } },
    ],
    [
      'data.read',
      (by) => auditDataRead(by, { kinds: ['push'], accounts: ['card-1'], pushIds: ['push-1'] }, 'OK'),
      { result: 'OK', accounts: ['card-1'], details: { ...WHO, kinds: ['push'], pushIds: ['push-1'] } },
    ],
    [
      'data.read',
      (by) => auditDataRead(by, { kinds: ['push'], accounts: [], pushIds: [] }, 'FORBIDDEN'),
      { result: 'FORBIDDEN', details: { ...WHO, kinds: ['push'] } },
    ],
    [
      'push.asked',
      (by) => auditPushAsked(by, ASKED),
      { accounts: ['card-1', 'card-2'], details: { ...WHO, tokenRequestorId: '50130000001' } },
    ],
    [
      'push.ended',
      (by) => auditPushEnded(by, ASKED, 'push-1', 'READY'),
      {
        result: 'READY',
        accounts: ['card-1', 'card-2'],
        details: { ...WHO, tokenRequestorId: '50130000001', pushId: 'push-1', source: 'MDES' },
      },
    ],
    [
      'push.refused',
      (by) => auditPushRefused(by, { tokenRequestorId: null, accounts: [] }, 'INVALID_INPUT'),
      { result: 'INVALID_INPUT', accounts: [], details: { ...WHO, tokenRequestorId: null } },
    ],
    [
      'push.handed-off',
      (by) => auditHandedOff(by, KNOWN, 'IOS'),
      {
        result: 'RECORDED',
        accounts: ['card-1', 'card-2'],
        details: { ...WHO, pushId: 'push-1', tokenRequestorId: '50130000001', platform: 'IOS' },
      },
    ],
    [
      'push.outcome',
      (by) => auditOutcome(by, KNOWN, 'COMPLETED', 'CALLBACK'),
      {
        result: 'COMPLETED',
        accounts: ['card-1', 'card-2'],
        details: {
          ...WHO,
          pushId: 'push-1',
          tokenRequestorId: '50130000001',
          source: 'CALLBACK',
          outcomes: ['APPROVED (REPORTED)', null],
        },
      },
    ],
  ])('%s says who, from where, of what and with which end', (action, tell, said) => {
    expect(told(tell)).toEqual([{ action, accountHolder: 'susan', ...said }]);
  });

  it('names neither holder nor app where there is none', () => {
    const [event] = told((by) => auditSignInRefused(by, 'NO_TOKEN'), { accountHolder: null, client: null });
    expect(event?.accountHolder).toBeNull();
    expect(event?.details?.['client']).toBeUndefined();
  });

  it.each<[target: Parameters<typeof holdEvent>[1], said: object]>([
    [{ kind: 'all' }, { accountHolder: null, details: { of: 'all' } }],
    [
      { kind: 'account-holder', name: 'susan' },
      { accountHolder: 'susan', details: { of: 'account-holder' } },
    ],
    [
      { kind: 'token-requestor', name: '50130000001' },
      { accountHolder: null, details: { of: 'token-requestor', tokenRequestorId: '50130000001' } },
    ],
  ])('of a switch says what was thrown: %j', (target, said) => {
    expect(holdEvent('pushes.stopped', target)).toEqual({ action: 'pushes.stopped', ...said });
  });
});
