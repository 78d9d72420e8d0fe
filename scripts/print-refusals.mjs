/**
 * Part of `npm run schema`: writes the published set of refusals, docs/refusals.json and the table for channel teams,
 * into the folder given or else the project's.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { REFUSAL_CODES, REFUSALS } from '../dist/push/refusals/refusal.js';
import { readRefusalTexts } from '../dist/push/refusals/refusal-texts.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGE = 'docs/channel-teams.md';
const TABLE = /(?<=<!-- refusals: npm run schema -->\n\n).*?(?=\n<!-- end of refusals -->)/s;

const [folder = ROOT] = process.argv.slice(2);
const page = readFileSync(join(ROOT, PAGE), 'utf8');
if (!TABLE.test(page)) {
  throw new Error(`${PAGE} has no place for the table of refusals`);
}
mkdirSync(join(folder, 'docs'), { recursive: true });
writeFileSync(join(folder, 'docs/refusals.json'), printJson(await readRefusalTexts()));
writeFileSync(join(folder, PAGE), page.replace(TABLE, printTable));

/** @param {import('../dist/push/refusals/refusal-texts.js').RefusalTextBook} texts */
function printJson(texts) {
  const list = REFUSAL_CODES.map((code) => {
    const { owner, retryRule, message, description } = REFUSALS[code];
    const accountHolderTexts = Object.fromEntries(
      texts.languages.map((language) => [language, texts.textOf(code, [language]).text]),
    );
    const retryable = retryRule === 'SAME_KEY';
    return { code, owner, retryRule, retryable, message, description, accountHolderTexts };
  });
  return `${JSON.stringify(list, null, 2)}\n`;
}

function printTable() {
  const rows = REFUSAL_CODES.map((code) => {
    const { owner, retryRule, message, description } = REFUSALS[code];
    return `| \`${code}\` | \`${owner}\` | \`${retryRule}\` | ${description} | ${message} |\n`;
  });
  return `| code | \`owner\` | \`retryRule\` | what happened | what to do |\n|---|---|---|---|---|\n${rows.join('')}`;
}
