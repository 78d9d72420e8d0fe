/** The demo accounts, as the card store shows them and as it hands out their data. */
import { rangeStart } from '../catalogue/account-ranges.js';
import { AMIRS_ACCOUNTS } from './amir.js';
import type { DemoAccount, HolderData } from './demo-account.js';
import { SUSANS_ACCOUNTS } from './susan.js';

export const HOLDER_ITEMS = ['NAME', 'ADDRESS', 'EMAIL_ADDRESS', 'MOBILE_PHONE_NUMBER'] as const;
type HolderItem = (typeof HOLDER_ITEMS)[number];

const MEMBER_OF: Readonly<Record<HolderItem, keyof HolderData>> = {
  NAME: 'accountHolderName',
  ADDRESS: 'accountHolderAddress',
  EMAIL_ADDRESS: 'accountHolderEmailAddress',
  MOBILE_PHONE_NUMBER: 'accountHolderMobilePhoneNumber',
};

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [...SUSANS_ACCOUNTS, ...AMIRS_ACCOUNTS];

/** The ranges of the demo accounts, 19 digits each. */
export const DEMO_ACCOUNT_RANGES: readonly string[] = [
  ...new Set(DEMO_ACCOUNTS.map((account) => rangeStart(account.range))),
];

/** Without anything that a channel must not see, but with the expiry, so that it need not be asked for with the number. */
export function listed(account: DemoAccount, artBase: string | undefined): object {
  const { id, accountHolder, kind, label, status, art, range } = account;
  const artUrl = art === null || artBase === undefined ? null : artBase + art;
  const number = account.kind === 'CARD' ? account.data.accountNumber : account.data.financialAccountId;
  const lastFour = number.slice(-4);
  const accountRange = range.padEnd(9, '0');
  return { id, accountHolder, kind, label, lastFour, status, artUrl, accountRange, ...expiryOf(account) };
}

function expiryOf(account: DemoAccount): object {
  if (account.kind !== 'CARD') return {};
  const { expiryMonth = null, expiryYear = null } = account.data;
  return { expiryMonth, expiryYear };
}

/** Everything that MDES needs, with the holder items that were asked for. */
export function detailed(account: DemoAccount, items: readonly HolderItem[]): object {
  const { id, accountHolder, holder } = account;
  const members = items
    .map((item) => MEMBER_OF[item])
    .filter((member) => holder[member] !== undefined)
    .map((member) => [member, holder[member]]);
  return {
    id,
    accountHolder,
    [account.kind === 'CARD' ? 'cardAccountData' : 'financialAccountData']: account.data,
    ...(items.length === 0 ? {} : { accountHolderData: Object.fromEntries(members) }),
  };
}
