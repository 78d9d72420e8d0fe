/** The push that the walk is at, read out of whatever was answered last: its id for the next tabs, the wallet's page for a link. */
import { PUSH_PLACE } from './tabs.js';

export interface WalkedPush {
  readonly id: string;
  /** null: nothing is to be opened now. */
  readonly walletUrl: string | null;
}

export class WalkedPushes {
  #current: WalkedPush | null = null;
  readonly #ids = new Set([PUSH_PLACE]);
  readonly #listeners = new Set<() => void>();

  readonly current = (): WalkedPush | null => this.#current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  note(answer: object): void {
    const push = pushIn('data' in answer ? answer.data : undefined);
    if (push === undefined) return;
    const known = this.#current?.id === push.id ? this.#current.walletUrl : null;
    this.#current = { id: push.id, walletUrl: push.walletUrl ?? (push.isWaiting ? known : null) };
    this.#ids.add(push.id);
    for (const listener of this.#listeners) listener();
  }

  /** The same text with the id of the push where that of one before stands; an id that somebody put there stays. */
  fill(variables: string): string {
    const { id } = this.#current ?? { id: PUSH_PLACE };
    return variables.replace(/("(?:id|pushId)": *)"([^"]*)"/g, (whole, name: string, value: string) =>
      this.#ids.has(value) ? `${name}"${id}"` : whole,
    );
  }
}

const ROOTS = ['pushCard', 'push', 'recordHandOff', 'recordOutcome'];

/** Handed off, it waits for what the wallet says: the page that was there to be opened still is. */
function pushIn(data: unknown): (WalkedPush & { readonly isWaiting: boolean }) | undefined {
  for (const root of ROOTS) {
    const push = member(data, root);
    const id = member(push, 'id');
    const step = member(push, 'nextStep');
    const isWaiting = member(step, '__typename') === 'WaitStep';
    if (typeof id === 'string') return { id, walletUrl: urlIn(step), isWaiting };
  }
  return undefined;
}

/** Only what a browser opens: a link to an app is of no use here. */
function urlIn(nextStep: unknown): string | null {
  const links = member(nextStep, 'links');
  const url = member(nextStep, 'url') ?? member(Array.isArray(links) ? links[0] : undefined, 'url');
  return typeof url === 'string' && /^https?:/.test(url) ? url : null;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
