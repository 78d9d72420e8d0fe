/** How much somebody may ask for within a time: `20/h per account-holder`. */

/** By whom or what it is counted. */
export const LIMIT_DIMENSIONS = [
  'account-holder',
  'account',
  'client',
  'token-requestor',
  'address',
] as const;
export type LimitDimension = (typeof LIMIT_DIMENSIONS)[number];

export interface Limit {
  readonly dimension: LimitDimension;
  readonly count: number;
  readonly seconds: number;
}
