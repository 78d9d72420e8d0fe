/** Reads the command lines of the demo's sign-in and card store as services of their own. */
import { parseArgs } from 'node:util';
import {
  LISTEN_OPTIONS,
  LISTEN_USAGE,
  type ListenArguments,
  readListenArguments,
} from './listen-arguments.js';

export type DemoService = 'demo-sign-in' | 'demo-card-store';

export interface DemoServiceArguments extends ListenArguments {
  readonly service: DemoService;
  /** What tokens tell of how somebody has signed in. */
  readonly acr: string;
  readonly tokenFile: string | undefined;
}

type ParsedArguments =
  | { readonly kind: 'RUN'; readonly arguments: DemoServiceArguments }
  | { readonly kind: 'HELP' }
  | { readonly kind: 'BAD'; readonly problem: string };

const DEFAULT_PORTS = { 'demo-sign-in': 4020, 'demo-card-store': 4030 };
const DEFAULT_ACR = 'urn:openbanking:psd2:sca';

export const DEMO_SERVICE_USAGE = `Usage: npx token-connect-gateway demo-sign-in [--acr VALUE] [--port N] …
       npx token-connect-gateway demo-card-store --token-file FILE [--port N] …

For trying things, with nothing real behind them: whoever asks the sign-in for /token?sub=susan (or amir) gets a token.

  --acr VALUE       what tokens tell of how she has signed in (default ${DEFAULT_ACR})
  --token-file FILE holds the bearer token that the card store is asked with
  --port N          where to listen (default ${DEFAULT_PORTS['demo-sign-in']}, ${DEFAULT_PORTS['demo-card-store']}; 0 for any free port)
${LISTEN_USAGE}`;

export function parseDemoServiceArguments([name, ...args]: readonly string[]): ParsedArguments {
  const service = (['demo-sign-in', 'demo-card-store'] as const).find((one) => one === name);
  if (service === undefined) return { kind: 'BAD', problem: 'demo-sign-in or demo-card-store?' };
  const options = {
    ...LISTEN_OPTIONS,
    acr: { type: 'string' },
    'token-file': { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    const { values } = parseArgs({ args, options });
    if (values.help === true) return { kind: 'HELP' };
    const listening = readListenArguments(values, DEFAULT_PORTS[service]);
    if (typeof listening === 'string') return { kind: 'BAD', problem: listening };
    const { acr = DEFAULT_ACR, 'token-file': tokenFile } = values;
    if ((service === 'demo-card-store') !== (tokenFile !== undefined)) {
      return { kind: 'BAD', problem: '--token-file belongs to demo-card-store, which needs it' };
    }
    return { kind: 'RUN', arguments: { ...listening, service, acr, tokenFile } };
  } catch (error) {
    return { kind: 'BAD', problem: error instanceof Error ? error.message : String(error) };
  }
}
