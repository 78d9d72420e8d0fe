/**
 * A Jest transformer for ES modules that are no tests: the product as it was built, and what it depends on. Such a module is
 * loaded by Node, once a worker, instead of once more for every test file; Jest gets a list of its exports.
 * It works asynchronously only, because in Node 20 nothing else tells the exports of an ES module.
 */
import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';

/** @type {import('@jest/transform').AsyncTransformer} */
export default {
  getCacheKey: (text, path) => createHash('sha256').update(`${path}\0`).update(text).digest('hex'),
  async processAsync(_text, path) {
    const names = Object.keys(await import(pathToFileURL(path).href));
    const lines = names.map((name) =>
      name === 'default' ? 'export default loaded.default;' : `export const ${name} = loaded.${name};`,
    );
    return { code: [`const loaded = await nativeImport(${JSON.stringify(path)});`, ...lines].join('\n') };
  },
};
