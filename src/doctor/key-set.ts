/** The key set of the sign-in: whether it is there, and holds keys that access tokens can be checked with. */
import type { AuthSettings } from '../config/token-settings.js';
import { createKeyFetcher, KeySetError } from '../server/sign-in/fetch-keys.js';
import { codeIn, connectionFault } from './connection-fault.js';
import { type Diagnosis, diagnosis, type Finding, fault, skipped, well } from './finding.js';

const SUBJECT = 'key set';
const SETTING = 'AUTH_JWKS_URL';
const WHERE = "Take jwks_uri from the sign-in's /.well-known/openid-configuration.";

export async function lookAtKeySet(auth: AuthSettings | null): Promise<Finding> {
  if (auth === null) return skipped(SUBJECT, 'The demo sign-in stands in for it.');
  const fetcher = createKeyFetcher(auth.jwksUrl, undefined, auth.outward);
  try {
    const { keys } = await fetcher.fetch();
    const names = keys.map(({ kid = 'without a kid', alg, kty }) => `${kid} (${alg ?? kty})`);
    return well(SUBJECT, `${keys.length} keys to check access tokens with: ${names.slice(0, 5).join(', ')}.`);
  } catch (error) {
    if (!(error instanceof KeySetError)) throw error;
    return fault(SUBJECT, whyNot(error.message));
  } finally {
    await fetcher.close();
  }
}

function whyNot(message: string): Diagnosis {
  const code = codeIn(message);
  if (code !== null) return connectionFault(code, SETTING);
  if (message === 'no answer in time') return connectionFault('DEADLINE', SETTING);
  if (message.startsWith('HTTP ')) {
    return diagnosis('KEY_SET_PATH', `There is no key set at ${SETTING} (${message}).`, WHERE);
  }
  if (message.includes('no key that a token')) {
    return diagnosis(
      'KEY_SET_USELESS',
      `No key of the set can check a token: each is of another use, kind or length.`,
      'Have the sign-in publish its public RSA (2048 bits), EC or Ed25519 signing keys there.',
    );
  }
  return diagnosis('KEY_SET_FORM', `What lies at ${SETTING} is no key set (${message}).`, WHERE);
}
