/** What stands between the tap and the push: it is being sent, she has to sign in again, a rule says no, or nobody can answer. */
import { useEffect, useRef } from 'preact/hooks';
import { useWords } from '../../wire/bank.js';
import { bringIntoSight } from '../bring-into-sight.js';
import { Loading, NotAnswered, Said } from '../parts.js';
import { linkTo } from '../route.js';
import { type PushState, renewed, type usePush } from '../use-push.js';

/** It stands below what may be longer than the screen: each time it changes it is brought into sight. */
export function PushTrouble({ pushing }: { readonly pushing: ReturnType<typeof usePush> }) {
  const { kind } = pushing.state;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (kind !== 'IDLE') bringIntoSight(place.current);
  }, [kind]);
  return kind === 'IDLE' ? null : (
    <div ref={place}>
      <Trouble pushing={pushing} />
    </div>
  );
}

function Trouble({ pushing }: { readonly pushing: ReturnType<typeof usePush> }) {
  const { state, repeat } = pushing;
  switch (state.kind) {
    case 'IDLE':
      return null;
    case 'SENDING':
      return <Loading />;
    case 'STEP_UP':
      return <StepUp state={state} pushing={pushing} />;
    case 'REFUSED':
      return <Refused state={state} pushing={pushing} />;
    case 'FAILED':
      return <NotAnswered error={state.error} again={() => repeat(state.input)} />;
  }
}

type Part<Kind extends PushState['kind']> = {
  readonly state: Extract<PushState, { kind: Kind }>;
  readonly pushing: ReturnType<typeof usePush>;
};

function StepUp({ state: { input, acrValues }, pushing }: Part<'STEP_UP'>) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby="step-up" onCancel={pushing.giveUp}>
      <h2 id="step-up">{words.stepUpTitle}</h2>
      <p>{words.stepUpText}</p>
      <button type="button" class="first" onClick={() => pushing.confirm(input, acrValues)}>
        {words.confirm}
      </button>
      <button type="button" class="second" onClick={pushing.giveUp}>
        {words.notNow}
      </button>
    </dialog>
  );
}

function Refused({ state: { input, refusal }, pushing }: Part<'REFUSED'>) {
  const words = useWords();
  const { retryRule } = refusal;
  return (
    <div class="note bad" role="alert">
      <Said text={refusal.accountHolderText} language={refusal.accountHolderTextLanguage} />
      <p class="code" lang="en" dir="ltr">
        {[refusal.code, refusal.reasonCode].filter((code) => code !== null).join(' · ')}
      </p>
      {retryRule === 'SAME_KEY' || retryRule === 'NEW_KEY' ? (
        <button
          type="button"
          class="second"
          onClick={() => (retryRule === 'SAME_KEY' ? pushing.repeat(input) : pushing.push(renewed(input)))}
        >
          {words.tryAgain}
        </button>
      ) : (
        <a class="button second" href={linkTo({ screen: 'cards' })}>
          {words.otherCard}
        </a>
      )}
    </div>
  );
}
