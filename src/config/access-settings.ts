/** The settings of what a token has to allow: scopes, and the strong and fresh sign-in that a push needs. */
import { SCOPES, type Scope } from '../domain/grant.js';
import { embedsSignIn, isProduction } from './rules/embedded-rules.js';
import type { SettingReader } from './setting-reader.js';

export interface ScopeSettings {
  /** Where the token holds them: names of claims, or the way to one with dots. */
  readonly claims: readonly string[];
  /** What the sign-in calls ours; any one of several names will do. */
  readonly names: Readonly<Record<Scope, readonly string[]>>;
}

/** null: that is not looked at. */
export interface StepUpSettings {
  readonly acrValues: readonly string[] | null;
  readonly maxAgeSeconds: number | null;
}

export interface AccessSettings {
  /** null: scopes are not looked at. */
  readonly scopes: ScopeSettings | null;
  /** null: any good token pushes. */
  readonly stepUp: StepUpSettings | null;
}

const USUAL_CLAIMS = ['scope', 'scp'];
/** What a scope (RFC 6749) and an acr value can consist of, so that both can stand in a challenge. */
const NAME = /^[\x21\x23-\x5b\x5d-\x7e]{1,255}$/;
/** Of the demo sign-in: its tokens live for an hour, and are fresh for as long. */
const DEMO = { acrValues: ['urn:openbanking:psd2:sca'], maxAgeSeconds: 3600 } as const;

export function readAccessSettings(reader: SettingReader): AccessSettings {
  const isDemo = embedsSignIn(reader);
  const scopes = { claims: readClaims(reader, isDemo), names: readNames(reader) };
  // Who says where they are, or what they are called, means them to be looked at.
  const isMeant = reader.has('AUTH_SCOPE_MAP') || reader.has('AUTH_SCOPE_CLAIMS');
  const usual = isDemo || isProduction(reader) || isMeant ? 'on' : 'off';
  const areOn = (reader.choice('AUTH_SCOPES', ['on', 'off']) ?? usual) === 'on';
  return { scopes: areOn ? scopes : null, stepUp: readStepUp(reader, isDemo) };
}

function readClaims(reader: SettingReader, isDemo: boolean): string[] {
  const claims = words(reader.text('AUTH_SCOPE_CLAIMS') ?? '');
  if (claims.length === 0) return USUAL_CLAIMS;
  if (isDemo && !claims.includes('scope')) {
    reader.fault('AUTH_SCOPE_CLAIMS must name scope beside the demo sign-in, whose tokens hold them there.');
  }
  return claims;
}

function readNames(reader: SettingReader): ScopeSettings['names'] {
  const given = new Map<Scope, string[]>();
  for (const entry of reader.list('AUTH_SCOPE_MAP') ?? []) {
    const [ours = '', ...rest] = entry.split('=');
    const scope = SCOPES.find((one) => one === ours.trim());
    const names = words(rest.join('='));
    if (scope === undefined || names.length === 0 || !names.every((name) => NAME.test(name))) {
      reader.fault(
        `AUTH_SCOPE_MAP must list what the sign-in calls our scopes, like push:write=bank.cards.push; ours are ${SCOPES.join(', ')}.`,
      );
    } else given.set(scope, [...(given.get(scope) ?? []), ...names]);
  }
  const of = (scope: Scope) => given.get(scope) ?? [scope];
  return {
    'token-requestors:read': of('token-requestors:read'),
    'assets:read': of('assets:read'),
    'accounts:read': of('accounts:read'),
    'push:read': of('push:read'),
    'push:write': of('push:write'),
  };
}

function readStepUp(reader: SettingReader, isDemo: boolean): StepUpSettings | null {
  const choice = reader.choice('STEP_UP', ['on', 'off']);
  const acrValues = readAcrValues(reader);
  const maxAgeSeconds = readMaxAge(reader);
  if (choice === 'off') return null;
  const mustBothBeSet = isProduction(reader) || (choice === 'on' && !isDemo);
  for (const name of mustBothBeSet ? (['STEP_UP_ACR', 'STEP_UP_MAX_AGE'] as const) : []) {
    if (reader.has(name)) continue;
    reader.fault(
      `${name} is missing: a push needs a strong and a fresh sign-in. Set it, or STEP_UP=off where any good token shall push.`,
    );
  }
  if (isDemo) {
    return {
      acrValues: acrValues ?? DEMO.acrValues,
      maxAgeSeconds: maxAgeSeconds ?? DEMO.maxAgeSeconds,
    };
  }
  return acrValues === null && maxAgeSeconds === null ? null : { acrValues, maxAgeSeconds };
}

function readAcrValues(reader: SettingReader): string[] | null {
  const text = reader.text('STEP_UP_ACR');
  if (text === null) return null;
  const values = words(text);
  if (values.length === 0 || !values.every((value) => NAME.test(value))) {
    reader.fault('STEP_UP_ACR must list acr values like urn:bank:sca, separated by commas.');
  }
  return values;
}

function readMaxAge(reader: SettingReader): number | null {
  const text = reader.text('STEP_UP_MAX_AGE');
  if (text === null) return null;
  // Seconds, as OpenID Connect counts them, or a duration as everywhere else.
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : reader.duration('STEP_UP_MAX_AGE', 0) / 1000;
}

/** Separated by commas, blanks or line ends. */
function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}
