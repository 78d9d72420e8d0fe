/** The ledger's database: reachable, fit, with its tables or the right to make them, and what it does not guarantee. */
import type pg from 'pg';
import type { Config } from '../config/config.js';
import {
  GONE_BACK,
  hasGoneBack,
  lookAt,
  missingRights,
  UnfitDatabase,
} from '../push/ledger/postgres/examine.js';
import { withClient } from '../push/ledger/postgres/operate.js';
import { diagnosis, type Finding, fault, sentence, skipped, warning, well } from './finding.js';

const SUBJECT = 'push ledger';
const MAY_CREATE = "select has_schema_privilege(current_schema(), 'create') as allowed";

/** It changes nothing there. */
export async function lookAtLedger({ ledger: { url, tls, issuer } }: Config): Promise<Finding[]> {
  if (url === null) {
    return [skipped(SUBJECT, 'In memory: pushes are remembered by one process, for as long as it lives.')];
  }
  try {
    return await withClient({ url, tls }, async (client) => {
      const { caveats, missing } = await lookAt(client);
      const tables = missing === 0 ? await ofRights(client, issuer) : await ofMissing(client);
      return [tables, ...caveats.map(ofCaveat)];
    });
  } catch (error) {
    if (!(error instanceof UnfitDatabase)) throw error;
    return [
      fault(SUBJECT, diagnosis('LEDGER_UNFIT', sentence(error.message), 'Until then every push is refused.')),
    ];
  }
}

/** Its tables are up to date. */
async function ofRights(client: pg.ClientBase, issuer: string): Promise<Finding> {
  const lacking = await missingRights(client);
  if (lacking.length > 0) {
    return fault(
      SUBJECT,
      diagnosis(
        'LEDGER_RIGHTS',
        `This user lacks rights on the tables: ${lacking.join(', ')}.`,
        'Grant them to the user in LEDGER_URL: until then pushes are refused, or what is old is never deleted.',
      ),
    );
  }
  if (await hasGoneBack(client, issuer)) throw new UnfitDatabase(GONE_BACK);
  return well(SUBJECT, 'The database is reachable, can be written, and its tables are up to date.');
}

async function ofMissing(client: pg.ClientBase): Promise<Finding> {
  const { rows } = await client.query<{ allowed: boolean }>(MAY_CREATE);
  if (rows[0]?.allowed === true) {
    return well(
      SUBJECT,
      'The database is reachable; the gateway makes what is missing of its tables when it starts.',
    );
  }
  return fault(
    SUBJECT,
    diagnosis(
      'LEDGER_TABLES',
      'Tables are missing or old, and this user may not make them.',
      'Run npm run migrate with the LEDGER_URL of one who may, then grant this user select, insert, update, delete.',
    ),
  );
}

function ofCaveat(caveat: string): Finding {
  return warning(SUBJECT, { code: 'LEDGER_CAVEAT', says: sentence(caveat), mend: null });
}
