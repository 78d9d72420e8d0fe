/** The two forms in which an answer says no: MDES's `errors[]`, and `Errors.Error[]` of the API gateway before it. */
import { z } from 'zod';
import type { MdesReason } from '../mdes-error.js';

const MdesErrors = z.object({
  errors: z.tuple(
    [z.object({ source: z.string(), reasonCode: z.string().min(1), description: z.string().nullish() })],
    z.unknown(),
  ),
});

const ApiGatewayEntry = z.object({
  Source: z.string(),
  ReasonCode: z.string().min(1),
  Description: z.string().nullish(),
});

const ApiGatewayErrors = z.object({
  Errors: z.object({
    // An API gateway that makes its JSON from XML writes a list of one as the thing itself.
    Error: z.union([z.tuple([ApiGatewayEntry], z.unknown()).transform(([entry]) => entry), ApiGatewayEntry]),
  }),
});

/** The first reason of `errors[]`; null when there is none. */
export function mdesReason(json: unknown): MdesReason | null {
  const parsed = MdesErrors.safeParse(json);
  if (!parsed.success) return null;
  const [{ source, reasonCode, description }] = parsed.data.errors;
  return reason(source === 'INPUT' ? 'INPUT' : 'MDES', reasonCode, description);
}

/** `authenticated`: the API gateway let us pass, what lies behind it said no. */
export function apiGatewayReason(json: unknown): { reason: MdesReason; authenticated: boolean } | null {
  const parsed = ApiGatewayErrors.safeParse(json);
  if (!parsed.success) return null;
  const { Source, ReasonCode, Description } = parsed.data.Errors.Error;
  // What follows a colon are values: signature base strings and body hashes.
  const description = Description?.split(':', 1)[0];
  return { reason: reason('GATEWAY', ReasonCode, description), authenticated: Source !== 'Gateway' };
}

const REASON_CODE = /^(?!.*\d{4})[A-Za-z][\w.-]{0,99}$/;
const DESCRIPTION_LENGTH = 200;

function reason(
  source: MdesReason['source'],
  reasonCode: string,
  description: string | null | undefined,
): MdesReason {
  return {
    source,
    // Channel teams see it: only what looks like a code is passed on.
    reasonCode: REASON_CODE.test(reasonCode) ? reasonCode : 'UNRECOGNIZED',
    description: description ? withoutValues(description) : null,
  };
}

/** A description may echo what it complains about: whatever could be a number, a key or encoded data is cut out. */
function withoutValues(description: string): string {
  return description
    .slice(0, DESCRIPTION_LENGTH)
    .replace(/[^\x20-\x7e]/g, ' ')
    .replace(/[A-Za-z0-9+/=%]+/g, (word) =>
      /\d{4}/.test(word) || /^(?=.*\d).{9,}$/.test(word) ? '…' : word,
    );
}
