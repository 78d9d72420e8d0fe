/** Her personal data that can go along: each item masked, each hers to leave out. */
import type { AccountHolderDataItem } from '../generated.js';
import { useWords } from '../wire/bank.js';
import type { Terms } from './screens/consent-screen.js';

interface SharedDataProps {
  readonly terms: Terms;
  readonly refused: readonly AccountHolderDataItem[];
  readonly setRefused: (items: readonly AccountHolderDataItem[]) => void;
}

export function SharedData({ terms, refused, setRefused }: SharedDataProps) {
  const words = useWords();
  const { tokenRequestor: wallet, accountHolderDataPreview: preview } = terms;
  if (preview == null || wallet.supportedAccountHolderData.length === 0) return null;
  const toggle = (item: AccountHolderDataItem) =>
    setRefused(refused.includes(item) ? refused.filter((one) => one !== item) : [...refused, item]);
  return (
    <fieldset class="shared">
      <legend>{words.sharedData(wallet.consumerFacingEntityName)}</legend>
      {wallet.supportedAccountHolderData.map((item) => {
        const missing = preview.missing.includes(item);
        return (
          <label key={item} class={missing ? 'inactive' : ''}>
            <input
              type="checkbox"
              checked={!missing && !refused.includes(item)}
              disabled={missing}
              onChange={() => toggle(item)}
            />
            <span class="choice-text">
              <b>{words.items[item]}</b>
              {missing ? <span>{words.notThere}</span> : <bdi>{shown(preview, item)}</bdi>}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

type Preview = NonNullable<Terms['accountHolderDataPreview']>;

function shown(
  { name, address, emailAddress, mobilePhoneNumber }: Preview,
  item: AccountHolderDataItem,
): string {
  switch (item) {
    case 'NAME':
      return name ?? '';
    case 'EMAIL_ADDRESS':
      return emailAddress ?? '';
    case 'ADDRESS':
      return [address?.line1, address?.line2, address?.postalCode, address?.city, address?.country]
        .filter((part) => part != null && part !== '')
        .join(', ');
    case 'MOBILE_PHONE_NUMBER':
      return mobilePhoneNumber == null
        ? ''
        : `+${mobilePhoneNumber.countryDialInCode} ${mobilePhoneNumber.phoneNumber}`;
  }
}
