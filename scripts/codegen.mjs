/**
 * `npm run codegen`: writes the typed client as codegen.yml says; with a folder as argument, below that instead.
 *
 * It runs graphql-codegen's core and not its command line, which brings 185 packages to load schemas from everywhere;
 * ours is a file.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import { buildSchema, parse } from 'graphql';
import { parse as parseYaml } from 'yaml';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = resolve(process.argv[2] ?? ROOT);
const read = (/** @type {string} */ file) => readFileSync(join(ROOT, file), 'utf8');

const { schema, documents, generates } = parseYaml(read('codegen.yml'));
const schemaAst = buildSchema(read(schema));
for (const [filename, { plugins, config, documents: own = documents }] of Object.entries(generates)) {
  const code = await codegen({
    filename,
    schema: parse(read(schema)),
    schemaAst,
    documents: own.map((/** @type {string} */ location) => ({
      location,
      document: parse(read(location)),
    })),
    config,
    plugins: plugins.map((/** @type {string} */ name) => ({ [name]: {} })),
    pluginMap: Object.fromEntries(await Promise.all(plugins.map(withPlugin))),
  });
  mkdirSync(dirname(join(OUT, filename)), { recursive: true });
  writeFileSync(join(OUT, filename), code);
}

/** @param {string} name of a file of ours, or of a package of graphql-codegen */
async function withPlugin(name) {
  const file = name.startsWith('.') ? pathToFileURL(join(ROOT, name)).href : `@graphql-codegen/${name}`;
  return [name, await import(file)];
}
