/** `node scripts/another-node.mjs 24` prints the folder of a Node of that major: from the package `node`, or, where npm forbids its install script, from the one that it wraps. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const major = process.argv[2] ?? '24';

console.log(dirname(fromPackage() ?? fromWrapped()));

/** @returns {string | undefined} */
function fromPackage() {
  try {
    const node = output('npx', '-y', '-p', `node@${major}`, '--', 'node', '-p', 'process.execPath');
    return output(node, '--version').startsWith(`v${major}.`) ? node : undefined;
  } catch {
    return undefined;
  }
}

function fromWrapped() {
  const name = `node-${process.platform}-${process.arch}`;
  const home = join(tmpdir(), `token-connect-node-${major}`);
  mkdirSync(home, { recursive: true });
  execFileSync('npm', ['install', '--silent', '--no-save', '--prefix', home, `${name}@${major}`], {
    stdio: ['ignore', 2, 2],
  });
  return join(home, 'node_modules', name, 'bin/node');
}

/** @param {string} command @param {string[]} args */
function output(command, ...args) {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}
