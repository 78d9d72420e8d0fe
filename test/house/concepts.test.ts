/** The schema, concept by concept: each part of it on one page, as the code says, and every link leads somewhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { misplacedIn, printConcepts } from '../../scripts/print/concepts.mjs';

const FOLDER = new URL('../../docs/concepts/', import.meta.url);
const schema = () => buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));

describe('docs/concepts', () => {
  it('is what the code says (npm run schema), and no page more', async () => {
    const pages = await printConcepts();
    expect(readdirSync(fileURLToPath(FOLDER)).sort()).toEqual([...pages.keys()].sort());
    for (const [name, text] of pages) expect(readFileSync(new URL(name, FOLDER), 'utf8')).toBe(text);
  });

  it('explains every field of the roots and every type, each on one page', () => {
    expect(misplacedIn(schema())).toEqual([]);
    const more = buildSchema('type Query { asset: Int news: News } type News { id: ID }');
    expect(misplacedIn(more)).toEqual(expect.arrayContaining(['Query.news', 'News', 'Query.pushes']));
  });

  it('leads from each type that is named to where it is explained', async () => {
    const pages = await printConcepts();
    let links = 0;
    for (const text of pages.values()) {
      for (const [, target = '', anchor = ''] of text.matchAll(/\]\(([\w-]+\.md)(?:#(\w+))?\)/gi)) {
        links += 1;
        const there = pages.get(target) ?? '';
        expect([target, there.toLowerCase()]).toEqual([
          target,
          expect.stringContaining(anchor === '' ? '# ' : `\n## ${anchor}\n`),
        ]);
      }
    }
    expect(links).toBeGreaterThan(100);
  });
});
