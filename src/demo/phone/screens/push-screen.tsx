/** The last screen: a push on its way, over to the wallet and back, and what became of it. */
import { useRef, useState } from 'preact/hooks';
import { useBank, useWords } from '../../wire/bank.js';
import { Countdown, useTimeLeft } from '../countdown.js';
import { Moon } from '../moon.js';
import { CardFace, LastFour, Loading, NotAnswered, Said, Screen } from '../parts.js';
import { goTo, linkTo } from '../route.js';
import { useFollowedPush } from '../use-followed-push.js';
import { type FollowedPush, renewed, usePush } from '../use-push.js';
import { outcomeIn, type Visit, visitFor } from '../visit.js';
import { WalletFrame } from '../wallet-frame.js';
import { PushTrouble } from './push-trouble.js';
import { WhatNext } from './what-next.js';

export function PushScreen({ id }: { readonly id: string }) {
  const words = useWords();
  const bank = useBank();
  const followed = useFollowedPush(id);
  const { push, error, missing, ask } = followed;
  const [visit, setVisit] = useState<Visit | null>(null);
  const last = useRef<Visit | null>(null);
  const left = useTimeLeft(push?.expiresAt);
  const pushing = usePush();
  if (push === null) {
    return (
      <Screen title={words.historyTitle} back={linkTo({ screen: 'history' })}>
        {error === null ? (
          missing ? (
            <p>{words.notFound}</p>
          ) : (
            <Loading />
          )
        ) : (
          <NotAnswered error={error} again={ask} />
        )}
      </Screen>
    );
  }
  const name = push.tokenRequestor?.consumerFacingEntityName ?? '';
  const open = (next: Visit) => {
    last.current = next;
    void followed.handOff().then(() => setVisit(next));
  };
  if (visit !== null) {
    const onBack = (query: URLSearchParams) => {
      const outcome = outcomeIn(query);
      setVisit(null);
      void (outcome === null || visit.account === null ? ask() : followed.report(visit.account, outcome));
    };
    return <WalletFrame name={name} url={visit.url} onBack={onBack} onLeave={() => setVisit(null)} />;
  }
  const renew = () => {
    const input = bank.orderOf(push.id);
    if (input !== null) return pushing.push(renewed(input));
    const cards = push.accounts.map(({ fundingAccountId }) => fundingAccountId);
    goTo({ screen: 'consent', cards, wallet: push.tokenRequestorId });
  };
  const isOver = left === 0 && (push.status === 'READY' || push.status === 'HANDED_OFF');
  const status = isOver ? 'EXPIRED' : push.status;
  return (
    <Screen
      title={words.titles[status]}
      back={linkTo({ screen: 'history' })}
      footer={
        <WhatNext
          push={push}
          isOver={isOver}
          next={visitFor(bank, push)}
          last={last.current}
          open={open}
          renew={renew}
          ask={ask}
          activate={(account) => void followed.report(account, 'AUTHENTICATED')}
        />
      }
    >
      <div class="result" role="status">
        <Moon status={status} size={88} />
        {isOver ? (
          <p>{words.expired}</p>
        ) : (
          <Said text={push.accountHolderText} language={push.accountHolderTextLanguage} />
        )}
      </div>
      {left === null || isOver || push.nextStep?.__typename === 'DoneStep' ? null : <Countdown left={left} />}
      <Accounts push={push} />
      {error === null ? null : <NotAnswered error={error} again={ask} />}
      <PushTrouble pushing={pushing} />
    </Screen>
  );
}

function Accounts({ push }: { readonly push: FollowedPush }) {
  return (
    <ul class="plain outcomes">
      {push.accounts.map(({ id, fundingAccount, lastFour, refusal, ...account }) => {
        const { accountHolderText: text, accountHolderTextLanguage: language } = account;
        const isNews = refusal == null && text != null && text !== push.accountHolderText;
        return (
          <li key={id}>
            <CardFace card={{ artUrl: fundingAccount?.artUrl ?? null, label: '' }} />
            <span class="choice-text">
              <b dir="auto">{fundingAccount?.label ?? ''}</b>
              <LastFour digits={lastFour} />
              {refusal == null ? null : (
                <Said text={refusal.accountHolderText} language={refusal.accountHolderTextLanguage} />
              )}
              {isNews ? <Said text={text} language={language ?? 'en'} /> : null}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
