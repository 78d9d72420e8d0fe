/** `npm run hold`: stops pushes of an account holder, to a token requestor, or all, for every process at once; lists and lifts. */
import { parseArgs } from 'node:util';
import { ConfigurationError, readConfig } from './config/config.js';
import { isTokenRequestorId } from './domain/token-requestor.js';
import type { HoldTarget } from './push/ledger/postgres/hold-subjects.js';
import { Holds } from './push/ledger/postgres/holds.js';

/** EX_CONFIG, EX_UNAVAILABLE and EX_USAGE of sysexits.h. */
const EXIT = { config: 78, unavailable: 69, usage: 64 };

const USAGE = `Usage: npm run hold -- all | account-holder NAME | token-requestor ID  [--note TEXT]
       npm run hold -- lift all | account-holder NAME | token-requestor ID
       npm run hold -- list
`;
const LONGEST_NOTE = 200;

const order = orderOrExit();
const { url, issuer, keys } = configOrExit().ledger;
if (url === null || keys === null) {
  exit(
    EXIT.config,
    'LEDGER_URL names no database: a hold stands beside the ledger, so that every process sees it. A ledger in memory has none; stop its process instead.',
  );
}
try {
  const said = await order(new Holds({ url, issuer, keys }));
  process.stdout.write(`${said}\n`);
} catch (error) {
  exit(EXIT.unavailable, `push ledger: ${error instanceof Error ? error.message : String(error)}`);
}

function orderOrExit(): (holds: Holds) => Promise<string> {
  const { words, note } = argumentsOrExit();
  const [first] = words;
  if (first === 'list' && words.length === 1) return (holds) => holds.list();
  const target = targetOf(first === 'lift' ? words.slice(1) : words);
  if (target === undefined || note.length > LONGEST_NOTE) exit(EXIT.usage, USAGE.trimEnd());
  return (holds) => (first === 'lift' ? holds.lift(target) : holds.set(target, note));
}

function argumentsOrExit() {
  try {
    const { positionals: words, values } = parseArgs({
      options: { note: { type: 'string' } },
      allowPositionals: true,
    });
    return { words, note: values.note ?? '' };
  } catch {
    return exit(EXIT.usage, USAGE.trimEnd());
  }
}

function targetOf([kind, name = '', ...more]: readonly string[]): HoldTarget | undefined {
  if (more.length > 0) return undefined;
  if (kind === 'all' && name === '') return { kind };
  if (kind === 'token-requestor' && isTokenRequestorId(name)) return { kind, name };
  if (kind === 'account-holder' && name !== '') return { kind, name };
  return undefined;
}

function configOrExit() {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return exit(EXIT.config, error.message);
  }
}

function exit(code: number, said: string): never {
  process.stderr.write(`${said}\n`);
  process.exit(code);
}
