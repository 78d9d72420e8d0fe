/** The card store against its contract: both operations, for somebody whom it does not know, or for the holder of a token. */
import type { Config } from '../config/config.js';
import type { AccountRange } from '../domain/account-range.js';
import { ACCOUNT_HOLDER_DATA_ITEMS } from '../domain/token-requestor.js';
import { createLogger } from '../observability/logger.js';
import { type CardStore, CardStoreError, MOST_ACCOUNTS_AT_ONCE } from '../vault/card-store.js';
import { createHttpCardStore } from '../vault/http-card-store.js';
import { codeIn, connectionFault } from './connection-fault.js';
import { type Diagnosis, diagnosis, type Finding, fault, skipped, warning, well } from './finding.js';

const SUBJECT = 'card store';
const SETTING = 'CARD_VAULT_URL';
const NOBODY = 'token-connect-doctor';
const CONTRACT = 'card-store.openapi.yaml of the package';

interface Holder {
  /** null: somebody who has no account. */
  readonly accountHolder: string | null;
  /** null: not set, and nothing is compared. */
  readonly accountRanges: readonly AccountRange[] | null;
}

export async function lookAtCardStore(
  settings: Config['cardStore'],
  { accountHolder, accountRanges }: Holder,
): Promise<Finding> {
  if (settings === null) return skipped(SUBJECT, 'The demo accounts stand in for it.');
  const store = createHttpCardStore(
    { log: createLogger('silent') },
    { ...settings, token: () => settings.token },
  );
  let asked = 'list';
  try {
    const accounts = await store.fundingAccounts(accountHolder ?? NOBODY);
    asked = 'data';
    const ids = accounts.map(({ id }) => id);
    const told = await dataOf(store, accountHolder ?? NOBODY, ids);
    if (accountHolder === null) {
      return well(
        SUBJECT,
        'List and data are answered as the contract says, for an account holder whom it does not know.',
      );
    }
    const count = `${accounts.length} accounts of the holder of the token`;
    if (told < Math.min(ids.length, MOST_ACCOUNTS_AT_ONCE)) {
      return fault(
        SUBJECT,
        diagnosis(
          'CARD_STORE_FORGETS',
          `It lists ${count}, and gives data of ${told} of them.`,
          `The data operation must know each id of the list (${CONTRACT}).`,
        ),
      );
    }
    const outside = accounts.filter(({ accountRange }) => accountRanges?.includes(accountRange) === false);
    if (outside.length > 0) {
      return warning(
        SUBJECT,
        diagnosis(
          'ACCOUNTS_OUTSIDE_RANGES',
          `Of ${count}, ${outside.length} are in a range that MDES_ACCOUNT_RANGES does not list: no wallet is offered for them.`,
          'Complete MDES_ACCOUNT_RANGES, or have the store name ranges as they are registered at MDES.',
        ),
      );
    }
    return well(SUBJECT, `List and data are answered as the contract says: ${count}.`);
  } catch (error) {
    if (!(error instanceof CardStoreError)) throw error;
    return fault(SUBJECT, whyNot(error.message, asked));
  } finally {
    await store.close();
  }
}

/** Without any number; gives of how many accounts something was told. */
async function dataOf(store: CardStore, accountHolder: string, ids: readonly string[]): Promise<number> {
  const some = ids.length === 0 ? [NOBODY] : ids.slice(0, MOST_ACCOUNTS_AT_ONCE);
  const data = await store.judgedAccountData(accountHolder, some, [ACCOUNT_HOLDER_DATA_ITEMS]);
  return data.size;
}

function whyNot(message: string, asked: string): Diagnosis {
  const code = codeIn(message);
  if (code !== null) return connectionFault(code, SETTING);
  const [, status = ''] = /^HTTP (\d{3})/.exec(message) ?? [];
  if (status === '401' || status === '403') {
    return diagnosis(
      'CARD_STORE_TOKEN',
      `It does not let the gateway in (${asked}: ${message}).`,
      'Compare CARD_VAULT_TOKEN with what it expects.',
    );
  }
  if (status === '404' || status === '405') {
    return diagnosis(
      'CARD_STORE_PATH',
      `It knows no operation ${asked} there (${message}).`,
      `${SETTING} ends before /funding-accounts; an account holder without accounts has an empty list, not a 404.`,
    );
  }
  if (status !== '') {
    return diagnosis(
      'CARD_STORE_IN_TROUBLE',
      `It answers with an error (${asked}: ${message}).`,
      'Its own log says why.',
    );
  }
  return diagnosis(
    'CARD_STORE_CONTRACT',
    `It does not answer as its contract says (${asked}: ${message}).`,
    `Compare with ${CONTRACT}.`,
  );
}
