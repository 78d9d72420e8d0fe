/** What a GraphQL request has come to, for whoever counts: filled in while it is answered. */
import type { ExecutionResult } from 'graphql';

export class RequestOutcome {
  /** Like `query tokenRequestors`; null: it was not understood. */
  operation: string | null = null;
  /** Of its errors, each once; empty without any. */
  codes = '';
  /** Once it is executed, before Apollo sees what it comes to: Apollo says what is wrong with it. */
  executed: Promise<ExecutionResult> | null = null;
}
