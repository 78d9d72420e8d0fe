/** No release breaks an app by surprise: what the schema takes away stands in the changelog, in so many words. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, findBreakingChanges } from 'graphql';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** The text below a heading, down to the next one of the same level or above. */
function below(heading: string, text: string): string {
  const level = heading.indexOf(' ');
  const [, after = ''] = `\n${text}`.split(`\n${heading}\n`);
  return after.split(new RegExp(`^#{1,${level}} `, 'm'))[0] ?? '';
}

/** Those that the changelog does not tell, in the words that it has to use. */
function untold(before: string, now: string, changelog: string): string[] {
  const told = below('### Breaking', below('## Unreleased', changelog))
    .replaceAll('`', '')
    .replace(/\s+/g, ' ');
  return findBreakingChanges(buildSchema(before), buildSchema(now))
    .map(({ description }) => description)
    .filter((description) => !told.includes(description));
}

describe('the schema since the last release', () => {
  const changelog = read('CHANGELOG.md');
  const released = /^## (\d+\.\d+\.\d+)\b/m.exec(changelog)?.[1] ?? 'nothing';

  it('is compared with that of the newest entry of the changelog, which is the newest that is kept', () => {
    const kept = readdirSync(join(ROOT, 'docs/schema')).map((file) => file.replace('.graphql', ''));
    kept.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    expect(kept.at(-1)).toBe(released);
    expect(JSON.parse(read('package.json')).version).toBe(released);
  });

  it('breaks nothing that CHANGELOG.md does not tell under Unreleased, Breaking', () => {
    expect(untold(read(`docs/schema/${released}.graphql`), read('schema.graphql'), changelog)).toEqual([]);
  });

  it('would be told of a field that is gone, until the changelog says so, and where it has to', () => {
    const [before, now] = ['type Query { card: String cards: [String!]! }', 'type Query { cards: [String] }'];
    const entry = (text: string) => `# Changelog\n\n## Unreleased\n\n${text}\n\n## 0.1.0\n\nThe first.\n`;
    const both = ['Query.card was removed.', 'Query.cards changed type from [String!]! to [String].'];
    expect(untold(before, now, entry('### Changed\n\n- Query.card was removed.'))).toEqual(both);
    expect(untold(before, now, entry('### Breaking\n\n- `Query.card` was\n  removed. Ask cards.'))).toEqual(
      both.slice(1),
    );
    expect(untold(before, now, entry(`### Breaking\n\n- ${both.join('\n- ')}\n\n### Fixed`))).toEqual([]);
    const old = `${entry('### Changed')}\n### Breaking\n\n- ${both.join('\n- ')}\n`;
    expect(untold(before, now, old)).toEqual(both);
  });
});
