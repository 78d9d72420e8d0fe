/** `npm run schema`: writes schema.graphql and the published refusals (docs/refusals.json, docs/channel-teams.md) from the built code. */
import { readFileSync, writeFileSync } from 'node:fs';
import { printRefusalsJson, printRefusalsTable } from './print/refusals.mjs';
import { printGatewaySchema } from './print/schema.mjs';

const file = (/** @type {string} */ name) => new URL(`../${name}`, import.meta.url);
const TABLE = /(?<=<!-- refusals: npm run schema -->\n\n).*?(?=\n<!-- end of refusals -->)/s;

writeFileSync(file('schema.graphql'), await printGatewaySchema());
writeFileSync(file('docs/refusals.json'), await printRefusalsJson());
writeFileSync(
  file('docs/channel-teams.md'),
  readFileSync(file('docs/channel-teams.md'), 'utf8').replace(TABLE, () => printRefusalsTable()),
);
