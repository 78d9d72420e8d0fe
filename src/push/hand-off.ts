/** How the account holder, with what was pushed, gets over to the token requestor. */
import type { HandOffProfiles } from '../domain/hand-off-profile.js';
import { PLATFORMS, type Platform } from '../domain/token-requestor.js';
import { proprietaryLink } from '../mdes/hand-off/proprietary-hand-off.js';
import type { PushedAccount, PushHandOff } from './push.js';

/** Whether it is the one to open on `platform`: made for it, or for the web where nothing is. */
export function isRecommended(
  handOff: Pick<PushHandOff, 'platform'>,
  all: readonly Pick<PushHandOff, 'platform'>[],
  platform: Platform | null,
): boolean {
  if (platform === null) return false;
  const best = all.some((one) => one.platform === platform) ? platform : 'WEB';
  return handOff.platform === best;
}

/** A link per platform and account for a requestor whose profile has some; none where the app uses its SDK. */
export function proprietaryHandOffs(
  profiles: HandOffProfiles,
  tokenRequestorId: string,
  accounts: readonly PushedAccount[],
): PushHandOff[] {
  const byPlatform = profiles.get(tokenRequestorId) ?? {};
  return accounts.flatMap(({ fundingAccountId, result }) => {
    const data = result?.kind === 'PUSHED' ? result.secrets?.digitizationData : null;
    if (data == null) return [];
    return PLATFORMS.flatMap((platform) => {
      const profile = byPlatform[platform];
      const url = profile === undefined ? null : proprietaryLink(profile, data);
      return url === null ? [] : [{ platform, url, fundingAccountId }];
    });
  });
}
