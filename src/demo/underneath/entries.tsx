/** A line of the pane, to be opened: one for an operation of the app, one for what MDES or a wallet did. */
import { useState } from 'preact/hooks';
import { useBank } from '../wire/bank.js';
import type { Exchange } from '../wire/gateway.js';
import type { SeenPush, SimulatorEvent } from '../wire/simulator.js';
import { Code, json } from './code.js';
import { asCurl, asTypeScript } from './copy-as.js';
import { gist } from './feed.js';

interface LineProps {
  readonly lane: string;
  readonly name: string;
  readonly result: string;
  readonly good: boolean | null;
  readonly ms: number | null;
}

function Line({ lane, name, result, good, ms }: LineProps) {
  const tone = good === null ? 'outcome' : good ? 'outcome good' : 'outcome bad';
  return (
    <>
      <span class="lane">{lane}</span>
      <span class="what">{name}</span>
      {result === '' ? null : <span class={tone}>{result}</span>}
      {ms === null ? null : <span class="ms">{Math.round(ms)} ms</span>}
    </>
  );
}

export function ExchangeEntry({ exchange }: { readonly exchange: Exchange }) {
  const { name, kind, text, variables, answer } = exchange;
  const { text: result, good } = gist(exchange);
  const [isOpen, setOpen] = useState(false);
  return (
    <li class="entry app">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <Line
            lane="App → gateway"
            name={`${kind} ${name}`}
            result={result}
            good={good}
            ms={answer?.ms ?? null}
          />
        </summary>
        {isOpen ? (
          <div class="inside">
            <Copying exchange={exchange} />
            <Code label="Variables" text={json(variables)} />
            <Code label="Answer" text={answer === null ? '…' : json(answer.body)} />
            <Code label="Operation" text={text} />
          </div>
        ) : null}
      </details>
    </li>
  );
}

function Copying({ exchange }: { readonly exchange: Exchange }) {
  const { graphqlUrl } = useBank();
  const [said, setSaid] = useState('');
  const copy = (text: string, what: string) =>
    void navigator.clipboard.writeText(text).then(
      () => setSaid(`Copied as ${what}`),
      () => setSaid('The browser does not let this page copy'),
    );
  return (
    <p class="copying">
      <button type="button" class="small" onClick={() => copy(asCurl(graphqlUrl, exchange), 'curl')}>
        Copy as curl
      </button>
      <button
        type="button"
        class="small"
        onClick={() => copy(asTypeScript(graphqlUrl, exchange), 'TypeScript')}
      >
        Copy as TypeScript
      </button>
      <span role="status">{said}</span>
    </p>
  );
}

interface EventEntryProps {
  readonly event: SimulatorEvent;
  readonly push: SeenPush | null;
}

export function EventEntry({ event, push }: EventEntryProps) {
  if (event.kind === 'WALLET') return <WalletEntry event={event} />;
  const { operation, status, fault, ms } = event;
  const good = status === 200 && fault === undefined && push?.verdict !== 'REFUSED';
  const answer = status === null ? 'no answer' : `HTTP ${status}`;
  const result = push === null ? answer : `${answer} ${push.verdict}`;
  const line = (
    <Line
      lane="Gateway → MDES"
      name={operation}
      result={fault === undefined ? result : `${result}, ordered: ${fault}`}
      good={good}
      ms={ms}
    />
  );
  if (push === null) {
    return (
      <li class="entry mdes">
        <div class="summary">{line}</div>
      </li>
    );
  }
  return (
    <li class="entry mdes">
      <details>
        <summary>{line}</summary>
        <div class="inside">
          <Code label="What MDES saw, decrypted" text={json(push)} />
        </div>
      </details>
    </li>
  );
}

function WalletEntry({ event }: { readonly event: Extract<SimulatorEvent, { kind: 'WALLET' }> }) {
  const { name, cards } = event;
  const results = cards.flatMap(({ result }) => result ?? []);
  const which = cards.map(({ lastFour }) => `•••• ${lastFour}`).join(', ');
  return (
    <li class="entry wallet">
      <div class="summary">
        <Line
          lane={results.length === 0 ? 'App → wallet' : 'Wallet → MDES'}
          name={results.length === 0 ? `${name} is opened with ${which}` : `${name} decides on ${which}`}
          result={results.join(', ')}
          good={toneOf(results)}
          ms={null}
        />
      </div>
    </li>
  );
}

/** Good: all of them are there; bad: none; else something in between. */
function toneOf(results: readonly string[]): boolean | null {
  const there = results.filter((result) => /^A/.test(result));
  if (there.length === results.length) return results.length === 0 ? null : true;
  return there.length > 0 || results.includes('REQUIRE_ADDITIONAL_AUTHENTICATION') ? null : false;
}
