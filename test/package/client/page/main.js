/** The smallest page that pushes: what a bundler makes of the client is all that it loads. */
import { createTokenConnectClient } from 'token-connect-client';

globalThis.client = createTokenConnectClient({
  url: '/graphql',
  token: () => sessionStorage.getItem('token') ?? '',
});
