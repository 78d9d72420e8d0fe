/** The process edge: environment to config to gateway; signals and the exit code. */
import { banner } from './banner.js';
import { type Config, ConfigurationError, readConfig } from './config/config.js';
import type { Gateway } from './gateway.js';

/** EX_CONFIG of sysexits.h. */
const EXIT_CONFIG = 78;

const config = configOrExit();
// Loaded only now: whoever has to mend a setting is told at once.
const { createGateway } = await import('./gateway.js');
const gateway = await start(config);
process.stderr.write(banner(gateway, config));

// A second signal changes nothing: a push that is under way ends first.
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => void gateway.close().then(() => process.exit(0)));
}

function configOrExit(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_CONFIG);
  }
}

async function start(config: Config): Promise<Gateway> {
  try {
    return await createGateway(config);
  } catch (error) {
    if (!isListenError(error)) throw error;
    process.stderr.write(
      `Cannot listen on ${config.host}:${config.port} (${error.code}). Set HOST or PORT.\n`,
    );
    process.exit(1);
  }
}

function isListenError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && /^(listen|getaddrinfo)$/.test(String(error.syscall));
}
