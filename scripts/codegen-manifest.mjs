/** A graphql-codegen plugin: the manifest of trusted documents, each by its SHA-256, of exactly the texts that the typed client sends. */
import { createHash } from 'node:crypto';
import { plugin as generate } from './codegen-sdk.mjs';

/** @type {import('@graphql-codegen/plugin-helpers').PluginFunction} */
export const plugin = async (schema, documents, config, info) => {
  const output = await generate(schema, documents, config, info);
  const code = typeof output === 'string' ? output : output.content;
  const texts = [...code.matchAll(/^export const \w+Document = `([^`]*)`;$/gm)].map(([, text = '']) => text);
  const entries = texts.map((text) => [createHash('sha256').update(text).digest('hex'), text]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
};
