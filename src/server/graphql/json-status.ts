/** GraphQL over HTTP: who asks for application/json by name gets 200 for every well-formed request, whatever the answer says. */
import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayContext } from '../../schema/context.js';

const BY_NAME = /^\s*application\/json\s*(;[^,]*)?$/i;

export const jsonStatusPlugin: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response }) {
        if (response.http.status !== 400) return;
        if (BY_NAME.test(request.http?.headers.get('accept') ?? '')) response.http.status = 200;
      },
    };
  },
};
