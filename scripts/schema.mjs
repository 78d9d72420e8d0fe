/** `npm run schema`: writes schema.graphql and the published refusals (docs/refusals.json, docs/channel-teams.md) from the built code, the data flow (docs/security.md), and a page per concept (docs/concepts). */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { printConcepts } from './print/concepts.mjs';
import { printDataFlow } from './print/data-flow.mjs';
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
const FLOW = /(?<=<!-- data flow: npm run schema -->\n\n).*?(?=\n<!-- end of data flow -->)/s;
writeFileSync(
  file('docs/security.md'),
  readFileSync(file('docs/security.md'), 'utf8').replace(FLOW, () => printDataFlow()),
);

mkdirSync(file('docs/concepts'), { recursive: true });
for (const [name, text] of await printConcepts()) {
  writeFileSync(file(`docs/concepts/${name}`), text);
}
