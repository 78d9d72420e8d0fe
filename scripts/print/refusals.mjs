/** The set of refusals as it is published: as JSON for whoever handles them by program, and as a table to read. */
import { REFUSAL_CODES, REFUSALS } from '../../dist/push/refusals/refusal.js';
import { readRefusalTexts } from '../../dist/push/refusals/refusal-texts.js';

export async function printRefusalsJson() {
  const texts = await readRefusalTexts();
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

export function printRefusalsTable() {
  const rows = REFUSAL_CODES.map((code) => {
    const { owner, retryRule, message, description } = REFUSALS[code];
    return `| \`${code}\` | \`${owner}\` | \`${retryRule}\` | ${description} | ${message} |\n`;
  });
  return `| code | \`owner\` | \`retryRule\` | what happened | what to do |\n|---|---|---|---|---|\n${rows.join('')}`;
}
