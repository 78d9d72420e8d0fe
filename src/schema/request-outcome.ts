/** What a GraphQL request has come to, for whoever counts: filled in while it is answered. */
import type { ExecutionResult } from 'graphql';

export class RequestOutcome {
  /** Like `query tokenRequestors`; null: it was not understood. */
  operation: string | null = null;
  /** Of its errors, each once; empty without any. */
  codes = '';
  /** What it was executed to before Apollo has seen it, where Apollo is to say what is wrong with it. */
  executed: ExecutionResult | null = null;
}
