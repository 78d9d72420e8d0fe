/** What stands before several gateways. */

export interface Balancer {
  readonly url: string;
  /** Once it sends requests to each. */
  whenAllServe(): Promise<void>;
  /** A gateway has just been told to end. */
  told(at: number): Promise<void>;
  close(): Promise<void>;
}
