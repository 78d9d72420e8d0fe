/** What a GraphQL request has come to, for whoever counts: filled in while it is answered. */

export class RequestOutcome {
  /** Like `query tokenRequestors`; null: it was not understood. */
  operation: string | null = null;
  /** Of its errors, each once; empty without any. */
  codes = '';
}
