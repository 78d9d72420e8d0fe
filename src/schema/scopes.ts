/** Who may do what: the scope that a field needs. Every field of the roots stands here; the schema cannot be built otherwise. */
import type { Scope } from '../domain/grant.js';

/** By type and field. Below the roots: what leads to what another scope is for; those fields need it too. */
export const SCOPE_OF_FIELD: Readonly<Record<string, Scope>> = {
  'Query.tokenRequestors': 'token-requestors:read',
  'Query.tokenRequestor': 'token-requestors:read',
  'Query.catalogue': 'token-requestors:read',
  'FundingAccount.tokenRequestors': 'token-requestors:read',
  'FundingAccount.eligibility': 'token-requestors:read',

  'Query.asset': 'assets:read',
  'Asset.mediaContents': 'assets:read',

  'Query.fundingAccounts': 'accounts:read',

  'Query.push': 'push:read',
  'Query.pushes': 'push:read',

  // Who may push sees what became of the push that she names.
  'Mutation.pushCard': 'push:write',
  'Mutation.recordHandOff': 'push:write',
  'Mutation.recordOutcome': 'push:write',
  'Mutation.recordPushCallback': 'push:write',
};

/** Fields that lead to what another scope is for, and yet need no more than the field that they hang on. */
export const NO_FURTHER_SCOPE: ReadonlySet<string> = new Set([
  // Where it went is part of a push; the answer to a push that was sent must not end in FORBIDDEN.
  'Push.tokenRequestor',
  // Its URLs are those of a public route; the logo itself (Asset.mediaContents) stands above.
  'TokenRequestor.logo',
  // Under FundingAccount.eligibility and Query.pushes, which stand above.
  'Eligibility.tokenRequestor',
  'PushConnection.nodes',
  'PushEdge.node',
]);
