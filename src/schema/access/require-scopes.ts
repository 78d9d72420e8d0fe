/** Deny by default: a field of the table is resolved for who holds its scope, and a mutation for who holds all that its document needs. */
import {
  type ASTNode,
  defaultFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { GatewayError } from '../../domain/gateway-error.js';
import type { Grant, Scope } from '../../domain/grant.js';
import type { GatewayContext } from '../context.js';
import { SCOPE_OF_FIELD } from './scopes.js';

/** @throws TypeError for a field of a root that is not in the table */
export function requireScopes(schema: GraphQLSchema): GraphQLSchema {
  const mutation = schema.getMutationType();
  const roots = [schema.getQueryType(), mutation];
  const found = new WeakMap<OperationDefinitionNode, readonly Scope[]>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const scope = SCOPE_OF_FIELD[`${type.name}.${field.name}`];
      if (scope !== undefined) {
        const resolve = field.resolve ?? defaultFieldResolver;
        field.resolve = (source, args, context: GatewayContext, info) => {
          // What has been done cannot be refused any more: all is looked at first.
          if (type === mutation) requireHeld(context.grant, scopesOf(info, found), ' Nothing was done.');
          else requireHeld(context.grant, [scope]);
          return resolve(source, args, context, info);
        };
      } else if (roots.includes(type)) {
        throw new TypeError(
          `${type.name}.${field.name} has no scope: name it in src/schema/access/scopes.ts`,
        );
      }
    }
  }
  return schema;
}

function requireHeld({ scopes: held }: Grant, scopes: readonly Scope[], more = ''): void {
  const missing = scopes.filter((scope) => !held.has(scope));
  if (missing.length === 0) return;
  const scope = missing.join(' ');
  throw new GatewayError('FORBIDDEN', `The access token lacks the scope ${scope}.${more}`, {
    extensions: { scope },
  });
}

/** All that stands in the operation, asked for or skipped: found once for each document that is kept. */
function scopesOf(
  { schema, operation, fragments }: GraphQLResolveInfo,
  found: WeakMap<OperationDefinitionNode, readonly Scope[]>,
): readonly Scope[] {
  const known = found.get(operation);
  if (known !== undefined) return known;
  const types = new TypeInfo(schema);
  const scopes = new Set<Scope>();
  // Grows while it is gone through.
  const nodes = new Set<ASTNode>([operation]);
  for (const node of nodes) {
    visit(
      node,
      visitWithTypeInfo(types, {
        Field({ name }) {
          const scope = SCOPE_OF_FIELD[`${types.getParentType()?.name}.${name.value}`];
          if (scope !== undefined) scopes.add(scope);
        },
        FragmentSpread({ name }) {
          const fragment = fragments[name.value];
          if (fragment !== undefined) nodes.add(fragment);
        },
      }),
    );
  }
  const all = [...scopes];
  found.set(operation, all);
  return all;
}
