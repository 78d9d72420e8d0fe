/** Nobody between us and the app may store an answer. Apollo's own plugin for it counts something at every field. */
import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayContext } from '../../schema/context.js';

export const noStorePlugin: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response }) {
        response.http.headers.set('cache-control', 'no-store');
      },
    };
  },
};
