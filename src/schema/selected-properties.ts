/** What the selection of a field asks of its objects that is simply there: leaves that no resolver finds. */
import {
  type FieldNode,
  type GraphQLCompositeType,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  isCompositeType,
  isLeafType,
  isUnionType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

export interface SelectedProperty {
  readonly name: string;
  /** What it is called in the answer. */
  readonly key: string;
}

export class SelectedProperties {
  /** The same text is the same object; what hangs on variables is not kept. */
  readonly #known = new WeakMap<FieldNode, readonly SelectedProperty[]>();

  of(info: GraphQLResolveInfo): readonly SelectedProperty[] {
    const [node, ...others] = info.fieldNodes;
    const known = node !== undefined && others.length === 0 ? this.#known.get(node) : undefined;
    if (known !== undefined) return known;
    const { properties, isFixed } = find(info);
    if (node !== undefined && others.length === 0 && isFixed) this.#known.set(node, properties);
    return properties;
  }
}

function find({ fieldNodes, fragments, schema, returnType, variableValues }: GraphQLResolveInfo) {
  const found = new Map<string, SelectedProperty>();
  const passed = new Set<string>();
  let isFixed = true;

  function collect({ selections }: SelectionSetNode, type: GraphQLCompositeType): void {
    for (const node of selections) {
      if (node.directives !== undefined && node.directives.length > 0) {
        isFixed = false;
        if (!isIncluded(node, variableValues)) continue;
      }
      if (node.kind === Kind.FIELD) add(node, type);
      else if (node.kind === Kind.INLINE_FRAGMENT) {
        collect(node.selectionSet, named(node.typeCondition?.name.value) ?? type);
      } else if (!passed.has(node.name.value)) {
        passed.add(node.name.value);
        const fragment = fragments[node.name.value];
        const its = named(fragment?.typeCondition.name.value);
        if (fragment !== undefined && its !== undefined) collect(fragment.selectionSet, its);
      }
    }
  }

  function add({ name: { value: name }, alias }: FieldNode, type: GraphQLCompositeType): void {
    const field = isUnionType(type) ? undefined : type.getFields()[name];
    if (field === undefined || field.resolve !== undefined || !isLeafType(getNamedType(field.type))) return;
    const key = alias?.value ?? name;
    found.set(`${key} ${name}`, { name, key });
  }

  function named(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }

  const type = getNamedType(returnType);
  for (const { selectionSet } of fieldNodes) {
    if (selectionSet !== undefined && isCompositeType(type)) collect(selectionSet, type);
  }
  return { properties: [...found.values()], isFixed };
}

function isIncluded(node: SelectionNode, variables: GraphQLResolveInfo['variableValues']): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false;
}
