/** `npm run migrate`: makes the ledger's tables, or brings them up to date; `-- --accept-restore` lets pushes go on after one. */
import { auditedCommand } from './audit/audited-command.js';
import { AuditSinkError } from './audit/sink.js';
import { ConfigurationError, readConfig } from './config/config.js';
import { acceptRestore, migrateLedger } from './push/ledger/postgres/operate.js';

/** EX_CONFIG and EX_UNAVAILABLE of sysexits.h. */
const EXIT = { config: 78, unavailable: 69, usage: 64 };

const [option] = process.argv.slice(2);
if (option !== undefined && option !== '--accept-restore') {
  process.stderr.write('Usage: npm run migrate [-- --accept-restore]\n');
  process.exit(EXIT.usage);
}
const { ledger, audit } = await configOrExit();
const { url, tls, issuer } = ledger;
if (url === null) {
  process.stderr.write('LEDGER_URL names no database: there is nothing to migrate.\n');
  process.exit(EXIT.config);
}
try {
  const said =
    option === undefined
      ? await migrateLedger(url, tls)
      : await auditedCommand('migrate', audit, { action: 'restore.accepted' }, () =>
          acceptRestore(url, issuer, tls),
        );
  process.stdout.write(`${said}\n`);
} catch (error) {
  if (error instanceof AuditSinkError) {
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT.config);
  }
  process.stderr.write(`push ledger: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(EXIT.unavailable);
}

async function configOrExit() {
  try {
    return await readConfig();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT.config);
  }
}
