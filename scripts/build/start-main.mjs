/**
 * Lies in dist/.start as main.js and starts the server from the one file beside it, with what V8 has made of it before: of a start's
 * time more than half was compiling. Node 20 keeps that for no module.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';

// its content is in its name: V8 itself would take a cache for another file of the same length
const FILE = fileURLToPath(new URL('SERVER_FILE', import.meta.url));
/** As this V8 makes it, with these options. */
const CACHE = `${FILE}.${cachedDataVersionTag()}.cache`;

Error.prepareStackTrace = (error, frames) =>
  [Error.prototype.toString.call(error), ...frames.map((frame) => `    at ${withSource(frame)}`)].join('\n');

const script = new Script(readFileSync(FILE, 'latin1'), {
  filename: FILE,
  cachedData: readCache(),
});
if (script.cachedDataRejected ?? true) process.once('exit', writeCache);
script.runInThisContext()(createRequire(import.meta.url), import.meta.url);

function readCache() {
  try {
    return readFileSync(CACHE);
  } catch {
    return undefined;
  }
}

/** Only now, since by now it holds what a server runs. @param {number} code */
function writeCache(code) {
  if (code !== 0) return;
  const unfinished = `${CACHE}.${process.pid}`;
  try {
    writeFileSync(unfinished, script.createCachedData());
    renameSync(unfinished, CACHE);
  } catch {
    // a folder that cannot be written to: each start compiles anew
    rmSync(unfinished, { force: true });
  }
}

/**
 * Read when the first stack trace is wanted.
 * @type {{ readonly sources: readonly string[]; readonly lines: readonly (readonly number[])[] } | undefined}
 */
let map;

/** @param {NodeJS.CallSite} frame */
function withSource(frame) {
  const text = String(frame);
  const line = frame.getLineNumber();
  const column = frame.getColumnNumber();
  if (frame.getFileName() !== FILE || line === null || column === null) return text;
  try {
    map ??= JSON.parse(readFileSync(`${FILE}.lines.json`, 'utf8'));
    return text.replace(`${FILE}:${line}:${column}`, placeOf(line, column));
  } catch {
    return text;
  }
}

/** @param {number} line @param {number} column */
function placeOf(line, column) {
  // a line of a package, within a text of several lines, has none of its own
  let row = line - 1;
  while (row > 0 && !map?.lines[row]?.length) row--;
  /** Column, source and its line, for each of our lines that begins here. */
  const begins = map?.lines[row] ?? [];
  let at = 0;
  while (row < line - 1 ? at + 3 < begins.length : (begins[at + 3] ?? column) < column) at += 3;
  const source = map?.sources[begins[at + 1] ?? 0] ?? '';
  return `${join(FILE, '..', source)}:${begins[at + 2]}`;
}
