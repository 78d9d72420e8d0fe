/** How digitization data goes over to requestors with proprietary communication, as the operators describe it. */
import { z } from 'zod';
import { PLATFORMS, type Platform } from './token-requestor.js';

/** How the data, base64 as MDES gives it, stands in the link's parameter; always percent-encoded where it has to be. */
const ENCODINGS = ['BASE64', 'BASE64URL', 'HEX', 'JSON'] as const;
export type HandOffEncoding = (typeof ENCODINGS)[number];

/** A link that carries the data, or the requestor's SDK, to which the app gives it. */
export type HandOffProfile =
  | { readonly link: string; readonly parameter: string; readonly encoding: HandOffEncoding }
  | { readonly sdk: string };

/** By token requestor id, then by platform. */
export type HandOffProfiles = ReadonlyMap<string, Partial<Readonly<Record<Platform, HandOffProfile>>>>;

const FORBIDDEN_SCHEME =
  /^(?:javascript|data|vbscript|file|blob|about|filesystem|intent|content|view-source):/i;
const LINK = /^[a-z][a-z0-9+.-]*:\/\/[\x21-\x7e]+$/i;

const link = z.strictObject({
  link: z
    .string()
    .max(512)
    .refine(
      (text) =>
        LINK.test(text) &&
        !FORBIDDEN_SCHEME.test(text) &&
        !/^http:\/\/(?!127\.0\.0\.1|localhost|\[::1\])/i.test(text),
      {
        message: 'must be an https:// link or an app scheme such as wallet://add',
      },
    ),
  parameter: z.string().regex(/^[A-Za-z0-9_.~-]{1,64}$/, 'must be the name of a query parameter'),
  encoding: z.enum(ENCODINGS).default('BASE64'),
});
const sdk = z.strictObject({ sdk: z.string().min(1).max(100) });

const profiles = z.record(
  z.string().regex(/^\d{11}$/, 'must be a token requestor id of 11 digits'),
  z.partialRecord(z.enum(PLATFORMS), z.union([link, sdk])),
);

/** @throws Error whose message is for the operator, and says where and how */
export function parseHandOffProfiles(text: string): HandOffProfiles {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error('it is not JSON');
  }
  const parsed = profiles.safeParse(json);
  if (parsed.success) return new Map(Object.entries(parsed.data));
  const [issue] = parsed.error.issues;
  throw new Error(`${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'is not a hand-off profile'}`);
}
