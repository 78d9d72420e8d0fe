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
import { CALLS, LENGTHS, type Sizes, WEIGHTS } from './list-lengths.js';

interface CostedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Coerced; asked for only where an argument counts. */
  readonly variables: () => Readonly<Record<string, unknown>>;
}

export function costOf({ schema, document, operation, variables }: CostedOperation, sizes: Sizes): number {
  const fragments = new Map<string, number>();

  function ofFragment(name: string): number {
    const known = fragments.get(name);
    if (known !== undefined) return known;
    const fragment = document.definitions.find(
      (node): node is FragmentDefinitionNode =>
        node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name,
    );
    const cost =
      fragment === undefined
        ? 0
        : ofSelections(fragment.selectionSet, typeNamed(fragment.typeCondition.name.value));
    fragments.set(name, cost);
    return cost;
  }

  function ofSelections({ selections }: SelectionSetNode, parent: GraphQLCompositeType | undefined): number {
    let total = 0;
    for (const node of selections) {
      if (node.kind === Kind.FIELD) total += ofField(node, parent);
      else if (node.kind === Kind.FRAGMENT_SPREAD) total += ofFragment(node.name.value);
      else {
        const type = node.typeCondition ? typeNamed(node.typeCondition.name.value) : parent;
        total += ofSelections(node.selectionSet, type);
      }
    }
    return total;
  }

  function ofField(node: FieldNode, parent: GraphQLCompositeType | undefined): number {
    const definition =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    // __typename; and introspection, which has limits of its own.
    if (parent === undefined || definition === undefined) return 1;
    const field = `${parent.name}.${node.name.value}`;
    // Where none is given there is nothing but what the schema says.
    const given = () => (node.arguments === undefined || node.arguments.length === 0 ? {} : variables());
    const args = () => (definition.args.length === 0 ? {} : getArgumentValues(definition, node, given()));
    const type = getNamedType(definition.type);
    const below = node.selectionSet && isCompositeType(type) ? ofSelections(node.selectionSet, type) : 0;
    const times = LENGTHS[field]?.(args(), sizes) ?? 1;
    return (CALLS[field] ?? 0) + times * ((WEIGHTS[field] ?? 1) + below);
  }

  function typeNamed(name: string): GraphQLCompositeType | undefined {
    const type = schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }

  return Math.ceil(
    ofSelections(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined),
  );
}
