/** What `npm run audit:verify` is asked for, and what it comes to: whole, or where the first line is that was tampered with. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { AuditKey } from './audit/audit-key.js';
import { type AuditVerdict, AuditVerifier } from './audit/verify.js';
import { readAuditKeys } from './config/audit-settings.js';
import { errorCode } from './domain/error-code.js';

/** The others are EX_CONFIG, EX_NOINPUT and EX_USAGE of sysexits.h. */
const EXIT = { whole: 0, broken: 1, config: 78, noInput: 66, usage: 64 };

const USAGE = `Usage: npm run audit:verify -- [--part] FILE...     oldest first; without a file it reads stdin
         --part: the lines are a part of the trail, which may begin before them and go on after them
       npm run audit:verify -- --name NAME           what stands for an account holder or an account in the lines
Its keys are AUDIT_KEYS, and LEDGER_KEYS where those have chained the lines.`;
const MOST_FAULTS = 20;

interface CommandEnd {
  readonly code: number;
  readonly said: string;
}

interface Asked {
  readonly files: readonly string[];
  readonly isPart: boolean;
  readonly name: string | undefined;
}

/** @param environment the process's own unless told otherwise */
export async function auditVerifyCommand(
  args: readonly string[],
  stdin: Readable,
  environment?: Readonly<Record<string, string | undefined>>,
): Promise<CommandEnd> {
  const asked = askedBy(args);
  if (asked === undefined) return { code: EXIT.usage, said: USAGE };
  const { keys: secrets, faults } = readAuditKeys(environment);
  if (faults.length > 0) return { code: EXIT.config, said: faults.join('\n') };
  if (secrets.length === 0) {
    return {
      code: EXIT.config,
      said: 'AUDIT_KEYS is missing: without the key nobody can verify the lines. Set AUDIT_KEYS or AUDIT_KEYS_FILE as for the gateway.',
    };
  }
  const keys = secrets.map((secret) => new AuditKey(secret));
  if (asked.name !== undefined) return { code: EXIT.whole, said: namesOf(keys, asked.name) };
  const verifier = new AuditVerifier(keys, asked);
  try {
    for (const file of asked.files)
      await readAll(createReadStream(file), verifier, (line) => `${file}:${line}`);
    if (asked.files.length === 0) await readAll(stdin, verifier, (line) => `line ${line}`);
  } catch (error) {
    return { code: EXIT.noInput, said: `A file cannot be read (${errorCode(error)}).` };
  }
  return endOf(verifier.end());
}

function askedBy(args: readonly string[]): Asked | undefined {
  try {
    const { positionals: files, values } = parseArgs({
      args: [...args],
      options: { part: { type: 'boolean' }, name: { type: 'string' } },
      allowPositionals: true,
    });
    return { files, isPart: values.part ?? false, name: values.name };
  } catch {
    return undefined;
  }
}

async function readAll(
  input: Readable,
  verifier: AuditVerifier,
  place: (line: number) => string,
): Promise<void> {
  let number = 0;
  const failed = new Promise<never>((_, reject) => input.once('error', reject));
  failed.catch(() => undefined);
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const read = (async () => {
    for await (const line of lines) {
      number += 1;
      verifier.read(line, place(number));
    }
  })();
  await Promise.race([read, failed]);
}

function endOf({ lines, chains, faults, lost }: AuditVerdict): CommandEnd {
  const sum = `${lines} audit line(s), ${chains.length} chain(s)`;
  const about = [
    ...chains.map((chain) => `  ${chain}`),
    ...(lost > 0
      ? [`  ${lost} line(s) had no room and were never written: the trail tells where (lines.lost)`]
      : []),
  ];
  if (lines === 0) return { code: EXIT.broken, said: 'No audit line was found.' };
  if (faults.length === 0) return { code: EXIT.whole, said: [`Whole: ${sum}.`, ...about].join('\n') };
  const shown = faults.slice(0, MOST_FAULTS).map(({ at, what }) => `  ${at}: ${what}`);
  const more = faults.length > MOST_FAULTS ? [`  and ${faults.length - MOST_FAULTS} more`] : [];
  return {
    code: EXIT.broken,
    said: [`BROKEN: ${sum}, ${faults.length} fault(s).`, ...shown, ...more, ...about].join('\n'),
  };
}

function namesOf(keys: readonly AuditKey[], name: string): string {
  return keys
    .map(
      (key) =>
        `key ${key.id}: "holder":"${key.hide('account-holder', name)}", in accounts "${key.hide('account', name)}"`,
    )
    .join('\n');
}
