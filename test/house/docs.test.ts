/** The documents lead to what exists: every path, link, heading and setting that they name is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { SETTINGS } from '../../src/config/settings.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const PAGES = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...readdirSync(join(ROOT, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
  'src/push/refusals/refusal-texts/README.md',
  'src/client/README.md',
  'recipes/README.md',
  ...readdirSync(join(ROOT, 'recipes'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `recipes/${name}/README.md`),
  'src/push/texts/push-texts/README.md',
];

/** Paths from the project's root, as the text names them. The changelog also names what has gone, a recipe what is its own. */
function pathsIn(page: string): string[] {
  if (page === 'CHANGELOG.md' || page.startsWith('recipes/')) return [];
  const paths = read(page).matchAll(/(?<![\w./-])(?:src|test|scripts|docs|\.ci)\/[\w./-]*\w/g);
  return [...new Set([...paths].map(([path]) => path))];
}

/** Targets of links within the project, from the folder of the page. */
function linksIn(page: string): string[] {
  const links = read(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g);
  return [...new Set([...links].map(([, target = '']) => target))];
}

/** As GitHub makes anchors of headings. */
function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}

function isThere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  return existsSync(join(ROOT, target)) && (anchor === undefined || anchorsOf(target).includes(anchor));
}

describe('the documents', () => {
  it.each(PAGES)('%s names paths and links that exist', (page) => {
    expect(pathsIn(page).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(linksIn(page).filter((link) => !isThere(page, link))).toEqual([]);
  });

  it('are seen: the walks name many files, the README links every page of docs', () => {
    expect(pathsIn('docs/architecture.md').length).toBeGreaterThan(60);
    const linked = linksIn('README.md').map((link) => link.split('#')[0]);
    expect(PAGES.filter((page) => page.startsWith('docs/') && !linked.includes(page))).toEqual([]);
  });

  it('begin with a README of under 200 lines', () => {
    expect(read('README.md').split('\n').length).toBeLessThan(200);
  });

  it('hold every setting in the table of docs/operating.md, and no other', () => {
    const [, section = ''] = /\n## Configuration\n(.*?)\n## /s.exec(read('docs/operating.md')) ?? [];
    const firstCells = [...section.matchAll(/^\| (`[^|]+) \|/gm)].map(([, cell = '']) => cell);
    const documented = firstCells.flatMap((cell) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    );
    expect(SETTINGS.length).toBeGreaterThan(20);
    expect(documented.sort()).toEqual([...SETTINGS].sort());
  });
});
