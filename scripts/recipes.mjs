/**
 * `npm run recipes [-- NAME …]`: installs each recipe outside of the project, generates its code, checks its types and runs it against a
 * gateway. Where it lies: ~/.cache/token-connect-recipes, or RECIPES_CACHE.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkMobileRecipe } from './recipes/mobile.mjs';
import { installRecipes, packTarballs, ROOT, runRecipe } from './recipes/workspace.mjs';

const RECIPES = join(ROOT, 'recipes');
const all = readdirSync(RECIPES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const asked = process.argv.slice(2);
const names = all.map(({ name }) => name).filter((name) => asked.length === 0 || asked.includes(name));
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`There is no recipe ${unknown.join(', ')}: take ${all.map(({ name }) => name).join(', ')}.`);
  process.exit(64);
}

const isOfNode = (/** @type {string} */ name) => existsSync(join(RECIPES, name, 'package.json'));
const ofNode = all.map(({ name }) => name).filter(isOfNode);
await installRecipes(RECIPES, ofNode, await packTarballs());
const { createTestGateway } = await import('../dist/testing/index.js');
const gateway = await createTestGateway();
let failed = 0;
for (const name of names) {
  const started = Date.now();
  try {
    const env = { GATEWAY_URL: gateway.url, GATEWAY_TOKEN: await gateway.token() };
    const told = isOfNode(name) ? await runRecipe(name, env) : checkMobileRecipe(join(RECIPES, name));
    console.log(`${name.padEnd(16)} ok      ${told} (${Math.round((Date.now() - started) / 1000)} s)`);
  } catch (error) {
    failed += 1;
    console.log(`${name.padEnd(16)} FAILED  ${error instanceof Error ? error.message : error}`);
  }
}
await gateway.close();
console.log(`${names.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
