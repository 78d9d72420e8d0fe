/** Queries that are asked often, compiled to functions of their own (graphql-jit): a field that is simply there costs no call. */
import {
  type ASTNode,
  BREAK,
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  getLocation,
  getNamedType,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { LRUCache } from 'lru-cache';

type Variables = Readonly<Record<string, unknown>>;
type CompiledQuery = (context: object, variables: Variables) => ExecutionResult | Promise<ExecutionResult>;

/** Compiling takes as long as some executions. */
const OFTEN = 20;
const MOST_COMPILED = 200;

export class CompiledQueries {
  readonly #schema: GraphQLSchema;
  readonly #asked = new WeakMap<OperationDefinitionNode, number>();
  readonly #compiled = new LRUCache<OperationDefinitionNode, CompiledQuery>({
    max: MOST_COMPILED,
    dispose: (_, operation) => this.#asked.delete(operation),
  });

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /**
   * undefined where it is not asked often, or is better executed step by step.
   * @param operation undefined where the document has none of the name that was asked for
   */
  get(document: DocumentNode, operation: OperationDefinitionNode | undefined): CompiledQuery | undefined {
    if (operation === undefined) return undefined;
    const known = this.#compiled.get(operation);
    if (known !== undefined) return known;
    const times = (this.#asked.get(operation) ?? 0) + 1;
    this.#asked.set(operation, times);
    if (
      times === OFTEN &&
      operation.operation === OperationTypeNode.QUERY &&
      isPlain(document, this.#schema)
    ) {
      // It goes on as before meanwhile, and for good where it cannot be compiled.
      this.#compile(document, operation).catch(() => undefined);
    }
    return undefined;
  }

  async #compile(document: DocumentNode, operation: OperationDefinitionNode): Promise<void> {
    const { compileQuery, isCompiledQuery } = await import('graphql-jit');
    const compiled = compileQuery(this.#schema, document, operation.name?.value);
    if (!isCompiledQuery(compiled)) return;
    this.#compiled.set(operation, async (context, variables) => {
      const { errors, ...result } = await compiled.query(undefined, context, variables);
      return errors === undefined
        ? result
        : { ...result, errors: errors.map((one) => located(one, document)) };
    });
  }
}

/**
 * Of a caller's text nothing but names gets into the function. What is executed otherwise than by graphql-js stays out: directives
 * within fragments, names that mean something to JavaScript, and unions (TypeGraphQL tells their types by promises).
 */
function isPlain(document: DocumentNode, schema: GraphQLSchema): boolean {
  let found = true;
  const types = new TypeInfo(schema);
  const enter = (node: ASTNode) => {
    const isOdd =
      node.kind === Kind.DIRECTIVE ||
      node.kind === Kind.STRING ||
      (node.kind === Kind.NAME && node.value.startsWith('__') && node.value !== '__typename') ||
      (node.kind === Kind.FIELD && isAbstractType(getNamedType(types.getType())));
    if (!isOdd) return undefined;
    found = false;
    return BREAK;
  };
  visit(document, visitWithTypeInfo(types, { enter }));
  return found;
}

/** With the field that it belongs to, as graphql-js tells it. */
function located(error: GraphQLError, document: DocumentNode): GraphQLError {
  const [place] = error.locations ?? [];
  const nodes: FieldNode[] = [];
  visit(document, {
    Field(field) {
      if (place === undefined || field.loc === undefined) return undefined;
      const { line, column } = getLocation(field.loc.source, field.loc.start);
      if (line !== place.line || column !== place.column) return undefined;
      nodes.push(field);
      return BREAK;
    },
  });
  const { message, path } = error;
  // What the function itself finds wrong is our fault, as everywhere.
  const originalError = error.originalError ?? new Error(message);
  return new GraphQLError(message, { nodes, path, originalError });
}
