/** The phone: the bank's app, in her language and its direction. */
import { useBank, useSettings } from '../wire/bank.js';
import { directionOf } from '../words/words.js';
import { type Route, useRoute } from './route.js';
import { CardsScreen } from './screens/cards-screen.js';
import { ConsentScreen } from './screens/consent-screen.js';
import { HistoryScreen } from './screens/history-screen.js';
import { PushScreen } from './screens/push-screen.js';
import { WalletsScreen } from './screens/wallets-screen.js';

export function Phone() {
  const { language, accountHolder } = useSettings();
  const { route, fragment, moves } = useRoute();
  useBank().hasMoved = moves > 0;
  return (
    <main class="phone" lang={language} dir={directionOf(language)}>
      <ScreenAt key={`${accountHolder} ${fragment}`} route={route} />
    </main>
  );
}

function ScreenAt({ route }: { readonly route: Route }) {
  switch (route.screen) {
    case 'cards':
      return <CardsScreen />;
    case 'wallets':
      return <WalletsScreen cards={route.cards} />;
    case 'consent':
      return <ConsentScreen cards={route.cards} wallet={route.wallet} />;
    case 'push':
      return <PushScreen id={route.id} />;
    case 'history':
      return <HistoryScreen />;
  }
}
