/** Builds the GraphQL schema from its resolvers. */
import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';

import { buildSchema } from 'type-graphql';
import { notePersonalReads } from './access/note-personal-reads.js';
import { requireScopes } from './access/require-scopes.js';
import { requireSignIn } from './access/sign-in-required.js';
import { countAnswers } from './answer-size.js';
import { AssetResolver } from './asset/asset.resolver.js';
import { CatalogueResolver } from './catalogue/catalogue.resolver.js';
import { DateTimeScalar } from './date-time.js';
import { EligibilityResolver } from './eligibility/eligibility.resolver.js';
import { EligibilityPreviewResolver } from './eligibility/eligibility-preview.resolver.js';
import { AccountHolderDataPreviewResolver } from './funding-account/account-holder-data-preview.resolver.js';
import { FundingAccountResolver } from './funding-account/funding-account.resolver.js';
import { PushResolver } from './push/push.resolver.js';
import { PushRefusalResolver } from './push/push-refusal.resolver.js';
import {
  PushedAccountResolver,
  PushedAccountSummaryResolver,
  PushRequestorResolver,
  PushSummaryRequestorResolver,
} from './push/push-relations.resolver.js';
import { TokenRequestorResolver } from './token-requestor/token-requestor.resolver.js';

export async function buildGatewaySchema(): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers: [
      TokenRequestorResolver,
      AssetResolver,
      FundingAccountResolver,
      AccountHolderDataPreviewResolver,
      EligibilityResolver,
      EligibilityPreviewResolver,
      PushResolver,
      PushRequestorResolver,
      PushSummaryRequestorResolver,
      PushedAccountResolver,
      PushedAccountSummaryResolver,
      PushRefusalResolver,
      CatalogueResolver,
    ],
    scalarsMap: [{ type: Date, scalar: DateTimeScalar }],
    // Input is checked by the push's own rules; class-validator would hand the whole input back in its errors.
    validate: false,
    // TypeGraphQL would ask it a whole introspection at each start; Apollo looks whether it is valid.
    skipCheck: true,
  });
  describeRoots(schema);
  return requireSignIn(requireScopes(notePersonalReads(countAnswers(schema))));
}

/** TypeGraphQL makes the roots itself, and describes neither. */
function describeRoots(schema: GraphQLSchema): void {
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  if (query) query.description = 'What can be asked; nothing of it changes anything.';
  if (mutation) mutation.description = 'What changes something, one after the other as they stand.';
}
