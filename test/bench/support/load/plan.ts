/** What the load process is told, and what it tells back. */

/** Requests as they go over the wire, under a name: sent once, used again and again. */
export interface PreparedRequests {
  readonly name: string;
  readonly requests: readonly string[];
  /** Answers without this are wrong. */
  readonly mustHold?: string;
}

/** Stands in a request where something must differ each time; as long as what takes its place. */
export const UNIQUE = '#unique-0000000000000#';

export interface ClosedPlan {
  readonly port: number;
  readonly prepared: string;
  readonly connections: number;
  readonly seconds: number;
  /** At most so many requests. */
  readonly most?: number;
  /** Each request in turn and once, as far as the seconds go: so is warmed up. */
  readonly inTurn?: boolean;
}

export interface OpenPlan {
  readonly port: number;
  readonly prepared: string;
  readonly perSecond: number;
  readonly seconds: number;
}

export interface LoadResult {
  readonly answers: number;
  /** Of another status than 200, with errors, or without what they must hold. */
  readonly wrong: number;
  /** The first of them. */
  readonly firstWrong: string | null;
  readonly seconds: number;
  /** Of bodies. */
  readonly bytes: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}
