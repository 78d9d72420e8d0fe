/** What `npm run doctor` is asked for, and what it comes to: its findings in words or as JSON, and how the process ends. */
import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { errorCode } from '../domain/error-code.js';
import { Secret } from '../domain/secret.js';
import { examine, type ToExamine } from './examine.js';
import { inWords } from './in-words.js';

/** The last two are EX_NOINPUT and EX_USAGE of sysexits.h. */
const EXIT = { well: 0, fault: 1, noInput: 66, usage: 64 };

const USAGE = `Usage: npm run doctor [-- [--json] [--token-file FILE]]

Looks at the configuration in the environment as the gateway would start with it: settings, keys and certificates, the
clock, MDES, card store, sign-in, Redis, database, and the way back from wallets. It pushes no card.
  --token-file FILE  what would become of this access token? FILE is - for standard input: a token is never an argument,
                     which others can read. The card store is then asked for the accounts of the token's holder.
  --json             the findings for a script
Exit code: 0 when nothing is wrong, 1 when something is.`;

interface CommandEnd {
  readonly code: number;
  readonly said: string;
}

interface Order {
  readonly json: boolean;
  readonly tokenFile: string | undefined;
}

export async function doctorCommand(
  args: readonly string[],
  stdin: Readable,
  surroundings: Omit<ToExamine, 'token'> = {},
): Promise<CommandEnd> {
  const order = orderOf(args);
  if (order === undefined) return { code: EXIT.usage, said: USAGE };
  const { json, tokenFile } = order;
  let token: Secret<string> | null = null;
  try {
    if (tokenFile !== undefined) token = new Secret((await read(tokenFile, stdin)).trim());
  } catch (error) {
    return { code: EXIT.noInput, said: `The file of the token cannot be read (${errorCode(error)}).` };
  }
  const findings = await examine({ ...surroundings, token });
  const isWell = findings.every(({ verdict }) => verdict !== 'FAULT');
  return {
    code: isWell ? EXIT.well : EXIT.fault,
    said: json ? JSON.stringify({ well: isWell, findings }, null, 2) : inWords(findings),
  };
}

function orderOf(args: readonly string[]): Order | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, 'token-file': { type: 'string' }, help: { type: 'boolean' } },
    });
    return values.help ? undefined : { json: values.json ?? false, tokenFile: values['token-file'] };
  } catch {
    return undefined;
  }
}

function read(file: string, stdin: Readable): Promise<string> {
  return file === '-' ? text(stdin) : readFile(file, 'utf8');
}
