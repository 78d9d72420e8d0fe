/** What several screens show: the frame of a screen, cards, logos, and what went wrong. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { CardFragment, WalletFragment } from '../generated.js';
import { useBank, useWords } from '../wire/bank.js';
import type { AnswerError } from '../wire/gateway.js';
import { directionOf } from '../words/words.js';

interface ScreenProps {
  readonly title: string;
  /** Where back leads to; none on the first screen. */
  readonly back?: string;
  readonly extra?: ComponentChildren;
  readonly footer?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The heading takes the focus, so that a screen reader tells where she is and the keyboard goes on from there. */
export function Screen({ title, back, extra, footer, children }: ScreenProps) {
  const words = useWords();
  const bank = useBank();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Not when the page has just been opened: it would be read from the middle.
    if (!bank.hasMoved) return;
    // By itself the browser would go on scrolling until the heading is in the middle.
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [bank]);
  return (
    <section class="screen" aria-label={title}>
      <header class="screen-bar">
        {back === undefined ? (
          <span />
        ) : (
          <a class="quiet" href={back}>
            <span class="arrow" aria-hidden="true" />
            {words.back}
          </a>
        )}
        {extra}
      </header>
      <div class="screen-body">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </div>
      {footer === undefined ? null : <footer class="screen-foot">{footer}</footer>}
    </section>
  );
}

export function CardFace({ card }: { readonly card: Pick<CardFragment, 'artUrl' | 'label'> }) {
  return card.artUrl == null ? (
    <span class="face plain" aria-hidden="true" />
  ) : (
    <img class="face" src={card.artUrl} alt="" width="84" height="53" />
  );
}

export function CardName({ card }: { readonly card: Pick<CardFragment, 'label' | 'lastFour'> }) {
  return (
    <span class="card-name">
      <b dir="auto">{card.label}</b>
      <LastFour digits={card.lastFour} />
    </span>
  );
}

export function LastFour({ digits }: { readonly digits: string }) {
  return (
    <bdi class="digits" dir="ltr">
      <span aria-hidden="true">••••</span> {digits}
    </bdi>
  );
}

export function Logo({
  wallet,
  large = false,
}: {
  readonly wallet: WalletFragment | null;
  readonly large?: boolean;
}) {
  const url = wallet?.logo?.svgUrl ?? wallet?.logo?.pngUrl;
  const size = large ? 72 : 48;
  const name = large ? 'logo large' : 'logo';
  return url == null ? (
    <span class={name} aria-hidden="true" />
  ) : (
    <img class={name} src={url} alt="" width={size} height={size} />
  );
}

/** A sentence of the gateway's, in the language that it says. */
export function Said({ text, language }: { readonly text: string; readonly language: string }) {
  return (
    <p lang={language} dir={directionOf(language)}>
      {text}
    </p>
  );
}

export function Loading() {
  const words = useWords();
  return (
    <p class="loading" role="status">
      <span class="moon" aria-hidden="true" />
      {words.loading}
    </p>
  );
}

export function NotAnswered({ error, again }: { readonly error: AnswerError; readonly again: () => void }) {
  const words = useWords();
  return (
    <div class="note bad" role="alert">
      <p>{error.code === 'NO_SIGN_IN' ? words.noSignIn : words.notNowPossible}</p>
      <p class="code" lang="en" dir="ltr">
        {error.code}
      </p>
      <button type="button" class="second" onClick={again}>
        {words.tryAgain}
      </button>
    </div>
  );
}
