/** The process edge: environment to config to gateway, or to the workers that serve together; signals and the exit code. */
import { setFlagsFromString } from 'node:v8';
import { banner } from './banner.js';
import { type Config, ConfigurationError, readConfig } from './config/config.js';
import { settingFiles } from './config/env.js';
import type { Gateway } from './gateway.js';
import { LossyOutput, STDERR, STDOUT } from './observability/lossy-output.js';
import { Ending } from './process/ending.js';
import { watchFiles } from './process/file-watch.js';
import { exitBy, ignoreOthers, obeySignals } from './process/signals.js';
import type { PrimaryOrders } from './workers/membership.js';

/** EX_CONFIG of sysexits.h. */
const EXIT_CONFIG = 78;

const output = new LossyOutput(STDOUT);
const toPerson = new LossyOutput(STDERR);
// Node's own warnings go there too: a reader that has gone is no reason to end.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

ignoreOthers();
void main();

/** Not at the top level: a script, as which the server is built too, knows no await there. */
async function main(): Promise<void> {
  growNewSpace(false);
  const config = await configOrExit();
  if (config.workers > 1 && (await import('node:cluster')).default.isPrimary) await supervise(config);
  // Loaded only now: whoever has to mend a setting is told at once.
  const parts = {
    ...(await import('./gateway.js')),
    ...(await import('./gateway/operators.js')),
    ...(await import('./audit/sink.js')),
  };
  let gateway: Gateway | undefined;
  const close = async () => {
    await (await starting).close();
    await output.end();
    process.exit(0);
  };
  // Of several workers the primary says when they are not ready any more: that one alone ends concerns no balancer.
  const isOne = config.workers === 1;
  const ending = new Ending({ drain: () => isOne && gateway?.drain(), close }, config.drainMs);
  const reload = () => void starting.then((it) => it.reload());
  const starting = start(parts, config, {
    drain: () => void starting.then((it) => it.drain()),
    reload,
    end: () => ending.beginAtOnce(),
  });
  // Before it listens: who asks it to end in its first moment is heard.
  obeySignals({
    end: (isPatient) => (isPatient && gateway !== undefined ? ending.begin() : ending.beginAtOnce()),
    // A worker may be told by a service manager, and then by its primary, which alone ends it at once.
    again: isOne ? exitBy : () => ending.beginAtOnce(),
    reload: () => isOne && reload(),
  });
  gateway = await starting;
  if (isOne) watchFiles(settingFiles(), reload);
  toPerson.write(banner(gateway, config));
  growNewSpace(true);
}

/** V8's room for what is new. What is made at start stays: grown by it, 32 MB would be held by a server that nobody asks anything. */
function growNewSpace(may: boolean): void {
  setFlagsFromString(`--semi-space-growth-factor=${may ? 2 : 1}`);
}

async function configOrExit(): Promise<Config> {
  try {
    return await readConfig();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    toPerson.write(`${error.message}\n`);
    process.exit(EXIT_CONFIG);
  }
}

/** This process serves nobody itself. */
async function supervise({ workers, drainMs, logLevel, admin }: Config): Promise<never> {
  const { createLogger } = await import('./observability/logger.js');
  const { Supervisor } = await import('./workers/supervisor.js');
  const log = createLogger(logLevel, output);
  const supervisor = new Supervisor({ log, output }, workers);
  const ending = new Ending(
    { drain: () => supervisor.drain(), close: async () => supervisor.end() },
    drainMs,
  );
  obeySignals({
    end: (isPatient) => (isPatient && supervisor.serving > 0 ? ending.begin() : ending.beginAtOnce()),
    again(signal) {
      supervisor.kill();
      exitBy(signal);
    },
    reload: () => supervisor.reload(),
  });
  watchFiles(settingFiles(), () => supervisor.reload());
  if (admin !== null) {
    const { startWorkersAdmin } = await import('./workers/workers-admin.js');
    await startWorkersAdmin({ supervisor, log }, admin).catch((error: unknown) =>
      cannotListen(error, admin, 'ADMIN'),
    );
  }
  const code = await supervisor.run();
  await output.end();
  process.exit(code);
}

async function start(
  {
    createGateway,
    AdminListenError,
    AuditSinkError,
  }: Pick<typeof import('./gateway.js'), 'createGateway'> &
    Pick<typeof import('./gateway/operators.js'), 'AdminListenError'> &
    Pick<typeof import('./audit/sink.js'), 'AuditSinkError'>,
  config: Config,
  orders: PrimaryOrders,
): Promise<Gateway> {
  try {
    const worker = await asWorker(config, orders);
    return await createGateway(config, { stdout: output, rehearsal: true, ...worker });
  } catch (error) {
    if (error instanceof AuditSinkError || error instanceof ConfigurationError) {
      toPerson.write(`${error.message}\n`);
      process.exit(EXIT_CONFIG);
    }
    if (error instanceof AdminListenError && config.admin !== null)
      cannotListen(error.cause, config.admin, 'ADMIN');
    cannotListen(error, config);
  }
}

function cannotListen(
  error: unknown,
  { host, port }: { readonly host: string; readonly port: number },
  whose?: 'ADMIN',
): never {
  if (!isListenError(error)) throw error;
  const names = whose === undefined ? 'HOST or PORT' : 'ADMIN_HOST or ADMIN_PORT';
  toPerson.write(`Cannot listen on ${host}:${port} (${error.code}). Set ${names}.\n`);
  process.exit(1);
}

/** What it is among the others. */
async function asWorker({ workers, logLevel }: Config, orders: PrimaryOrders) {
  if (workers === 1) return {};
  const { createLogger } = await import('./observability/logger.js');
  const { joinPrimary } = await import('./workers/membership.js');
  const worker = await joinPrimary(orders);
  return { worker, log: createLogger(logLevel, output, { worker: worker.number }) };
}

function isListenError(error: unknown): error is NodeJS.ErrnoException {
  return (
    error instanceof Error && 'syscall' in error && /^(bind|listen|getaddrinfo)$/.test(String(error.syscall))
  );
}
