/** The typed client for channel teams: `import { createTokenConnectClient } from 'token-connect-gateway/client'`. */
export {
  createTokenConnectClient,
  type TokenConnectClient,
  type TokenConnectClientOptions,
} from './create-client.js';
export * from './generated.js';
export { type GatewayError, TokenConnectError } from './token-connect-error.js';
