/** A step of the build: run only when its inputs' content has changed since it last ran, or an output is missing. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string[]} inputs files
 * @property {string[]} outputs files; those whose absence makes the step stale
 * @property {string} tool the file that must be installed to run it
 * @property {() => Promise<void>} run
 */

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const SRC = join(ROOT, 'src');
export const DIST = join(ROOT, 'dist');

/** What went wrong in words for the person who builds; no stack trace wanted. */
export class BuildError extends Error {}

/** @param {string} folder @returns {string[]} absolute paths, sorted */
export function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** @param {Step} step */
export function requireTool(step) {
  if (!existsSync(step.tool)) {
    throw new BuildError(
      `The ${step.name} must be built, and its build tools are not installed: run \`npm ci\` without \`--omit=dev\`.`,
    );
  }
}

/** @param {Step} step */
export async function bringUpToDate(step) {
  if (isFresh(step)) {
    return;
  }
  requireTool(step);
  // the look first: what changes while it is built looks different the next time
  const look = lookOf(step.inputs);
  const content = contentOf(step.inputs);
  rmSync(stampFile(step), { force: true });
  await step.run();
  mkdirSync(DIST, { recursive: true });
  writeFileSync(stampFile(step), `${content}\n${look}`);
}

/**
 * Files that look as they did when their content was last read need not be read again. Where they look different their
 * content decides, not their time: a checkout or an image layer changes the times of files that are the same.
 * @param {Step} step
 */
export function isFresh(step) {
  if (!step.outputs.every((file) => existsSync(file)) || !existsSync(stampFile(step))) {
    return false;
  }
  const [content, look] = readFileSync(stampFile(step), 'utf8').split('\n');
  // before the content is read: what changes while it is read looks different the next time
  const looksNow = lookOf(step.inputs);
  if (look === looksNow) {
    return true;
  }
  if (content !== contentOf(step.inputs)) {
    return false;
  }
  rememberLook(step, `${content}\n${looksNow}`);
  return true;
}

/** @param {Step} step @param {string} stamp */
function rememberLook(step, stamp) {
  try {
    writeFileSync(stampFile(step), stamp);
  } catch {
    // a folder that cannot be written to: the content is read each time
  }
}

/** @param {Step} step */
function stampFile(step) {
  return join(DIST, `.${step.name}-stamp`);
}

/** @param {string[]} files */
function contentOf(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`\0${relative(ROOT, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** By the time of the last change of any kind, which nobody can set. @param {string[]} files */
function lookOf(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const { ctimeNs, ino, size } = statSync(file, { bigint: true });
    hash.update(`\0${file}\0${ctimeNs} ${ino} ${size}`);
  }
  return hash.digest('hex');
}
