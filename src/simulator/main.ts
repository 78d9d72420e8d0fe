/** The simulator's own process: `npm run simulator -- --port N --write-env FILE [--public-url URL]`. */
import { resolve } from 'node:path';
import { type CliArguments, parseCliArguments, USAGE } from './cli-arguments.js';
import { listenOptions } from './command-line/listen-arguments.js';
import { type RunningSimulator, startSimulator } from './simulator.js';
import { writeEnvFile } from './write-env-file.js';

const EXIT_USAGE = 64;
const EXIT_FAILED = 1;

const parsed = parseCliArguments(process.argv.slice(2));
if (parsed.kind === 'HELP') {
  process.stdout.write(USAGE);
} else if (parsed.kind === 'BAD') {
  process.stderr.write(`${parsed.problem}\n\n${USAGE}`);
  process.exitCode = EXIT_USAGE;
} else {
  await run(parsed.arguments);
}

async function run(args: CliArguments): Promise<void> {
  const { port, writeEnv, publicUrl, walletsUrl } = args;
  let simulator: RunningSimulator | undefined;
  try {
    simulator = await startSimulator({
      ...(await listenOptions(args)),
      port,
      ...(publicUrl === undefined ? {} : { publicUrl }),
      ...(walletsUrl === undefined ? {} : { walletsUrl }),
    });
    const { close } = simulator;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void close());
    if (writeEnv !== undefined) await writeEnvFile(writeEnv, simulator.mdes);
    process.stdout.write(whereItIs(simulator, writeEnv));
  } catch (error) {
    process.stderr.write(`The simulator cannot start: ${reason(error, port)}\n`);
    process.exitCode = EXIT_FAILED;
    await simulator?.close();
  }
}

function whereItIs({ url, mdes }: RunningSimulator, writeEnv: string | undefined): string {
  const lines = [`MDES simulator at ${url} (GET / tells what there is)`];
  if (mdes.baseUrl !== url) lines.push(`Clients call and sign for ${mdes.baseUrl}`);
  if (writeEnv !== undefined) lines.push(`Settings for clients: ${resolve(writeEnv)}`);
  return `${lines.join('\n')}\n`;
}

function reason(error: unknown, port: number): string {
  if (!(error instanceof Error)) return String(error);
  if (!('code' in error) || error.code !== 'EADDRINUSE') return error.message;
  return `port ${port} is taken; choose another with --port`;
}
