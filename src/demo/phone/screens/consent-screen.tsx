/** The third screen: what is shared and with whom, before anything leaves the bank. */
import { useState } from 'preact/hooks';
import { type AccountHolderDataItem, Consent, type ConsentQuery } from '../../generated.js';
import { useAnswer, useBank, useSettings, useWords } from '../../wire/bank.js';
import { bringIntoSight } from '../bring-into-sight.js';
import { CardFace, CardName, Loading, Logo, NotAnswered, Screen } from '../parts.js';
import { linkTo } from '../route.js';
import { SharedData } from '../shared-data.js';
import { usePush } from '../use-push.js';
import { PushTrouble } from './push-trouble.js';

type Way = 'LINK' | 'DATA';
type Account = NonNullable<ConsentQuery['fundingAccounts']>[number];
export type Terms = NonNullable<Account['eligibility']>[number];

interface ConsentProps {
  readonly cards: readonly string[];
  readonly wallet: string;
}

export function ConsentScreen({ cards, wallet }: ConsentProps) {
  const words = useWords();
  const { platform } = useSettings();
  const { data, error, again } = useAnswer(Consent, { cards: [...cards], wallet, platform });
  const accounts = data?.fundingAccounts ?? [];
  const terms = accounts[0]?.eligibility?.[0];
  if (terms !== undefined) return <Asking accounts={accounts} terms={terms} cards={cards} />;
  const isNowhere = data !== null && error === null;
  return (
    <Screen
      title={isNowhere ? words.walletsTitle : words.consentTitle('…')}
      back={linkTo({ screen: 'wallets', cards })}
    >
      {error === null ? null : <NotAnswered error={error} again={again} />}
      {data === null && error === null ? <Loading /> : null}
      {isNowhere ? (
        <p class="note" role="alert">
          {words.noSuchWallet}
        </p>
      ) : null}
    </Screen>
  );
}

interface AskingProps {
  readonly accounts: readonly Account[];
  readonly terms: Terms;
  readonly cards: readonly string[];
}

function Asking({ accounts, terms, cards }: AskingProps) {
  const words = useWords();
  const bank = useBank();
  const { platform, language } = useSettings();
  const { tokenRequestor: wallet, accountHolderDataPreview: preview } = terms;
  const ways = waysTo(terms, platform);
  const [way, setWay] = useState<Way>(ways[0] ?? 'LINK');
  const [refused, setRefused] = useState<readonly AccountHolderDataItem[]>([]);
  const pushing = usePush();
  const given = wallet.supportedAccountHolderData.filter(
    (item) => !refused.includes(item) && preview != null && !preview.missing.includes(item),
  );
  const agree = () =>
    pushing.push({
      tokenRequestorId: wallet.id,
      fundingAccountIds: [...cards],
      accountHolderData: given,
      platform,
      locale: language,
      ...(way === 'DATA' ? { requestIssuerInitiatedDigitizationData: true } : { callbackUrl: bank.backUrl }),
    });
  return (
    <Screen
      title={words.consentTitle(wallet.consumerFacingEntityName)}
      back={linkTo({ screen: 'wallets', cards })}
      footer={
        <>
          <button type="button" class="first" disabled={pushing.state.kind === 'SENDING'} onClick={agree}>
            {words.agree}
          </button>
          <a class="button second" href={linkTo({ screen: 'wallets', cards })}>
            {words.notNow}
          </a>
        </>
      }
    >
      <div class="journey">
        <span class="fan">
          {accounts.map((card) => (
            <CardFace key={card.id} card={card} />
          ))}
        </span>
        <span class="arrow onwards" aria-hidden="true" />
        <Logo wallet={wallet} large />
      </div>
      <h2>{words.sharedTitle}</h2>
      <ul class="plain">
        {accounts.map((card) => (
          <li key={card.id}>
            <CardName card={card} />
          </li>
        ))}
      </ul>
      <p class="soft">{words.sharedNumber(wallet.consumerFacingEntityName)}</p>
      <SharedData terms={terms} refused={refused} setRefused={setRefused} />
      {ways.length > 1 ? <WayChoice way={way} setWay={setWay} /> : null}
      <PushTrouble pushing={pushing} />
    </Screen>
  );
}

/** The better one first: on a phone the app gives the data to the wallet's own app, in a browser a link is opened. */
function waysTo({ tokenRequestor: wallet }: Terms, platform: string): readonly Way[] {
  const methods: readonly string[] = wallet.supportedPushMethods;
  const link: readonly Way[] = methods.includes(platform) || methods.includes('WEB') ? ['LINK'] : [];
  const data: readonly Way[] = wallet.supportsIssuerInitiatedDigitizationData ? ['DATA'] : [];
  return platform === 'WEB' ? [...link, ...data] : [...data, ...link];
}

function WayChoice({ way, setWay }: { readonly way: Way; readonly setWay: (way: Way) => void }) {
  return (
    <details onToggle={({ currentTarget: part }) => part.open && bringIntoSight(part)}>
      <summary lang="en" dir="ltr">
        For testers: how it goes over
      </summary>
      <fieldset class="chips" lang="en" dir="ltr">
        <legend class="unseen">How it goes over</legend>
        <label>
          <input type="radio" name="way" checked={way === 'LINK'} onChange={() => setWay('LINK')} />
          <span>Redirect: a link that comes back</span>
        </label>
        <label>
          <input type="radio" name="way" checked={way === 'DATA'} onChange={() => setWay('DATA')} />
          <span>Proprietary: digitization data for its SDK</span>
        </label>
      </fieldset>
    </details>
  );
}
