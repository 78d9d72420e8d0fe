/** Prints the folder of a Node 24: from the package `node`, or, where npm forbids its install script, from the one that it wraps. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

console.log(dirname(fromPackage() ?? fromWrapped()));

/** @returns {string | undefined} */
function fromPackage() {
  try {
    const node = output('npx', '-y', '-p', 'node@24', '--', 'node', '-p', 'process.execPath');
    return output(node, '--version').startsWith('v24.') ? node : undefined;
  } catch {
    return undefined;
  }
}

function fromWrapped() {
  const name = `node-${process.platform}-${process.arch}`;
  const home = join(tmpdir(), 'token-connect-node-24');
  mkdirSync(home, { recursive: true });
  execFileSync('npm', ['install', '--silent', '--no-save', '--prefix', home, `${name}@24`], {
    stdio: ['ignore', 2, 2],
  });
  return join(home, 'node_modules', name, 'bin/node');
}

/** @param {string} command @param {string[]} args */
function output(command, ...args) {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}
