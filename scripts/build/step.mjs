/** A step of the build: run only when its inputs' content has changed since it last ran, or an output is missing. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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

/** @param {string} folder @returns {Promise<string[]>} absolute paths, sorted */
export async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
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
  const stampFile = join(DIST, `.${step.name}-stamp`);
  const stamp = await hashOf(step.inputs);
  const complete = step.outputs.every((file) => existsSync(file));
  if (complete && (await readFile(stampFile, 'utf8').catch(() => '')) === stamp) {
    return;
  }
  requireTool(step);
  await rm(stampFile, { force: true });
  await step.run();
  await mkdir(DIST, { recursive: true });
  await writeFile(stampFile, stamp);
}

/**
 * Content, not time: a checkout or an image layer changes the times of files that are the same.
 * @param {string[]} files
 */
async function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = await readFile(file);
    hash.update(`\0${relative(ROOT, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
