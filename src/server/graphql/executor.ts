/** How Apollo has operations executed: a query that is asked often as a function of its own, everything else by graphql-js. */
import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import { execute, type GraphQLSchema, getVariableValues } from 'graphql';
import { CompiledQueries } from './compiled-queries.js';

/** Apollo's word for whoever executes. */
type ApolloGateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

const OPTIONS = { maxCoercionErrors: 1 };

export function executorOf(schema: GraphQLSchema): ApolloGateway {
  const compiled = new CompiledQueries(schema);
  return {
    onSchemaLoadOrUpdate(tell) {
      tell({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: async () => ({
      async executor({ document, operation, request: { operationName, variables = {} }, context }) {
        const query = compiled.get(document, operation);
        // What is wrong with variables is said in graphql-js's words.
        if (query !== undefined && areGood(schema, operation.variableDefinitions, variables)) {
          return query(context, variables);
        }
        return execute({
          schema,
          document,
          contextValue: context,
          variableValues: variables,
          operationName: operationName ?? null,
          options: OPTIONS,
        });
      },
    }),
    stop: async () => undefined,
  };
}

function areGood(
  schema: GraphQLSchema,
  definitions: Parameters<typeof getVariableValues>[1] | undefined,
  variables: Readonly<Record<string, unknown>>,
): boolean {
  if (definitions === undefined || definitions.length === 0) return true;
  return getVariableValues(schema, definitions, variables, { maxErrors: 1 }).errors === undefined;
}
