/** Reads the command line of the standalone simulator. */
import { parseArgs } from 'node:util';

export interface CliArguments {
  readonly port: number;
  readonly writeEnv: string | undefined;
  readonly publicUrl: string | undefined;
}

type ParsedArguments =
  | { readonly kind: 'RUN'; readonly arguments: CliArguments }
  | { readonly kind: 'HELP' }
  | { readonly kind: 'BAD'; readonly problem: string };

const DEFAULT_PORT = 4010;

export const USAGE = `Usage: npx token-connect-gateway simulator [--port N] [--write-env FILE] [--public-url URL]
       npm run simulator -- …              the same, in a checkout

  --port N          where to listen on 127.0.0.1 (default ${DEFAULT_PORT}, 0 for any free port)
  --write-env FILE  write MDES_* settings for "node --env-file FILE", keys and certificate beside it
  --public-url URL  what clients call and sign for, when a proxy stands in front
`;

export function parseCliArguments(args: readonly string[]): ParsedArguments {
  let values: { port?: string; 'write-env'?: string; 'public-url'?: string; help?: boolean };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'write-env': { type: 'string' },
        'public-url': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }));
  } catch (error) {
    return bad(error instanceof Error ? error.message : String(error));
  }
  if (values.help === true) return { kind: 'HELP' };
  const port = Number(values.port ?? DEFAULT_PORT);
  if (!/^\d+$/.test(values.port ?? '0') || port > 65_535) return bad('--port must be 0 to 65535');
  const writeEnv = values['write-env'];
  if (writeEnv === '') return bad('--write-env needs a file name');
  const publicUrl = values['public-url'];
  const problem = publicUrl === undefined ? undefined : publicUrlProblem(publicUrl);
  if (problem !== undefined) return bad(problem);
  return { kind: 'RUN', arguments: { port, writeEnv, publicUrl } };
}

function publicUrlProblem(text: string): string | undefined {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    return '--public-url must be an http or https URL';
  }
  const { search, hash, username, password } = new URL(text);
  return search + hash + username + password === ''
    ? undefined
    : '--public-url must have no query, fragment or credentials';
}

function bad(problem: string): ParsedArguments {
  return { kind: 'BAD', problem };
}
