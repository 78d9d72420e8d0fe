/** How the account holder, with what was pushed, gets over to the token requestor. */
import type { HandOffProfiles } from '../domain/hand-off-profile.js';
import { PLATFORMS, type Platform } from '../domain/token-requestor.js';
import { proprietaryLink } from '../mdes/hand-off/proprietary-hand-off.js';
import { type Push, type PushedAccount, type PushHandOff, withoutSecrets } from './push.js';
import { pushStatus } from './push-status.js';

/** Those to open on `platform`: made for it, or for the web where nothing is, or whatever there is. */
export function bestHandOffs(all: readonly PushHandOff[], platform: Platform | null): readonly PushHandOff[] {
  for (const wanted of [platform, 'WEB', ...PLATFORMS]) {
    const found = all.filter((handOff) => handOff.platform === wanted);
    if (found.length > 0) return found;
  }
  return [];
}

/** Whether it is the one to open where the account holder said to be. */
export function isRecommended(handOff: PushHandOff, push: Push, profiles: HandOffProfiles): boolean {
  if (push.platform === null) return false;
  if (handOff.fundingAccountId !== null && sdkFor(profiles, push) !== null) return false;
  const best = push.handOffs.some(({ platform }) => platform === push.platform) ? push.platform : 'WEB';
  return handOff.platform === best;
}

/** The requestor's SDK that takes digitization data where the account holder is; null where there is none. */
export function sdkFor(
  profiles: HandOffProfiles,
  { tokenRequestorId, platform }: Pick<Push, 'tokenRequestorId' | 'platform'>,
): string | null {
  const profile = profiles.get(tokenRequestorId)?.[platform ?? 'WEB'];
  return profile !== undefined && 'sdk' in profile ? profile.sdk : null;
}

/** What may be taken of it: of a push that is done, nothing that a wallet would take once more. */
export function asHandedOut(push: Push): Push {
  return pushStatus(push) === 'COMPLETED' ? withoutSecrets(push) : push;
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
