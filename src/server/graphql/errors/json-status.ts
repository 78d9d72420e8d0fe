/** GraphQL over HTTP: who asks for application/json by name gets 200 for every well-formed request, whatever the answer says. */
import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayContext } from '../../../schema/context.js';

const BY_NAME = /^\s*application\/json\s*(;[^,]*)?$/i;

/** Takes every well-formed request for answered, and tells by the answer's `errors` what went wrong. */
export function wantsPlainJson(accept: string | null | undefined): boolean {
  return BY_NAME.test(accept ?? '');
}

export const jsonStatusPlugin: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response }) {
        if (response.http.status !== 400) return;
        if (wantsPlainJson(request.http?.headers.get('accept'))) response.http.status = 200;
      },
    };
  },
};
