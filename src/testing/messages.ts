/** What a test and the process of its gateway say to each other. */

export type ToGateway = { readonly kind: 'START' } | { readonly kind: 'CLOCK'; readonly aheadMs: number };

/** Each question has one answer; what it did not ask for is empty. */
export interface FromGateway {
  readonly url: string;
  readonly simulatorUrl: string;
  /** Why it was not done; empty when it was. */
  readonly error: string;
}
