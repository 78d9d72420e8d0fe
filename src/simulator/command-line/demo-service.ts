/** The demo's sign-in or card store as a process of its own: `token-connect-gateway demo-sign-in`, `… demo-card-store`. */
import { readFile } from 'node:fs/promises';
import { SCOPES } from '../../domain/grant.js';
import { startDemoCardStore } from '../demo-card-store.js';
import { startDemoSignIn } from '../demo-sign-in.js';
import {
  DEMO_SERVICE_USAGE,
  type DemoServiceArguments,
  parseDemoServiceArguments,
} from './demo-service-arguments.js';
import { listenOptions } from './listen-arguments.js';

const EXIT_USAGE = 64;
const EXIT_FAILED = 1;

const parsed = parseDemoServiceArguments(process.argv.slice(2));
if (parsed.kind === 'HELP') {
  process.stdout.write(DEMO_SERVICE_USAGE);
} else if (parsed.kind === 'BAD') {
  process.stderr.write(`${parsed.problem}\n\n${DEMO_SERVICE_USAGE}`);
  process.exitCode = EXIT_USAGE;
} else {
  await run(parsed.arguments);
}

async function run(args: DemoServiceArguments): Promise<void> {
  try {
    const { where, close } = await start(args);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void close());
    process.stdout.write(`${where}\n`);
  } catch (error) {
    process.stderr.write(`${args.service} cannot start: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = EXIT_FAILED;
  }
}

async function start(args: DemoServiceArguments): Promise<{ where: string; close(): Promise<void> }> {
  const { port, publicUrl, acr, tokenFile } = args;
  const listening = { ...(await listenOptions(args)), port };
  if (tokenFile !== undefined) {
    const token = (await readFile(tokenFile, 'utf8')).trim();
    const cardStore = await startDemoCardStore({ ...listening, token });
    return { where: `Demo card store at ${publicUrl ?? cardStore.url}`, close: () => cardStore.close() };
  }
  const signIn = await startDemoSignIn({
    ...listening,
    ...(publicUrl === undefined ? {} : { publicUrl }),
    claims: { scope: SCOPES.join(' '), acr },
    handsOutTokens: true,
  });
  return {
    where: `Demo sign-in ${signIn.issuer}, key set ${signIn.jwksUrl}, tokens at /token?sub=susan`,
    close: () => signIn.close(),
  };
}
