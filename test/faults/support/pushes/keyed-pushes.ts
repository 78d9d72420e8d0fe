/** Pushes that carry their key on to MDES, so that what arrives there is counted by key, whatever became of the answer. */
import { postGraphQL } from '../ask-graphql.js';
import { PUSH, pushInput } from '../documents.js';
import { eventually } from '../eventually.js';
import type { Stage } from '../stage.js';

const BACK = 'http://127.0.0.1:1/back/';
const PATIENCE_MS = 5000;

/** For a gateway: requestors get the callback URL as the caller gave it, with the key in it. */
export const KEYED = { CALLBACK_ALLOWLIST: `direct:${BACK}` };

export interface Pusher {
  readonly url: string;
  readonly token: string;
}

export interface Pushed {
  /** null: refused, an error, or no answer. */
  readonly id: string | null;
  /** Of the push; else the code of its refusal or error, or `no answer`. */
  readonly end: string;
  readonly ms: number;
}

export function keyedInput(key: string): Readonly<Record<string, unknown>> {
  return { ...pushInput(key), callbackUrl: `${BACK}${key}` };
}

export async function pushWithKey(gateway: Pusher, key: string): Promise<Pushed> {
  const startedAt = performance.now();
  try {
    const { data, codes, ms } = await postGraphQL(gateway, PUSH, { input: keyedInput(key) });
    const { id = null, status, code } = data?.pushCard ?? {};
    return { id, end: status ?? code ?? codes.join(), ms };
  } catch {
    return { id: null, end: 'no answer', ms: performance.now() - startedAt };
  }
}

/** The same again until the ledger answers; a push that is only under way is an answer too. */
export async function pushOnceThere(gateway: Pusher, key: string): Promise<Pushed> {
  let last = await pushWithKey(gateway, key);
  await eventually(async () => {
    if (last.end !== 'LEDGER_UNAVAILABLE') return true;
    last = await pushWithKey(gateway, key);
    return false;
  }, PATIENCE_MS);
  return last;
}

/** How often each key has arrived at MDES. */
export function arrivals(stage: Stage): (key: string) => number {
  const counts = new Map<string, number>();
  for (const key of arrivedKeys(stage)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return (key) => counts.get(key) ?? 0;
}

/** Of every push that has arrived at MDES. */
export function arrivedKeys({ proxy }: Stage): string[] {
  return proxy
    .calls('pushMultipleAccounts')
    .map(({ subject }) => subject.split(BACK)[1]?.split('"')[0] ?? '');
}

/** Works through them, a few at a time. */
export async function atOnce<T>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: most }, worker));
}
