/** What she can do with a push where it stands. */
import { useWords } from '../../wire/bank.js';
import { linkTo } from '../route.js';
import type { FollowedPush } from '../use-push.js';
import type { Visit } from '../visit.js';

interface WhatNextProps {
  readonly push: FollowedPush;
  /** Its link has expired, by the clock of this page. */
  readonly isOver: boolean;
  readonly next: Visit | null;
  /** Where she went last; null before that, and after a reload. */
  readonly last: Visit | null;
  readonly open: (visit: Visit) => void;
  readonly renew: () => void;
  readonly ask: () => void;
  readonly activate: (fundingAccountId: string) => void;
}

export function WhatNext(props: WhatNextProps) {
  const words = useWords();
  const { push, isOver, next, last, open, renew, ask } = props;
  const name = push.tokenRequestor?.consumerFacingEntityName ?? '';
  if (isOver) return <First say={words.newLink} do={renew} />;
  if (next !== null) {
    const [turn, count] = next.turn;
    const say = words.openWallet(name) + (count > 1 ? ` (${words.cardOf(turn, count)})` : '');
    return <First say={say} do={() => open(next)} />;
  }
  if (push.nextStep == null) return <First say={words.tryAgain} do={renew} />;
  if (push.nextStep.__typename !== 'DoneStep') {
    return (
      <>
        {last === null ? (
          <First say={words.tryAgain} do={ask} />
        ) : (
          <First say={words.openAgain(name)} do={() => open(last)} />
        )}
        <Second say={words.newLink} do={renew} />
      </>
    );
  }
  return <AtTheEnd {...props} />;
}

function AtTheEnd({ push, renew, activate }: WhatNextProps) {
  const words = useWords();
  const followUp = push.nextStep?.__typename === 'DoneStep' ? push.nextStep.followUp : null;
  const waiting = push.accounts.find(({ outcome }) => outcome === 'REQUIRE_ADDITIONAL_AUTHENTICATION');
  return (
    <>
      {followUp === 'PUSH_AGAIN' ? <First say={words.tryAgain} do={renew} /> : null}
      {followUp === 'CHECK_WALLET' ? <First say={words.notInWallet} do={renew} /> : null}
      {followUp === 'ACTIVATE' && waiting !== undefined ? (
        <First say={words.activate} do={() => activate(waiting.fundingAccountId)} />
      ) : null}
      {followUp === 'OTHER_ACCOUNT' ? (
        <a class="button first" href={linkTo({ screen: 'cards' })}>
          {words.otherCard}
        </a>
      ) : null}
      <a class={followUp == null ? 'button first' : 'button second'} href={linkTo({ screen: 'cards' })}>
        {words.done}
      </a>
    </>
  );
}

interface DeedProps {
  readonly say: string;
  readonly do: () => void;
}

function First({ say, do: act }: DeedProps) {
  return (
    <button type="button" class="first" onClick={act}>
      {say}
    </button>
  );
}

function Second({ say, do: act }: DeedProps) {
  return (
    <button type="button" class="second" onClick={act}>
      {say}
    </button>
  );
}
