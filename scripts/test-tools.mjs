/**
 * Installs what the tests need from the system. `--check FILE ...` only looks, and says what these test files lack; without
 * files, what all of them do.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';

/** A command (or another that serves as well), what it is for, the module of test/ through which tests use it, and the package that brings it. */
const TOOLS = [
  {
    command: 'redis-server',
    others: [],
    use: 'the tests of the shared cache',
    module: 'redis-server.ts',
    apt: 'redis-server',
    brew: ['redis'],
  },
  {
    command: 'postgres',
    others: [],
    use: 'the tests of the push ledger',
    module: 'postgres-server.ts',
    apt: 'postgresql',
    brew: ['postgresql@15'],
    folders: postgresFolders(),
  },
  {
    // Chromium without windows: the same engine for a fifth of the processor's time
    command: 'chromium-headless-shell',
    others: ['chromium'],
    use: 'the tests of web pages',
    module: 'browser.ts',
    apt: 'chromium-headless-shell',
    brew: ['--cask', 'chromium'],
  },
];

/** Debian keeps the server's programs out of the PATH, a folder for each version. */
function postgresFolders() {
  const versions = '/usr/lib/postgresql';
  return existsSync(versions) ? readdirSync(versions).map((version) => join(versions, version, 'bin')) : [];
}

/** Every module of test/ that a test file imports, itself or by others. @param {string} file @param {Set<string>} seen */
function modulesOf(file, seen = new Set()) {
  if (seen.has(file) || !existsSync(file)) return seen;
  seen.add(file);
  for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)\.js'/g)) {
    modulesOf(join(dirname(file), `${path}.ts`), seen);
  }
  return seen;
}

/** @param {string} command @param {readonly string[]} folders beside those of the PATH */
function isInstalled(command, folders = []) {
  return [...(process.env.PATH ?? '').split(delimiter), ...folders].some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** @param {string[]} words */
function run(...words) {
  console.log(`$ ${words.join(' ')}`);
  const [command = '', ...args] = words;
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}

/** @param {typeof TOOLS} tools @returns {boolean} whether the system's package manager said that all went well */
function install(tools) {
  if (existsSync('/usr/bin/apt-get')) {
    const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '--preserve-env=DEBIAN_FRONTEND'];
    if (asRoot.length > 0 && !isInstalled('sudo')) {
      console.error('This needs root, and there is no sudo here.');
      return false;
    }
    const packages = tools.map((tool) => tool.apt);
    return (
      run(...asRoot, 'apt-get', 'update', '--quiet') &&
      run(...asRoot, 'apt-get', 'install', '--quiet', '--yes', '--no-install-recommends', ...packages)
    );
  }
  if (process.platform === 'darwin' && isInstalled('brew')) {
    return tools.every((tool) => run('brew', 'install', ...tool.brew));
  }
  console.error('No package manager that this script knows (apt-get, or brew on macOS).');
  return false;
}

/** @param {string[]} tests none: all @returns {typeof TOOLS} */
function missingTools(tests = []) {
  const modules = new Set(tests.flatMap((test) => [...modulesOf(test)].map((file) => basename(file))));
  return TOOLS.filter(
    ({ command, others, module, folders }) =>
      (tests.length === 0 || modules.has(module)) &&
      ![command, ...others].some((one) => isInstalled(one, folders)),
  );
}

/** @param {typeof TOOLS} tools */
function list(tools) {
  return tools.map((tool) => `  ${tool.command}, for ${tool.use}`).join('\n');
}

const [option, ...tests] = process.argv.slice(2);
const missing = missingTools(tests);
if (option === '--check') {
  if (missing.length > 0) {
    console.error(`The tests need tools that are not installed:\n${list(missing)}\nRun: npm run test:tools`);
    process.exitCode = 1;
  }
} else if (missing.length === 0) {
  console.log(`All that the tests need is installed: ${TOOLS.map((tool) => tool.command).join(', ')}.`);
} else {
  console.log(`Installing what the tests need from the system:\n${list(missing)}`);
  const installed = install(missing);
  const left = missingTools();
  if (!installed || left.length > 0) {
    console.error(`Not installed; please install by hand, so that these are on the PATH:\n${list(left)}`);
    process.exitCode = 1;
  }
}
