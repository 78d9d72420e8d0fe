/** The release after this one, as far as the ledger is concerned: rows in a changed format, and a column more. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { built } from '../../../support/processes.js';
import type { Scene } from '../scene.js';

const FORMAT = 'ROW_FORMAT = 1';
const LEDGER = 'push/ledger/postgres';
const MIGRATION = '-- needs: 1\nalter table ledger_push add column note text;\n';

/** Path of its main.js. */
export function nextRelease(scene: Scene): string {
  const dist = resolve(built('main.js'), '..');
  // Beside dist, so that it finds the same packages.
  const folder = join(dist, '..', `.dist-next-${process.pid}`);
  cpSync(dist, folder, { recursive: true, filter: (path) => !path.includes('/.faults') });
  scene.owns(async () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, LEDGER, 'push-row.js');
  const text = readFileSync(file, 'utf8');
  if (!text.includes(FORMAT)) throw new Error('the format of rows stands elsewhere');
  writeFileSync(file, text.replace(FORMAT, 'ROW_FORMAT = 2'));
  writeFileSync(join(folder, LEDGER, 'migrations/999-note.sql'), MIGRATION);
  return join(folder, 'main.js');
}
