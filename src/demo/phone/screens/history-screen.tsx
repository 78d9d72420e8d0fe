/** Her pushes of the last 30 days. */
import { History } from '../../generated.js';
import { useAnswer, useSettings, useWords } from '../../wire/bank.js';
import { Moon } from '../moon.js';
import { LastFour, Loading, NotAnswered, Screen } from '../parts.js';
import { linkTo } from '../route.js';

export function HistoryScreen() {
  const words = useWords();
  const { language } = useSettings();
  const { data, error, again } = useAnswer(History, {});
  const pushes = data?.pushes?.nodes ?? [];
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <Screen title={words.historyTitle} back={linkTo({ screen: 'cards' })}>
      {error === null ? null : <NotAnswered error={error} again={again} />}
      {data === null && error === null ? <Loading /> : null}
      {data !== null && pushes.length === 0 ? (
        <>
          <p class="soft">{words.historyEmpty}</p>
          <a class="button second" href={linkTo({ screen: 'cards' })}>
            {words.cardsTitle}
          </a>
        </>
      ) : null}
      <ul class="wallets">
        {pushes.map(({ id, status, createdAt, tokenRequestor, accounts }) => (
          <li key={id}>
            <a href={linkTo({ screen: 'push', id })}>
              <Moon status={status} size={40} />
              <span class="choice-text">
                <b dir="auto">{tokenRequestor?.consumerFacingEntityName ?? words.titles[status]}</b>
                <span class="soft">{words.titles[status]}</span>
                <span class="soft">
                  {accounts.map((account) => (
                    <LastFour key={account.id} digits={account.lastFour} />
                  ))}{' '}
                  · <span class="when">{when.format(new Date(createdAt))}</span>
                </span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Screen>
  );
}
