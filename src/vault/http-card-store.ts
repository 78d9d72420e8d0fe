/** The card store over HTTP, as its OpenAPI document says; trusts nothing that comes back. */
import { Pool } from 'undici';
import type { z } from 'zod';
import { type Outward, STRAIGHT } from '../domain/network/outward.js';
import type { Secret } from '../domain/secret.js';
import { ACCOUNT_HOLDER_DATA_ITEMS, type AccountHolderDataItem } from '../domain/token-requestor.js';
import { holderDataLeftOut } from '../observability/card-store-events.js';
import type { Logger } from '../observability/logger.js';
import {
  answerOutcome,
  type ContextHeaders,
  NO_HEADERS,
  NO_TELEMETRY,
  type Telemetry,
} from '../observability/telemetry.js';
import { exchange, TransportError } from '../resilience/http-exchange.js';
import { createConnector } from '../resilience/outward/connector.js';
import { CARD_STORE_MS } from '../resilience/time-limits.js';
import { withStop } from '../resilience/total-deadline.js';
import { type CardStore, CardStoreError } from './card-store.js';
import {
  type DetailedAccount,
  fundingAccountDataAnswer,
  fundingAccountsAnswer,
  toFundingAccount,
  toFundingAccountData,
  toJudgedData,
} from './card-store-answers.js';
import type { LeftOut } from './holder-data/holder-data.js';

const MAX_ANSWER_BYTES = 1_000_000;
const NO_BODY = Buffer.alloc(0);

export function createHttpCardStore(
  { log, telemetry = NO_TELEMETRY }: { readonly log: Logger; readonly telemetry?: Telemetry },
  options: { readonly url: string; readonly token: () => Secret<string>; readonly outward?: Outward },
): CardStore {
  const { origin, pathname } = new URL(options.url);
  const base = pathname.replace(/\/$/, '');
  const pool = new Pool(origin, {
    connect: createConnector(origin, options.outward ?? STRAIGHT, CARD_STORE_MS),
    maxResponseSize: MAX_ANSWER_BYTES,
    connections: 50,
  });

  async function ask<T extends z.ZodType>(path: string, answer: T, body?: unknown): Promise<z.infer<T>> {
    const bytes = await send(path, body);
    let json: unknown;
    try {
      json = JSON.parse(bytes.toString('utf8'));
    } catch {
      // The parser's own message quotes the text, which may hold a card number.
      throw new CardStoreError('the answer is not JSON');
    }
    const parsed = answer.safeParse(json);
    if (parsed.success) return parsed.data;
    const issues = parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.')} ${issue.code}`);
    throw new CardStoreError(`the answer breaks the contract: ${issues.join('; ')}`);
  }

  async function send(path: string, body: unknown): Promise<Buffer> {
    const hasBody = body !== undefined;
    const request = {
      path: base + path,
      method: hasBody ? 'POST' : 'GET',
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${options.token().reveal()}`,
        ...(hasBody && { 'content-type': 'application/json' }),
      },
      body: hasBody ? Buffer.from(JSON.stringify(body)) : NO_BODY,
      maxAnswerBytes: MAX_ANSWER_BYTES,
    } as const;
    const call = {
      system: 'card-store',
      operation: hasBody ? 'data' : 'list',
      outcomeOf: answerOutcome,
    } as const;
    const ask = (context: ContextHeaders) =>
      withStop(CARD_STORE_MS, (signal) =>
        exchange(pool, { ...request, headers: inContext(request.headers, context), signal }),
      );
    const answer = await telemetry.upstream(call, ask).catch((error: unknown) => {
      throw new CardStoreError(`no answer: ${error instanceof TransportError ? error.code : 'FAILED'}`);
    });
    if (answer.status !== 200) throw new CardStoreError(`HTTP ${answer.status}${titleIn(answer.body)}`);
    if (answer.body === null) throw new CardStoreError(`no whole answer: ${answer.fault}`);
    return answer.body;
  }

  async function read<T>(
    accountHolder: string,
    ids: readonly string[],
    items: readonly AccountHolderDataItem[],
    toData: (account: DetailedAccount) => { readonly data: T; readonly leftOut: readonly LeftOut[] },
  ): Promise<Map<string, T>> {
    const request = { accountHolder, ids, accountHolderData: items };
    const { fundingAccounts } = await ask('/funding-accounts/data', fundingAccountDataAnswer, request);
    requireOwner(fundingAccounts, accountHolder);
    if (fundingAccounts.some((account) => !ids.includes(account.id))) {
      throw new CardStoreError('the answer holds an account that nobody asked for');
    }
    const known = new Map<string, T>();
    for (const account of fundingAccounts) {
      const { data, leftOut } = toData(account);
      known.set(account.id, data);
      if (leftOut.length > 0) holderDataLeftOut(log, account.id, leftOut);
    }
    return known;
  }

  return {
    async fundingAccounts(accountHolder) {
      const query = new URLSearchParams({ accountHolder });
      const { fundingAccounts } = await ask(`/funding-accounts?${query}`, fundingAccountsAnswer);
      requireOwner(fundingAccounts, accountHolder);
      return fundingAccounts.map(toFundingAccount);
    },

    async fundingAccountData(accountHolder, ids, items) {
      return read(accountHolder, ids, items, (account) => toFundingAccountData(account, items));
    },

    async judgedAccountData(accountHolder, ids, itemSets) {
      const items = ACCOUNT_HOLDER_DATA_ITEMS.filter((item) => itemSets.some((set) => set.includes(item)));
      return read(accountHolder, ids, items, (account) => toJudgedData(account, itemSets));
    },

    close: () => pool.destroy(),
  };
}

/** They are the same for each call, unless it is followed. */
function inContext(
  headers: Readonly<Record<string, string>>,
  context: ContextHeaders,
): Readonly<Record<string, string>> {
  return context === NO_HEADERS ? headers : { ...headers, ...context };
}

const LONGEST_TITLE = 80;

/** Which kind of problem it is, in its own words (RFC 9457): they are the same for all who have it. */
function titleIn(body: Buffer | null): string {
  const [, title = ''] = /"title"\s*:\s*"([^"\\]{1,200})"/.exec(body?.toString('utf8') ?? '') ?? [];
  const words = title.replaceAll(/[^\x20-\x7e]/g, '?').replaceAll(/\d{5,}/g, '[digits]');
  return words === '' ? '' : `: ${words.slice(0, LONGEST_TITLE)}`;
}

/** One account of somebody else, or one twice, and the whole answer is worth nothing. */
function requireOwner(
  accounts: readonly { readonly id: string; readonly accountHolder: string }[],
  owner: string,
): void {
  if (accounts.some((account) => account.accountHolder !== owner)) {
    throw new CardStoreError("the answer names somebody else's account");
  }
  if (new Set(accounts.map((account) => account.id)).size !== accounts.length) {
    throw new CardStoreError('the answer names an account twice');
  }
}
