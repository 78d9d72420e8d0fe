/** What callers see of an error: stable codes and fixed words; no value of the input and no inside of ours. */
import { unwrapResolverError } from '@apollo/server/errors';
import { type ASTNode, GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { GatewayError } from '../../../domain/gateway-error.js';
import { FixedMessageError } from '../../../schema/fixed-message-error.js';
import { TooCostlyError } from '../../../schema/too-costly-error.js';
import { describeInvalidInput, namesAt, schemaNames } from './invalid-input.js';

/** Fixed words for GraphQL's own codes; every other code is ours or an internal error. */
const FIXED: Readonly<Record<string, string>> = {
  GRAPHQL_PARSE_FAILED: 'The document is not valid GraphQL. `locations` says where.',
  BAD_REQUEST:
    'The request is not GraphQL over HTTP: POST JSON with a `query`, or GET a query with the header apollo-require-preflight.',
  OPERATION_RESOLUTION_FAILURE:
    'The document holds several operations, or none of that operationName: name one.',
  // Clients tell it by these very words, and send the document.
  PERSISTED_QUERY_NOT_SUPPORTED: 'PersistedQueryNotSupported',
};

const INTERNAL = 'Something went wrong on our side. Tell the operators of this gateway the trace id.';

interface ErrorFormatOptions {
  /** Whether anybody may look at the schema; else nobody learns a name that he has not put there. */
  readonly introspection: boolean;
}

export function createErrorFormat(
  schema: GraphQLSchema,
  { introspection }: ErrorFormatOptions,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  const names = schemaNames(schema);
  return (formatted, error) => {
    const code = codeOf(formatted, error);
    const gatewayError = gatewayErrorOf(error);
    if (gatewayError !== undefined) {
      const { message, retryAfterSeconds, extensions } = gatewayError;
      const retryAfter = retryAfterSeconds === undefined ? {} : { retryAfter: retryAfterSeconds };
      return answer(formatted, message, gatewayError.code, { ...retryAfter, ...extensions });
    }
    const ours = fixedMessageErrorOf(error);
    if (ours !== undefined) {
      const excess = ours instanceof TooCostlyError ? { ...ours.excess } : {};
      return answer(formatted, ours.message, ours.code, excess);
    }
    if (code === 'GRAPHQL_VALIDATION_FAILED' || code === 'BAD_USER_INPUT') {
      const told = introspection ? names : namesAt(nodesOf(error));
      const telling = { told, own: introspection };
      return answer(formatted, describeInvalidInput(formatted.message, names, telling), code);
    }
    const words = FIXED[code];
    return words === undefined
      ? answer(formatted, INTERNAL, 'INTERNAL_SERVER_ERROR')
      : answer(formatted, words, code);
  };
}

/** Whether an error is nobody's fault but ours, so that its cause belongs in the log. */
export function isInternal(error: GraphQLError): boolean {
  return gatewayErrorOf(error) === undefined && codeOf(error, error) === 'INTERNAL_SERVER_ERROR';
}

export function codeOf({ extensions }: Pick<GraphQLFormattedError, 'extensions'>, error: unknown): string {
  // A code counts when GraphQL or we gave it: what any library throws may carry one of its own.
  if (!(unwrapResolverError(error) instanceof GraphQLError)) return 'INTERNAL_SERVER_ERROR';
  return isLastOfMany(error) ? 'BAD_USER_INPUT' : String(extensions?.['code'] ?? 'INTERNAL_SERVER_ERROR');
}

function nodesOf(error: unknown): readonly ASTNode[] {
  return error instanceof GraphQLError ? (error.nodes ?? []) : [];
}

/** graphql-js ends a list of faulty variables with a word of its own, and gives it no code. */
function isLastOfMany(error: unknown): boolean {
  return error instanceof GraphQLError && error.message.startsWith('Too many errors processing variables');
}

export function gatewayErrorOf(error: unknown): GatewayError | undefined {
  const original = unwrapResolverError(error);
  return original instanceof GatewayError ? original : undefined;
}

/** graphql-js wraps a scalar's error in a message that echoes the value: the innermost one is ours. */
function fixedMessageErrorOf(error: unknown): FixedMessageError | undefined {
  let current: unknown = error;
  while (current instanceof GraphQLError) {
    if (current instanceof FixedMessageError) return current;
    current = current.originalError;
  }
  return undefined;
}

/** The cycle of a fragment has a location for each of its spreads; the first say enough. */
const MAX_LOCATIONS = 3;

function answer(
  { locations, path }: GraphQLFormattedError,
  message: string,
  code: string,
  extensions: Readonly<Record<string, unknown>> = {},
): GraphQLFormattedError {
  return {
    message,
    ...(locations !== undefined && { locations: locations.slice(0, MAX_LOCATIONS) }),
    ...(path !== undefined && { path }),
    extensions: { code, ...extensions },
  };
}
