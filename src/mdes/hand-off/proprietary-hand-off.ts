/** Builds the links that take digitization data to a requestor with proprietary communication, by its profile. */
import type { HandOffEncoding, HandOffProfile } from '../../domain/hand-off-profile.js';
import { Secret } from '../../domain/secret.js';
import { withQuery } from '../../domain/url.js';

/** null where the app gives the data to the requestor's SDK itself. */
export function proprietaryLink(
  profile: HandOffProfile,
  digitizationData: Secret<string>,
): Secret<string> | null {
  if ('sdk' in profile) return null;
  const value = encode(digitizationData.reveal(), profile.encoding);
  return new Secret(withQuery(profile.link, `${profile.parameter}=${encodeURIComponent(value)}`));
}

/** @param base64 as MDES gives it */
function encode(base64: string, encoding: HandOffEncoding): string {
  const bytes = Buffer.from(base64, 'base64');
  switch (encoding) {
    case 'BASE64':
      return base64;
    case 'BASE64URL':
      return bytes.toString('base64url');
    case 'HEX':
      return bytes.toString('hex');
    case 'JSON':
      return bytes.toString('utf8');
    default:
      return encoding satisfies never;
  }
}
