/** A plugin for graphql-codegen: each operation as a text with its types, so that no parser has to be bundled. */
import { Kind, print, visit } from 'graphql';

/** @type {import('@graphql-codegen/plugin-helpers').PluginFunction<{ operationType: string }>} */
export const plugin = (_schema, documents, { operationType }) => {
  const definitions = documents.flatMap(({ document }) => document?.definitions ?? []);
  const fragments = new Map(
    definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  const operations = definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION && one.name !== undefined ? [{ one, name: one.name.value }] : [],
  );
  const content = operations.map(({ one, name }) => {
    const text = [one, ...fragmentsOf(one, fragments)].map((part) => print(part)).join('\n\n');
    const kind = one.operation === 'mutation' ? 'Mutation' : 'Query';
    return [
      `export const ${name}: Operation<${name}${kind}, ${name}${kind}Variables> = {`,
      `  name: '${name}',`,
      `  kind: '${one.operation}',`,
      `  text: ${JSON.stringify(text)},`,
      '};',
    ].join('\n');
  });
  return {
    prepend: [`import type { Operation } from '${operationType}';`],
    content: content.join('\n\n'),
  };
};

/**
 * @param {import('graphql').DefinitionNode} node
 * @param {ReadonlyMap<string, import('graphql').FragmentDefinitionNode>} all
 * @param {Set<import('graphql').FragmentDefinitionNode>} found
 */
function fragmentsOf(node, all, found = new Set()) {
  visit(node, {
    FragmentSpread({ name }) {
      const fragment = all.get(name.value);
      if (fragment === undefined || found.has(fragment)) return;
      found.add(fragment);
      fragmentsOf(fragment, all, found);
    },
  });
  return found;
}
