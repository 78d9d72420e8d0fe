/** graphql-codegen's typescript-graphql-request plugin, with documents that are plain strings, and waits that can be given up. */
import { plugin as generate } from '@graphql-codegen/typescript-graphql-request';
import { parse, print } from 'graphql';

/** @type {import('@graphql-codegen/plugin-helpers').PluginFunction} */
export const plugin = async (schema, documents, config, info) => {
  const output = await generate(schema, documents, config, info);
  if (typeof output === 'string') {
    return adapt(output);
  }
  return { ...output, content: adapt(output.content) };
};

/**
 * With `documentMode: string` the plugin writes instances of a class that it does not bring along, and every fragment once more by
 * itself. An absent `variables?` it hands on as an explicit undefined, which graphql-request's types refuse; a default value says
 * the same and compiles. The wrapper is told of the signal too, because it waits between two tries.
 * @param {string} code
 */
function adapt(code) {
  return code
    .replaceAll(/^export const \w+FragmentDoc = new TypedDocumentString\(`[^`]*`, \{.*\}\);\n/gm, '')
    .replaceAll(/new TypedDocumentString\(`([^`]*)`\)/g, (_, text) => `\`${print(parse(text))}\``)
    .replaceAll(/\(variables\?: (\w+)/g, '(variables: $1 = {}')
    .replaceAll(/, variables\);$/gm, ', variables, signal);')
    .replace(
      'variables?: any) => Promise<T>;',
      "variables?: unknown, signal?: RequestInit['signal']) => Promise<T>;",
    );
}
