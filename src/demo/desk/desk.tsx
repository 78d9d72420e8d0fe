/** Above the phone: who she is, in which language and on which device, and what testers can make fail. */
import { useEffect, useState } from 'preact/hooks';
import type { Platform } from '../generated.js';
import { goTo } from '../phone/route.js';
import { useBank, useSettings } from '../wire/bank.js';
import { ACCOUNT_HOLDERS, type AccountHolder, PLATFORMS, type Settings } from '../wire/settings.js';
import { isLanguage, LANGUAGES } from '../words/words.js';
import { Testers } from './testers.js';

const HOLDER_NAMES: Readonly<Record<AccountHolder, string>> = {
  susan: 'Susan: all goes well',
  amir: 'Amir: all that can go wrong',
};
const PLATFORM_NAMES: Readonly<Record<Platform, string>> = {
  WEB: 'Browser',
  IOS: 'iPhone',
  ANDROID: 'Android',
};
const WIDE = '(min-width: 60rem)';

export function Desk() {
  return (
    <header class="desk">
      <p class="brand">
        <img src="demo/icon.svg" alt="" width="36" height="36" />
        <span>
          <b>Moon Bank</b>
          <span class="soft">A demo of Token Connect</span>
        </span>
      </p>
      <button type="button" class="skip" onClick={skip}>
        Underneath
      </button>
      <Choices />
    </header>
  );
}

/** No link: the fragment of the URL says where the app is. */
function skip(): void {
  const pane = document.getElementById('underneath-title');
  pane?.scrollIntoView();
  pane?.focus();
}

/** On a phone they are folded away: the app comes first there. */
function Choices() {
  const bank = useBank();
  const { accountHolder, language, platform } = useSettings();
  const isWide = useIsWide();
  const choose = (change: Partial<Settings>) => bank.settings.update((all) => ({ ...all, ...change }));
  const signIn = (holder: AccountHolder) => {
    bank.forget();
    choose({ accountHolder: holder });
    goTo({ screen: 'cards' });
  };
  return (
    <details class="choices" open={isWide}>
      <summary>Settings</summary>
      <div class="choices-row">
        <Choice
          label="Account holder"
          value={accountHolder}
          options={ACCOUNT_HOLDERS.map((one) => [one, HOLDER_NAMES[one]])}
          choose={(value) => signIn(ACCOUNT_HOLDERS.find((one) => one === value) ?? 'susan')}
        />
        <Choice
          label="Language"
          value={language}
          options={Object.entries(LANGUAGES)}
          choose={(value) => choose({ language: isLanguage(value) ? value : 'en' })}
        />
        <Choice
          label="Device"
          value={platform}
          options={PLATFORMS.map((one) => [one, PLATFORM_NAMES[one]])}
          choose={(value) => choose({ platform: PLATFORMS.find((one) => one === value) ?? 'WEB' })}
        />
        <Testers beAmir={() => signIn('amir')} />
      </div>
    </details>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, name: string])[];
  readonly choose: (value: string) => void;
}

function Choice({ label, value, options, choose }: ChoiceProps) {
  return (
    <label class="setting">
      <span>{label}</span>
      <select value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {options.map(([one, name]) => (
          <option key={one} value={one} selected={one === value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function useIsWide(): boolean {
  const [isWide, setWide] = useState(() => window.matchMedia(WIDE).matches);
  useEffect(() => {
    const query = window.matchMedia(WIDE);
    const read = () => setWide(query.matches);
    query.addEventListener('change', read);
    return () => query.removeEventListener('change', read);
  }, []);
  return isWide;
}
