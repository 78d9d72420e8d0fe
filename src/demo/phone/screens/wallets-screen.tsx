/** The second screen: where the chosen cards can go, with a search and a filter, and why not elsewhere. */
import { useMemo, useState } from 'preact/hooks';
import { type TokenRequestorType, Wallets } from '../../generated.js';
import { useAnswer, useSettings, useWords } from '../../wire/bank.js';
import { bringIntoSight } from '../bring-into-sight.js';
import { Loading, Logo, NotAnswered, Said, Screen } from '../parts.js';
import { linkTo } from '../route.js';
import { isCalled, type WalletRow, walletRows } from './wallet-rows.js';

type Kind = 'ALL' | TokenRequestorType;
const KINDS: readonly Kind[] = ['ALL', 'WALLET', 'MERCHANT'];

export function WalletsScreen({ cards }: { readonly cards: readonly string[] }) {
  const words = useWords();
  const { platform, showsMagic } = useSettings();
  const { data, error, again } = useAnswer(Wallets, { cards: [...cards], platform });
  const [search, setSearch] = useState('');
  const [kind, setKind] = useState<Kind>('ALL');
  const rows = useMemo(() => {
    const all = data === null ? [] : walletRows(data);
    return all.filter(({ forTesters }) => showsMagic || !forTesters);
  }, [data, showsMagic]);
  const shown = rows.filter((row) => isCalled(row, search) && (kind === 'ALL' || row.wallet.type === kind));
  const possible = shown.filter(({ why }) => why === null);
  const plain = possible.filter(({ forTesters }) => !forTesters);
  return (
    <Screen title={words.walletsTitle} back={linkTo({ screen: 'cards' })}>
      <Finder search={search} setSearch={setSearch} kind={kind} setKind={setKind} />
      {error === null ? null : <NotAnswered error={error} again={again} />}
      {data === null && error === null ? <Loading /> : null}
      <p class="hint" role="status">
        {data === null ? '' : possible.length === 0 ? words.nothingFound : words.found(plain.length)}
      </p>
      <Group title={words.usedBefore} rows={plain.filter(({ usedAt }) => usedAt !== null)} cards={cards} />
      <Group title={words.more} rows={plain.filter(({ usedAt }) => usedAt === null)} cards={cards} />
      <ForTesters rows={possible.filter(({ forTesters }) => forTesters)} cards={cards} />
      <NotPossible rows={shown.filter(({ why }) => why !== null)} />
    </Screen>
  );
}

interface FinderProps {
  readonly search: string;
  readonly setSearch: (text: string) => void;
  readonly kind: Kind;
  readonly setKind: (kind: Kind) => void;
}

function Finder({ search, setSearch, kind, setKind }: FinderProps) {
  const words = useWords();
  return (
    <search class="finder">
      <input
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        value={search}
        onInput={(event) => setSearch(event.currentTarget.value)}
      />
      <fieldset class="chips">
        <legend class="unseen">{words.search}</legend>
        {KINDS.map((one) => (
          <label key={one}>
            <input type="radio" name="kind" checked={one === kind} onChange={() => setKind(one)} />
            <span>{words.kinds[one]}</span>
          </label>
        ))}
      </fieldset>
    </search>
  );
}

interface GroupProps {
  readonly title: string;
  readonly rows: readonly WalletRow[];
  readonly cards: readonly string[];
}

function Group({ title, rows, cards }: GroupProps) {
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <Rows rows={rows} cards={cards} />
    </section>
  );
}

function Rows({ rows, cards }: Omit<GroupProps, 'title'>) {
  const words = useWords();
  return (
    <ul class="wallets">
      {rows.map(({ wallet, alreadyAdded }) => (
        <li key={wallet.id}>
          <a href={linkTo({ screen: 'consent', cards, wallet: wallet.id })}>
            <Logo wallet={wallet} />
            <span class="choice-text">
              <b dir="auto">{wallet.consumerFacingEntityName}</b>
              <span class="soft">{words.kind[wallet.type]}</span>
            </span>
            {alreadyAdded ? <span class="tag good">{words.alreadyAdded}</span> : null}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The simulator's magic requestors, when testers have asked for them. */
function ForTesters({ rows, cards }: Omit<GroupProps, 'title'>) {
  if (rows.length === 0) return null;
  return (
    <details onToggle={({ currentTarget: part }) => part.open && bringIntoSight(part)}>
      <summary lang="en" dir="ltr">
        For testers: wallets that fail, each in one way ({rows.length})
      </summary>
      <Rows rows={rows} cards={cards} />
    </details>
  );
}

function NotPossible({ rows }: { readonly rows: readonly WalletRow[] }) {
  const words = useWords();
  if (rows.length === 0) return null;
  return (
    <details onToggle={({ currentTarget: part }) => part.open && bringIntoSight(part)}>
      <summary>{words.notPossible(rows.length)}</summary>
      <ul class="wallets">
        {rows.map(({ wallet, why }) => (
          <li key={wallet.id} class="not">
            <Logo wallet={wallet} />
            <span class="choice-text">
              <b dir="auto">{wallet.consumerFacingEntityName}</b>
              {why?.text == null ? (
                <p>{words.oneAtATime}</p>
              ) : (
                <Said text={why.text} language={why.language ?? 'en'} />
              )}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
