/** Builds the URLs that take the account holder, with the receipts, to the token requestor. */
import { z } from 'zod';
import { Secret } from '../../domain/secret.js';
import { PLATFORMS, type Platform } from '../../domain/token-requestor.js';
import { isDangerous, withQuery } from '../../domain/url.js';
import type { HandOff, PushRequest } from '../mdes-client.js';
import { codeWord, type Omissions } from '../wire/known-values.js';

const PushMethod = z.object({ type: z.string(), uri: z.string() });

/** Absolute, without blanks and control characters: app schemes too. */
const URI = /^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/i;

export interface HandOffContent {
  readonly receipts: readonly string[];
  /** JWS; null: the requestor takes plain parameters. */
  readonly signature: string | null;
}

/** One per platform; the first counts. */
export function handOffs(
  methods: readonly unknown[],
  content: HandOffContent,
  request: Pick<PushRequest, 'callbackUrl' | 'accountHolderDataSupplied' | 'locale'>,
  omissions: Omissions,
): HandOff[] {
  const query =
    content.signature === null ? plainQuery(content.receipts, request) : signedQuery(content.signature);
  const urls = new Map<Platform, Secret<string>>();
  for (const [index, entry] of methods.entries()) {
    const method = PushMethod.safeParse(entry).data;
    const platform = PLATFORMS.find((known) => known === method?.type);
    if (method === undefined) omissions.note(`availablePushMethods.${index}`);
    else if (platform === undefined) omissions.note(`unknown push method ${codeWord(method.type)}`);
    else if (!URI.test(method.uri) || isDangerous(method.uri))
      omissions.note(`uri of push method ${platform}`);
    else if (urls.has(platform)) omissions.note(`a second push method ${platform}`);
    else urls.set(platform, new Secret(withQuery(method.uri, query)));
  }
  return [...urls].map(([platform, url]) => ({ platform, url }));
}

function signedQuery(signature: string): string {
  return `pushAccountData=${encodeURIComponent(signature)}`;
}

/** Only what differs from the default that the requestor assumes. */
function plainQuery(
  receipts: readonly string[],
  request: Pick<PushRequest, 'callbackUrl' | 'accountHolderDataSupplied' | 'locale'>,
): string {
  const parameters = [`pushAccountReceipts=${receipts.map(encodeURIComponent).join(',')}`];
  if (request.callbackUrl !== null) parameters.push(`callbackURL=${encodeURIComponent(request.callbackUrl)}`);
  if (request.accountHolderDataSupplied) parameters.push('accountHolderDataSupplied=true');
  if (request.locale !== null) parameters.push(`locale=${encodeURIComponent(request.locale)}`);
  return parameters.join('&');
}
