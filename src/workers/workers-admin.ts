/** ADMIN_PORT of several workers: the primary listens, and asks each of them. */
import type { LevelLogger, LogLevel } from '../observability/logger.js';
import { startAdminServer } from '../server/admin/admin-server.js';
import type { Supervisor } from './supervisor.js';
import { CONTENT_TYPE, textOf } from './worker-metrics.js';

export async function startWorkersAdmin(
  { supervisor, log }: { readonly supervisor: Supervisor; readonly log: LevelLogger },
  listen: { readonly host: string; readonly port: number },
): Promise<void> {
  const { url } = await startAdminServer(
    {
      metrics: {
        contentType: CONTENT_TYPE,
        text: async () => textOf(await supervisor.askMetrics(), supervisor.serving),
      },
      readiness: () => {
        const { serving, count } = supervisor;
        const members = { status: serving > 0 ? 'ready' : 'closing', workers: count, serving };
        return { ready: serving > 0, members };
      },
      level: {
        get: () => log.level,
        set: (level: LogLevel) => {
          log.changeLevel(level);
          supervisor.changeLevel(level);
        },
      },
    },
    listen,
  );
  log.info({ url }, 'listening for operators');
}
