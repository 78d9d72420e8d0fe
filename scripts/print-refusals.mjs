/** Part of `npm run schema`: writes the published set of refusals, docs/refusals.json and the README's table. */
import { readFileSync, writeFileSync } from 'node:fs';
import { printRefusalsJson, printRefusalsTable } from '../dist/push/print-refusals.js';
import { readRefusalTexts } from '../dist/push/refusal-texts.js';

const README = new URL('../README.md', import.meta.url);
const TABLE = /(?<=<!-- refusals: npm run schema -->\n\n).*?(?=\n<!-- end of refusals -->)/s;

writeFileSync(new URL('../docs/refusals.json', import.meta.url), printRefusalsJson(await readRefusalTexts()));
writeFileSync(
  README,
  readFileSync(README, 'utf8').replace(TABLE, () => printRefusalsTable()),
);
