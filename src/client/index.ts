/** The typed client for channel teams: `import { createTokenConnectClient } from 'token-connect-client'`. */
export {
  createTokenConnectClient,
  type TokenConnectClient,
  type TokenConnectClientOptions,
} from './create-client.js';
export type { FollowPushOptions } from './follow-push.js';
export * from './generated.js';
export type { RepeatOptions } from './repeat.js';
export { type GatewayError, TokenConnectError } from './token-connect-error.js';
