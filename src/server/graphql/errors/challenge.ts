/** Says in HTTP's words too what a token lacks: RFC 9470 for a push that needs another sign-in, RFC 6750 where a scope is all that is missing. */
import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import { SCOPES, type Scope } from '../../../domain/grant.js';
import type { GatewayContext } from '../../../schema/context.js';
import { challengeFor } from '../../sign-in/sign-in-refusal.js';
import { gatewayErrorOf } from './error-format.js';

/** @param names what the sign-in calls our scopes; null: they are not looked at */
export function challengePlugin(
  names: Readonly<Record<Scope, readonly string[]>> | null,
): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ request, errors = [], response: { body, http } }) {
          if (body.kind !== 'single' || errors.length === 0) return;
          const { data } = body.singleResult;
          const hasData = Object.values(data ?? {}).some((value) => value !== null);
          const challenge = stepUpOf(errors) ?? (hasData ? undefined : scopesOf(errors, names));
          if (challenge === undefined) return;
          const scheme = challengeFor(request.http?.headers.get('authorization'));
          http.headers.set('www-authenticate', `${scheme}, ${challenge}`);
        },
      };
    },
  };
}

function stepUpOf(errors: readonly GraphQLError[]): string | undefined {
  const error = errors.map(gatewayErrorOf).find((one) => one?.code === 'STEP_UP_REQUIRED');
  if (error === undefined) return undefined;
  const { acrValues, maxAge } = error.extensions;
  return [
    'error="insufficient_user_authentication"',
    'error_description="A push needs a stronger or a fresher sign-in"',
    ...(Array.isArray(acrValues) && acrValues.length > 0 ? [`acr_values="${acrValues.join(' ')}"`] : []),
    ...(typeof maxAge === 'number' ? [`max_age="${maxAge}"`] : []),
  ].join(', ');
}

/** By the names that the caller can ask the sign-in for; undefined when anything else went wrong as well. */
function scopesOf(
  errors: readonly GraphQLError[],
  names: Readonly<Record<Scope, readonly string[]>> | null,
): string | undefined {
  const missing = errors.map((error) => gatewayErrorOf(error)?.extensions['scope']);
  if (names === null || missing.includes(undefined)) return undefined;
  const ours = missing.join(' ').split(' ');
  const theirs = SCOPES.filter((scope) => ours.includes(scope)).map((scope) => names[scope][0]);
  return `error="insufficient_scope", scope="${theirs.join(' ')}"`;
}
