/** What an operation costs where lists are so long: counted once for the same lengths, as long as nothing of it hangs on variables. */
import {
  type DocumentNode,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';
import { costOf } from './document-cost.js';
import type { Sizes } from './list-lengths.js';

/** Variables that cannot be read: the execution says so itself, before it asks anybody. */
export class UnreadableVariables extends Error {}

export interface AskedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As they came. */
  readonly variables: Readonly<Record<string, unknown>>;
}

interface OperationCost {
  readonly cost: number;
  /** Which lengths counted. */
  readonly used: ReadonlySet<keyof Sizes>;
}

/** Holders with one card, with two, and so on; the issuer's own lists change rarely. */
const MOST_LENGTHS = 50;

/** Documents are kept: the same text is the same object. */
const known = new WeakMap<OperationDefinitionNode, Map<string, OperationCost>>();

/** @throws UnreadableVariables */
export function operationCost(asked: AskedOperation, sizes: Sizes): OperationCost {
  const key = `${sizes.accounts} ${sizes.requestors} ${sizes.ranges}`;
  const costs = known.get(asked.operation) ?? new Map<string, OperationCost>();
  const found = costs.get(key);
  if (found !== undefined) return found;
  const { isFixed, ...cost } = count(asked, sizes);
  if (isFixed) {
    if (costs.size >= MOST_LENGTHS) costs.clear();
    known.set(asked.operation, costs.set(key, cost));
  }
  return cost;
}

function count({ schema, document, operation, variables: given }: AskedOperation, sizes: Sizes) {
  let coerced: Readonly<Record<string, unknown>> | undefined;
  const variables = () => {
    if (coerced !== undefined) return coerced;
    const values = getVariableValues(schema, operation.variableDefinitions ?? [], given, { maxErrors: 1 });
    if (values.coerced === undefined) throw new UnreadableVariables();
    coerced = values.coerced;
    return coerced;
  };
  const watched = new WatchedSizes(sizes);
  const cost = costOf({ schema, document, operation, variables }, watched);
  return { cost, used: watched.used, isFixed: coerced === undefined };
}

/** Notes which of them somebody wants to know. */
class WatchedSizes implements Sizes {
  readonly used = new Set<keyof Sizes>();
  readonly #sizes: Sizes;

  constructor(sizes: Sizes) {
    this.#sizes = sizes;
  }

  get accounts(): number {
    return this.#look('accounts');
  }

  get requestors(): number {
    return this.#look('requestors');
  }

  get ranges(): number {
    return this.#look('ranges');
  }

  #look(size: keyof Sizes): number {
    this.used.add(size);
    return this.#sizes[size];
  }
}
