/** What an operation would cost: its values times the lists that they stand in, each fragment counted once. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { CALLS, LENGTHS, RANGES_FIELD, rangesUnder, type Sizes, WEIGHTS } from './list-lengths.js';

interface CostedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Coerced; asked for only where an argument counts. */
  readonly variables: () => Readonly<Record<string, unknown>>;
}

interface Cost {
  readonly values: number;
  /** For each account range of a requestor that is not closed yet: how many they are is known where the requestor stands. */
  readonly perRange: number;
}

const NOTHING: Cost = { values: 0, perRange: 0 };
const ONE: Cost = { values: 1, perRange: 0 };

export function costOf({ schema, document, operation, variables }: CostedOperation, sizes: Sizes): number {
  const fragments = new Map<string, Cost>();

  function ofFragment(name: string): Cost {
    const known = fragments.get(name);
    if (known !== undefined) return known;
    const fragment = document.definitions.find(
      (node): node is FragmentDefinitionNode =>
        node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name,
    );
    const cost =
      fragment === undefined
        ? NOTHING
        : ofSelections(fragment.selectionSet, typeNamed(fragment.typeCondition.name.value));
    fragments.set(name, cost);
    return cost;
  }

  function ofSelections({ selections }: SelectionSetNode, parent: GraphQLCompositeType | undefined): Cost {
    let total = NOTHING;
    for (const node of selections) {
      if (node.kind === Kind.FIELD) total = beside(total, ofField(node, parent));
      else if (node.kind === Kind.FRAGMENT_SPREAD) total = beside(total, ofFragment(node.name.value));
      else {
        const type = node.typeCondition ? typeNamed(node.typeCondition.name.value) : parent;
        total = beside(total, ofSelections(node.selectionSet, type));
      }
    }
    return total;
  }

  function ofField(node: FieldNode, parent: GraphQLCompositeType | undefined): Cost {
    const definition =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    // __typename; and introspection, which has limits of its own.
    if (parent === undefined || definition === undefined) return ONE;
    const field = `${parent.name}.${node.name.value}`;
    if (field === RANGES_FIELD) return { values: 1, perRange: 1 };
    const args = () => (definition.args.length === 0 ? {} : getArgumentValues(definition, node, variables()));
    const type = getNamedType(definition.type);
    const below =
      node.selectionSet && isCompositeType(type) ? ofSelections(node.selectionSet, type) : NOTHING;
    const ranges =
      type.name === 'TokenRequestor' && below.perRange > 0 ? rangesUnder(field, args(), sizes) : 0;
    const isClosed = type.name === 'TokenRequestor';
    const times = LENGTHS[field]?.(args(), sizes) ?? 1;
    const each = (WEIGHTS[field] ?? 1) + below.values + ranges * below.perRange;
    return {
      values: (CALLS[field] ?? 0) + times * each,
      perRange: isClosed ? 0 : times * below.perRange,
    };
  }

  function typeNamed(name: string): GraphQLCompositeType | undefined {
    const type = schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }

  return ofSelections(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined).values;
}

function beside(a: Cost, b: Cost): Cost {
  return { values: a.values + b.values, perRange: a.perRange + b.perRange };
}
