/** What is chosen above the phone: who she is, her language, her device. */
import type { Platform } from '../generated.js';
import type { Language } from '../words/words.js';

export const ACCOUNT_HOLDERS = ['susan', 'amir'] as const;
export type AccountHolder = (typeof ACCOUNT_HOLDERS)[number];

export const PLATFORMS: readonly Platform[] = ['WEB', 'IOS', 'ANDROID'];

export interface Settings {
  readonly accountHolder: AccountHolder;
  readonly language: Language;
  readonly platform: Platform;
  /** Whether her sign-in is old and weak, as a step-up would not take it. */
  readonly signedInLongAgo: boolean;
  /** Whether the wallets that always fail are offered: account holders never see them. */
  readonly showsMagic: boolean;
}
