/** What `npm run hold` is asked for, and what it comes to: pushes are stopped, listed or let go; a wrong order is explained. */
import { parseArgs } from 'node:util';
import { auditedCommand } from './audit/audited-command.js';
import { holdEvent } from './audit/events.js';
import { AuditSinkError } from './audit/sink.js';
import type { AuditEvent } from './audit/trail.js';
import { type Config, ConfigurationError, readConfig } from './config/config.js';
import { isTokenRequestorId } from './domain/token-requestor.js';
import type { HoldTarget } from './push/ledger/postgres/hold-subjects.js';
import { Holds } from './push/ledger/postgres/holds.js';

/** EX_CONFIG, EX_UNAVAILABLE and EX_USAGE of sysexits.h. */
const EXIT = { done: 0, config: 78, unavailable: 69, usage: 64 };

const USAGE = `Usage: npm run hold -- all | account-holder NAME | token-requestor ID  [--note TEXT]
       npm run hold -- lift all | account-holder NAME | token-requestor ID
       npm run hold -- list`;
const LONGEST_NOTE = 200;

/** How the process ends, and what the operator is told. */
export interface CommandEnd {
  readonly code: number;
  readonly said: string;
}

type Environment = Readonly<Record<string, string | undefined>>;
interface Order {
  readonly run: (holds: Holds) => Promise<string>;
  /** What the audit trail is told; null: nothing was changed. */
  readonly event: AuditEvent | null;
}

/** @param environment the process's own unless told otherwise */
export async function holdCommand(args: readonly string[], environment?: Environment): Promise<CommandEnd> {
  const order = orderOf(args);
  if (order === undefined) return { code: EXIT.usage, said: USAGE };
  const config = await configOr(environment);
  if (config instanceof ConfigurationError) return { code: EXIT.config, said: config.message };
  const { url, tls, issuer, keys } = config.ledger;
  if (url === null || keys === null) {
    return {
      code: EXIT.config,
      said: 'LEDGER_URL names no database: a hold stands beside the ledger, so that every process sees it. A ledger in memory has none; stop its process instead.',
    };
  }
  try {
    const run = () => order.run(new Holds({ url, tls, issuer, keys }));
    const { event } = order;
    const said = await (event === null ? run() : auditedCommand('hold', config.audit, event, run));
    return { code: EXIT.done, said };
  } catch (error) {
    if (error instanceof AuditSinkError) return { code: EXIT.config, said: error.message };
    const why = error instanceof Error ? error.message : String(error);
    return { code: EXIT.unavailable, said: `push ledger: ${why}` };
  }
}

function orderOf(args: readonly string[]): Order | undefined {
  const { words, note } = wordsOf(args);
  const [first] = words;
  if (first === 'list' && words.length === 1) return { run: (holds) => holds.list(), event: null };
  const target = targetOf(first === 'lift' ? words.slice(1) : words);
  if (target === undefined || note.length > LONGEST_NOTE) return undefined;
  return first === 'lift'
    ? { run: (holds) => holds.lift(target), event: holdEvent('pushes.resumed', target) }
    : { run: (holds) => holds.set(target, note), event: holdEvent('pushes.stopped', target) };
}

/** No words at all where there is an option that there is not. */
function wordsOf(args: readonly string[]): { readonly words: readonly string[]; readonly note: string } {
  try {
    const { positionals: words, values } = parseArgs({
      args: [...args],
      options: { note: { type: 'string' } },
      allowPositionals: true,
    });
    return { words, note: values.note ?? '' };
  } catch {
    return { words: [], note: '' };
  }
}

function targetOf([kind, name = '', ...more]: readonly string[]): HoldTarget | undefined {
  if (more.length > 0) return undefined;
  if (kind === 'all' && name === '') return { kind };
  if (kind === 'token-requestor' && isTokenRequestorId(name)) return { kind, name };
  if (kind === 'account-holder' && name !== '') return { kind, name };
  return undefined;
}

async function configOr(environment?: Environment): Promise<Config | ConfigurationError> {
  try {
    return await readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
}
