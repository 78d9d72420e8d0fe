/** What the suite asks the gateway. */
import { readFileSync } from 'node:fs';
import { LARK } from '../../support/requestors.js';

export const READ = `query ($ranges: [AccountRange!]) {
  tokenRequestors(accountRanges: $ranges) { id name }
}`;

export const PUSH = `mutation ($input: PushCardInput!) {
  pushCard(input: $input) { __typename ... on Push { id status } ... on PushRefusal { code } }
}`;

/** A wallet and a card of susan's that go together, and the range of that card. */
const CARD = 'card-1';
export const CARD_RANGE = '5204740000000000000';
/** The wallet's logo. */
export const LARK_LOGO = '0b6f3c1e-52a4-4d0e-9f61-7a1c3e5d9001';

export function pushInput(idempotencyKey: string): Readonly<Record<string, unknown>> {
  return { idempotencyKey, tokenRequestorId: LARK, fundingAccountIds: [CARD] };
}

export interface ReadRequestor {
  readonly id: string;
  readonly name: string;
}

/** The same text for the same requestors, in whatever order they come. */
export function canonical(requestors: readonly ReadRequestor[]): string {
  const sorted = [...requestors].sort((a, b) => (a.id < b.id ? -1 : 1));
  return JSON.stringify(sorted.map(({ id, name }) => [id, name]));
}

export interface CostlyDocument {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Those that the tests of cost refuse; the suite runs from the project's root. */
export function costlyDocuments(): readonly CostlyDocument[] {
  return readFileSync('test/security/documents/cases/costly.jsonl', 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as CostlyDocument);
}
