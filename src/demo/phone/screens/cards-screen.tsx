/** The first screen: her cards and accounts, one or several to be chosen. */
import { useState } from 'preact/hooks';
import { type CardFragment, Cards } from '../../generated.js';
import { useAnswer, useBank, useWords } from '../../wire/bank.js';
import { CardFace, CardName, Loading, NotAnswered, Screen } from '../parts.js';
import { goTo, linkTo } from '../route.js';

/** MDES takes no more in one push. */
const MOST_CARDS = 5;

export function CardsScreen() {
  const words = useWords();
  const bank = useBank();
  const { data, error, again } = useAnswer(Cards, {});
  const [chosen, setChosen] = useState(bank.chosen);
  const [isTold, setTold] = useState(false);
  const toggle = (id: string) => {
    bank.chosen = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
    setChosen(bank.chosen);
  };
  const goOn = () => (chosen.length === 0 ? setTold(true) : goTo({ screen: 'wallets', cards: chosen }));
  return (
    <Screen
      title={words.cardsTitle}
      extra={
        <a class="quiet" href={linkTo({ screen: 'history' })}>
          {words.history}
        </a>
      }
      footer={
        <>
          <p class="hint" role="status">
            {chosen.length > 0 ? words.chosen(chosen.length) : isTold ? words.chooseFirst : ''}
          </p>
          <button type="button" class="first" onClick={goOn}>
            {words.goOn}
          </button>
        </>
      }
    >
      <p class="soft">{words.cardsIntro}</p>
      {error === null ? null : <NotAnswered error={error} again={again} />}
      {data === null && error === null ? <Loading /> : null}
      <ul class="cards" aria-label={words.cardsTitle}>
        {(data?.fundingAccounts ?? []).map((card) => (
          <CardChoice
            key={card.id}
            card={card}
            checked={chosen.includes(card.id)}
            full={chosen.length >= MOST_CARDS}
            toggle={() => toggle(card.id)}
          />
        ))}
      </ul>
    </Screen>
  );
}

interface CardChoiceProps {
  readonly card: CardFragment;
  readonly checked: boolean;
  /** As many are chosen as can be. */
  readonly full: boolean;
  readonly toggle: () => void;
}

function CardChoice({ card, checked, full, toggle }: CardChoiceProps) {
  const words = useWords();
  const inactive = card.status !== 'ACTIVE';
  return (
    <li>
      <label class={inactive ? 'choice inactive' : 'choice'}>
        <input
          type="checkbox"
          checked={checked}
          disabled={inactive || (full && !checked)}
          onChange={toggle}
          value={card.id}
        />
        <CardFace card={card} />
        <span class="choice-text">
          <CardName card={card} />
          {inactive ? <span class="tag">{words.status[card.status]}</span> : null}
        </span>
        <span class="tick" aria-hidden="true" />
      </label>
    </li>
  );
}
