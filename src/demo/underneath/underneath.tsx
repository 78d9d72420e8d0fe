/** The pane beside the phone: each operation as it happens, and what MDES and the wallets saw of it. */
import { useEffect, useState } from 'preact/hooks';
import { useBank } from '../wire/bank.js';
import { useStore } from '../wire/store.js';
import { EventEntry, ExchangeEntry } from './entries.js';
import { feedOf } from './feed.js';

/** The simulator's clock and that of the browser may differ a little. */
const SLACK_MS = 2000;

export function Underneath() {
  const { gateway, simulator } = useBank();
  const exchanges = useStore(gateway.exchanges);
  const seen = useStore(simulator.seen);
  const [openedAt] = useState(Date.now() - SLACK_MS);
  const answered = exchanges.filter(({ answer }) => answer !== null).length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at once for each answer
  useEffect(() => void simulator.look(), [simulator, answered]);
  const entries = feedOf(exchanges, seen, openedAt);
  return (
    <section class="underneath" aria-labelledby="underneath-title">
      <h2 id="underneath-title" tabIndex={-1}>
        What happens underneath
      </h2>
      <p class="soft">
        Each line of the app is a GraphQL operation: open it, copy it, run it yourself. Newest first;{' '}
        <mark>marked</mark> is what an app hands off and never logs.
      </p>
      <ol class="road" aria-label="Who is on the way">
        <li>App</li>
        <li>Gateway</li>
        <li>MDES</li>
        <li>Wallet</li>
      </ol>
      <ol class="feed" reversed>
        {entries.map((entry) =>
          entry.kind === 'EXCHANGE' ? (
            <ExchangeEntry key={entry.key} exchange={entry.exchange} />
          ) : (
            <EventEntry key={entry.key} event={entry.event} push={entry.push} />
          ),
        )}
      </ol>
    </section>
  );
}
