/** Executes operations: by graphql-js, or compiled where they are asked often; the compiler is loaded when the first one is. */
import {
  type ApolloServerOptionsWithGateway,
  type ApolloServerPlugin,
  type BaseContext,
  HeaderMap,
} from '@apollo/server';
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';
import type { GatewayContext } from '../../schema/context.js';
import { CompiledQueries } from './compiled-queries.js';

/** Apollo's word for whoever executes. */
type ApolloGateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];
type Variables = Readonly<Record<string, unknown>>;

interface Execution {
  readonly document: DocumentNode;
  /** undefined where the document has none of that name. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly operationName?: string | null | undefined;
  readonly variables?: Variables | null | undefined;
  readonly context: GatewayContext;
}

const OPTIONS = { maxCoercionErrors: 1 };

export class Executor {
  readonly #compiled: CompiledQueries;

  constructor(readonly schema: GraphQLSchema) {
    this.#compiled = new CompiledQueries(schema);
  }

  run({
    document,
    operation,
    operationName,
    variables,
    context,
  }: Execution): ExecutionResult | Promise<ExecutionResult> {
    const variableValues = variables ?? {};
    const query = this.#compiled.get(document, operation);
    // What is wrong with variables is said in graphql-js's words.
    if (query !== undefined && this.#areGood(operation?.variableDefinitions, variableValues)) {
      return query(context, variableValues);
    }
    return execute({
      schema: this.schema,
      document,
      contextValue: context,
      variableValues,
      operationName: operationName ?? null,
      options: OPTIONS,
    });
  }

  /**
   * Executes before Apollo would: what comes without an error goes out as it is. The rest is Apollo's, which gets it from the gateway
   * below, and makes for that an object with accessors of its own: V8 keeps all that those lead to, here the request with its answer,
   * until the next full collection.
   */
  get plugin(): ApolloServerPlugin<GatewayContext> {
    return {
      requestDidStart: async () => ({
        responseForOperation: async ({ request, document, operation, contextValue: context }) => {
          if (operation === undefined) return null;
          const { operationName, variables } = request;
          context.outcome.executed ??= this.#begin({
            document,
            operation,
            operationName,
            variables,
            context,
          });
          const result = await context.outcome.executed.catch(() => null);
          if (result === null || result.errors !== undefined) return null;
          return {
            http: { headers: new HeaderMap() },
            body: { kind: 'single', singleResult: { data: result.data ?? null } },
          };
        },
      }),
    };
  }

  async #begin(execution: Execution): Promise<ExecutionResult> {
    return this.run(execution);
  }

  /** As Apollo takes it; what has been executed for the request already it is given as it is. */
  get gateway(): ApolloGateway {
    return {
      onSchemaLoadOrUpdate: (tell) => {
        tell({ apiSchema: this.schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      load: async () => ({
        executor: async ({ document, operation, request: { operationName, variables }, context }) => {
          // Whoever starts Apollo hands it no other context.
          const ours = context as GatewayContext;
          return (
            ours.outcome.executed ??
            this.run({ document, operation, operationName, variables, context: ours })
          );
        },
      }),
      stop: async () => undefined,
    };
  }

  #areGood(definitions: Parameters<typeof getVariableValues>[1] | undefined, variables: Variables): boolean {
    if (definitions === undefined || definitions.length === 0) return true;
    return getVariableValues(this.schema, definitions, variables, { maxErrors: 1 }).errors === undefined;
  }
}
