/** `graphql()` that knows the gateway's schema: no code is generated but the schema's own types. */
import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './graphql-env';

export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { AccountRange: string; DateTime: string };
  disableMasking: true;
}>();
