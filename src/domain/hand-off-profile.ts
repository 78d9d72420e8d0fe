/** How digitization data goes over to requestors with proprietary communication, as the operators describe it. */
import { z } from 'zod';
import { isLoopbackHost } from './loopback.js';
import { PLATFORMS, type Platform } from './token-requestor.js';
import { isDangerous, isIntent, parseUrl } from './url.js';

/** How the data, base64 as MDES gives it, stands in the link's parameter; always percent-encoded where it has to be. */
const ENCODINGS = ['BASE64', 'BASE64URL', 'HEX', 'JSON'] as const;
export type HandOffEncoding = (typeof ENCODINGS)[number];

/** A link that carries the data, or the requestor's SDK, to which the app gives it. */
export type HandOffProfile =
  | { readonly link: string; readonly parameter: string; readonly encoding: HandOffEncoding }
  | { readonly sdk: string };

/** By token requestor id, then by platform. */
export type HandOffProfiles = ReadonlyMap<string, Partial<Readonly<Record<Platform, HandOffProfile>>>>;

/** Lark Wallet. */
const DEMO_WALLET = '50130000001';

const LINK = /^[a-z][a-z0-9+.-]*:\/\/[\x21-\x7e]+$/i;

const link = z.strictObject({
  link: z
    .string()
    .max(512)
    .refine(isLink, { message: 'must be an https:// link or an app scheme such as wallet://add' }),
  parameter: z.string().regex(/^[A-Za-z0-9_.~-]{1,64}$/, 'must be the name of a query parameter'),
  encoding: z.enum(ENCODINGS).default('BASE64'),
});
const sdk = z.strictObject({ sdk: z.string().min(1).max(100) });

const profiles = z.record(
  z.string().regex(/^\d{11}$/, 'must be a token requestor id of 11 digits'),
  z.partialRecord(z.enum(PLATFORMS), z.union([link, sdk])),
);

function isLink(text: string): boolean {
  const url = LINK.test(text) && !isDangerous(text) && !isIntent(text) ? parseUrl(text) : undefined;
  return (
    url !== undefined &&
    url.username === '' &&
    url.password === '' &&
    (url.protocol !== 'http:' || isLoopbackHost(url.hostname))
  );
}

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
  throw new Error(describe(parsed.error.issues[0]));
}

/** Of a profile that is neither link nor SDK: what the one that it comes closest to lacks. */
function describe(issue: z.core.$ZodIssue | undefined, path: readonly PropertyKey[] = []): string {
  if (issue === undefined) return 'it is no set of hand-off profiles';
  const here = [...path, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const [closest] = [...issue.errors].sort((a, b) => a.length - b.length);
    return describe(closest?.[0], here);
  }
  const message = issue.code === 'invalid_key' ? issue.issues[0]?.message : issue.message;
  return `${here.join('.') || 'it'}: ${message}`;
}

/** What operators would write of the demo's own wallet: a page of the simulator in a browser, an SDK on a phone. */
export function demoHandOffProfiles(simulatorUrl: string): HandOffProfiles {
  const web = {
    link: `${simulatorUrl}/wallet/${DEMO_WALLET}/add`,
    parameter: 'data',
    encoding: 'BASE64URL',
  } as const;
  const app = { sdk: 'LarkWalletKit' };
  return new Map([[DEMO_WALLET, { WEB: web, IOS: app, ANDROID: app }]]);
}
