/** What would become of an access token, by the gateway's own sign-in: taken, or refused and why. It is shown nowhere. */
import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { StepUpSettings } from '../config/access-settings.js';
import type { Config } from '../config/config.js';
import type { Clock } from '../domain/clock.js';
import { GatewayError } from '../domain/gateway-error.js';
import { type Grant, SCOPES } from '../domain/grant.js';
import type { Secret } from '../domain/secret.js';
import { createLogger } from '../observability/logger.js';
import { requireStepUp } from '../push/rules/step-up.js';
import { readGrant } from '../server/sign-in/claims.js';
import { SeenProofs } from '../server/sign-in/possession/seen-proofs.js';
import { type RefusalDetails, type RefusalReason, shown } from '../server/sign-in/refusal-reason.js';
import { createSignIn } from '../server/sign-in/sign-in.js';
import { callerOf } from '../server/sign-in/token-rules.js';
import { diagnosis, type Finding, fault, skipped, warning, well } from './finding.js';
import { REFUSAL_WORDS } from './refusal-words.js';

const SUBJECT = 'access token';
/** Good, but for what only whoever uses it can show. */
const BOUND: readonly RefusalReason[] = ['BOUND_TOKEN_AS_BEARER', 'CERTIFICATE_MISSING'];

const CERTIFICATE_UNHEARD = fault(
  SUBJECT,
  diagnosis(
    'CERTIFICATE_UNHEARD',
    'It is good, and bound to a client certificate, and no proxy passes certificates on: nobody can use it.',
    'Set AUTH_CLIENT_CERT_HEADER to the header in which your proxy passes them on, and TRUSTED_PROXIES; or have the sign-in bind tokens by DPoP.',
  ),
);

interface Looked {
  readonly findings: readonly Finding[];
  /** Whose it is; null where it is not taken. */
  readonly accountHolder: string | null;
}

export async function lookAtToken(config: Config, token: Secret<string>, clock: Clock): Promise<Looked> {
  const none = { accountHolder: null };
  if (config.auth === null) {
    return {
      findings: [skipped(SUBJECT, 'The demo sign-in of a gateway that runs knows its own tokens alone.')],
      ...none,
    };
  }
  const options = { ...config.auth, ...config.tokens, scopes: config.access.scopes };
  const signIn = createSignIn(
    {
      clock,
      log: createLogger('silent'),
      publicUrl: () => config.publicUrl ?? '',
      isProxy: () => false,
      proofs: new SeenProofs(),
    },
    options,
  );
  try {
    await signIn.start();
    const text = token.reveal().replace(/^(?:authorization:\s*)?bearer\s+/i, '');
    const result = await signIn.check({
      method: 'POST',
      path: '/graphql',
      peer: '',
      header: (name) => (name === 'authorization' ? [`Bearer ${text}`] : []),
    });
    if (result.kind === 'SIGNED_IN') {
      const { grant, client, accountHolder } = result;
      return { findings: [taken(grant, client, config.access, clock.now())], accountHolder };
    }
    if (result.kind === 'BAD_TOKEN') {
      const { reason, details } = result;
      if (!BOUND.includes(reason)) return { findings: [refused(reason, details)], ...none };
      const isUnheard = reason === 'CERTIFICATE_MISSING' && options.certificateHeader === null;
      const bound = isUnheard ? CERTIFICATE_UNHEARD : refused(reason, details);
      // All else of it was found to be good before its binding was looked at.
      const payload = decodeJwt(text);
      const { alg = '', ...header } = decodeProtectedHeader(text);
      const { accountHolder, client } = callerOf({ alg, ...header }, payload, options);
      const unbound = taken(readGrant(payload, options.scopes), client, config.access, clock.now());
      return { findings: unbound.verdict === 'OK' ? [bound] : [bound, unbound], accountHolder };
    }
    return { findings: [skipped(SUBJECT, 'Not looked at: there are no keys to check it with.')], ...none };
  } finally {
    await signIn.close();
  }
}

function refused(reason: RefusalReason, { because, expected, found }: RefusalDetails): Finding {
  const [says, mend] = REFUSAL_WORDS[reason];
  const details = [
    found === undefined ? [] : `found: ${found}`,
    expected === undefined ? [] : `expected: ${expected}`,
    because ?? [],
  ].flat();
  const all = details.length === 0 ? says : `${says} (${details.join('; ')})`;
  const what = diagnosis(reason, `${all}.`, mend);
  return BOUND.includes(reason) ? warning(SUBJECT, what) : fault(SUBJECT, what);
}

function taken(
  grant: Grant,
  client: string | null,
  { scopes, stepUp }: Config['access'],
  now: number,
): Finding {
  const lacks = scopes === null ? [] : SCOPES.filter((scope) => !grant.scopes.has(scope));
  const of = client === null ? '' : ` It is of the app ${shown(client)}.`;
  if (lacks.length > 0) {
    return warning(
      SUBJECT,
      diagnosis(
        'SCOPES_MISSING',
        `It is taken, but lacks ${lacks.join(', ')}: what these open is FORBIDDEN.${of}`,
        'Where the sign-in calls them otherwise, say so by AUTH_SCOPE_MAP; where it holds them in another claim, by AUTH_SCOPE_CLAIMS.',
      ),
    );
  }
  if (isTooWeak(grant, stepUp, now)) {
    const age = grant.authTime === null ? 'missing' : `${Math.floor(now / 1000) - grant.authTime} s ago`;
    return warning(
      SUBJECT,
      diagnosis(
        'STEP_UP_NEEDED',
        `It is taken, but not for a push (acr: ${shown(grant.acr ?? undefined)}; auth_time: ${age}).${of}`,
        'The app signs the account holder in again as STEP_UP_REQUIRED says; compare STEP_UP_ACR and STEP_UP_MAX_AGE.',
      ),
    );
  }
  return well(SUBJECT, `It is taken, for all that the gateway does.${of}`);
}

function isTooWeak(grant: Grant, stepUp: StepUpSettings | null, now: number): boolean {
  try {
    requireStepUp(stepUp, grant, now);
    return false;
  } catch (error) {
    if (error instanceof GatewayError) return true;
    throw error;
  }
}
