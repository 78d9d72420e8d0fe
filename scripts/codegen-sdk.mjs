/** graphql-codegen's typescript-graphql-request plugin, made to compile under `exactOptionalPropertyTypes`. */
import { plugin as generate } from '@graphql-codegen/typescript-graphql-request';

/**
 * The plugin hands an absent `variables?` on as an explicit undefined, which graphql-request's types refuse; a default
 * value says the same and compiles.
 * @type {import('@graphql-codegen/plugin-helpers').PluginFunction}
 */
export const plugin = async (schema, documents, config, info) => {
  const output = await generate(schema, documents, config, info);
  if (typeof output === 'string') {
    return withDefaultVariables(output);
  }
  return { ...output, content: withDefaultVariables(output.content) };
};

/** @param {string} code */
function withDefaultVariables(code) {
  return code.replaceAll(/\(variables\?: (\w+)/g, '(variables: $1 = {}');
}
