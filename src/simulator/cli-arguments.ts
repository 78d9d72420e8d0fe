/** Reads the command line of the standalone simulator. */
import { parseArgs } from 'node:util';
import {
  LISTEN_OPTIONS,
  LISTEN_USAGE,
  type ListenArguments,
  readListenArguments,
  urlProblem,
} from './command-line/listen-arguments.js';

export interface CliArguments extends ListenArguments {
  readonly writeEnv: string | undefined;
  readonly walletsUrl: string | undefined;
}

type ParsedArguments =
  | { readonly kind: 'RUN'; readonly arguments: CliArguments }
  | { readonly kind: 'HELP' }
  | { readonly kind: 'BAD'; readonly problem: string };

const DEFAULT_PORT = 4010;

export const USAGE = `Usage: npx token-connect-gateway simulator [--port N] [--write-env FILE] [--public-url URL] …
       npm run simulator -- …              the same, in a checkout

  --port N          where to listen (default ${DEFAULT_PORT}, 0 for any free port)
  --write-env FILE  write MDES_* settings for "node --env-file FILE", keys and certificate beside it
  --wallets-url URL where browsers find the pages of the wallets, when they do not reach the public URL
${LISTEN_USAGE}`;

export function parseCliArguments(args: readonly string[]): ParsedArguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...LISTEN_OPTIONS,
        'write-env': { type: 'string' },
        'wallets-url': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help === true) return { kind: 'HELP' };
    const listening = readListenArguments(values, DEFAULT_PORT);
    if (typeof listening === 'string') return bad(listening);
    const { 'write-env': writeEnv, 'wallets-url': walletsUrl } = values;
    if (writeEnv === '') return bad('--write-env needs a file name');
    const problem = urlProblem('--wallets-url', walletsUrl);
    if (problem !== undefined) return bad(problem);
    return { kind: 'RUN', arguments: { ...listening, writeEnv, walletsUrl } };
  } catch (error) {
    return bad(error instanceof Error ? error.message : String(error));
  }
}

function bad(problem: string): ParsedArguments {
  return { kind: 'BAD', problem };
}
