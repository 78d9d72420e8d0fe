/** Who may do what: the scope that a field needs. Every field of the roots stands here; the schema cannot be built otherwise. */
import type { Scope } from '../../domain/grant.js';

/**
 * By type and field. Below the roots, a field that stands here needs its scope beside the root's. Two that could do not:
 * `Push.tokenRequestor`, since where it went is part of a push, and a push that was sent must not be answered with FORBIDDEN;
 * `TokenRequestor.logo`, whose URLs are those of a public route. What each scope reaches in the end: test/unit/schema/scopes.test.ts.
 */
export const SCOPE_OF_FIELD: Readonly<Record<string, Scope>> = {
  'Query.tokenRequestors': 'token-requestors:read',
  'Query.tokenRequestor': 'token-requestors:read',
  'Query.catalogue': 'token-requestors:read',
  'FundingAccount.tokenRequestors': 'token-requestors:read',
  'FundingAccount.eligibility': 'token-requestors:read',
  'Eligibility.tokenRequestor': 'token-requestors:read',

  'Query.asset': 'assets:read',
  'Asset.mediaContents': 'assets:read',

  'Query.fundingAccounts': 'accounts:read',
  'PushedAccount.fundingAccount': 'accounts:read',
  'PushedAccountSummary.fundingAccount': 'accounts:read',

  'Query.push': 'push:read',
  'Query.pushes': 'push:read',

  // Who may push sees what became of the push that she names.
  'Mutation.pushCard': 'push:write',
  'Mutation.recordHandOff': 'push:write',
  'Mutation.recordOutcome': 'push:write',
  'Mutation.recordPushCallback': 'push:write',
};
