/** Deny by default: without a valid access token no field of the schema's roots is resolved. */
import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import { GatewayError } from '../../domain/gateway-error.js';
import type { GatewayContext } from '../context.js';

/** @throws GatewayError UNAUTHENTICATED */
export function requireAccountHolder({ accountHolder }: Pick<GatewayContext, 'accountHolder'>): string {
  if (accountHolder !== null) return accountHolder;
  throw new GatewayError(
    'UNAUTHENTICATED',
    'Sign in first: send the header "Authorization: Bearer <access token>".',
  );
}

/** Puts the check before every root field, so that a new field cannot be added without it. */
export function requireSignIn(schema: GraphQLSchema): GraphQLSchema {
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, context: GatewayContext, info) => {
        requireAccountHolder(context);
        return resolve(source, args, context, info);
      };
    }
  }
  return schema;
}
