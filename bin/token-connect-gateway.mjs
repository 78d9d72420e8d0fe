#!/usr/bin/env node
/** The command line: `token-connect-gateway` serves, `token-connect-gateway simulator` runs the simulator alone. */

import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

/** EX_USAGE of sysexits.h. */
const EXIT_USAGE = 64;

const USAGE = `Usage: token-connect-gateway              serves; settings come from the environment
       token-connect-gateway simulator    runs the MDES simulator alone; its --help says how
       token-connect-gateway demo-sign-in, demo-card-store
                                          runs one of these alone, beside the simulator; its --help says how
       token-connect-gateway migrate      brings the tables of the push ledger up to date
       token-connect-gateway hold         stops pushes, for every process at once; alone it says how
       token-connect-gateway doctor       says what is wrong with this configuration; its --help says how
       token-connect-gateway audit-verify tells whether audit lines stand as they were written; its --help says how
`;

// as `node --enable-source-maps --disable-proto=delete`, which a script's first line cannot ask for everywhere
process.setSourceMapsEnabled(true);
Reflect.deleteProperty(Object.prototype, '__proto__');

const [command, ...rest] = process.argv.slice(2);
if (command === '--help' || command === '-h') {
  process.stdout.write(USAGE);
} else if (!existsSync(new URL('../dist/main.js', import.meta.url))) {
  process.stderr.write('Nothing is built here yet: run npm run build first.\n');
  process.exitCode = EXIT_USAGE;
} else if (command === undefined) {
  // the same in one file, where it was built here
  const bundle = new URL('../dist/.start/main.js', import.meta.url);
  if (existsSync(bundle)) {
    await import(bundle.href);
  } else {
    // not where Node would keep what it has compiled: there, anybody on this machine may write
    module.enableCompileCache?.(fileURLToPath(new URL('cache/', bundle)));
    await import('../dist/main.js');
  }
} else if (command === 'simulator') {
  process.argv = [...process.argv.slice(0, 2), ...rest];
  await import('../dist/simulator/main.js');
} else if (command === 'demo-sign-in' || command === 'demo-card-store') {
  await import('../dist/simulator/command-line/demo-service.js');
} else if (command === 'migrate') {
  process.argv = [...process.argv.slice(0, 2), ...rest];
  await import('../dist/migrate.js');
} else if (command === 'hold') {
  process.argv = [...process.argv.slice(0, 2), ...rest];
  await import('../dist/hold.js');
} else if (command === 'audit-verify') {
  process.argv = [...process.argv.slice(0, 2), ...rest];
  await import('../dist/audit-verify.js');
} else if (command === 'doctor') {
  process.argv = [...process.argv.slice(0, 2), ...rest];
  await import('../dist/doctor.js');
} else {
  process.stderr.write(
    `There is no command "${command}": give none to serve, "simulator" for the simulator, "demo-sign-in", "demo-card-store", "migrate", "hold", "doctor" or "audit-verify".\n`,
  );
  process.exitCode = EXIT_USAGE;
}
