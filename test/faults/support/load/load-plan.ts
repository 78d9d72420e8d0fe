/** What the load process is told, and what it tells back. */

export type RequestClass = 'cached' | 'cold' | 'push';

interface Target {
  readonly url: string;
  readonly token: string;
}

export interface LoadPlan {
  readonly targets: readonly Target[];
  readonly perSecond: number;
  /** Each is asked for again and again. */
  readonly cached: readonly string[];
  /** Each is asked for once, while there are any. */
  readonly cold: readonly string[];
  readonly pushes: boolean;
  /** Pushes every second time, in place of the target's account holder: one alone gets half of the push slots at most. */
  readonly secondPusher?: { readonly token: string; readonly fundingAccountId: string };
  /** The canonical answer for a range, as MDES gave it when it was well. */
  readonly oracle: Readonly<Record<string, string>>;
}

export interface Burst extends Pick<LoadPlan, 'targets' | 'oracle'> {
  readonly range: string;
  readonly count: number;
}

export interface Sample {
  readonly class: RequestClass;
  /** When it was meant to be sent, in milliseconds since the epoch. */
  readonly at: number;
  /** From then until its answer was there. */
  readonly ms: number;
  /** `ok`, `drop`, `wrong`, or the code of an error. */
  readonly outcome: string;
  readonly range?: string;
  readonly push?: { readonly key: string; readonly id?: string; readonly status?: string };
}

/** Comparable between processes of one machine. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
