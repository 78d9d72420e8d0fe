/** Where the app is: the fragment of the URL says it, so that back, forward and reload do what they should. */
import { useEffect, useState } from 'preact/hooks';

export type Route =
  | { readonly screen: 'cards' | 'history' }
  | { readonly screen: 'wallets'; readonly cards: readonly string[] }
  | { readonly screen: 'consent'; readonly cards: readonly string[]; readonly wallet: string }
  | { readonly screen: 'push'; readonly id: string };

const CARDS: Route = { screen: 'cards' };

export function routeOf(fragment: string): Route {
  const [screen = '', first = '', second = ''] = fragment
    .replace(/^#\/?/, '')
    .split('/')
    .map(decodeURIComponent);
  const cards = first.split(',').filter((id) => id !== '');
  if (screen === 'wallets' && cards.length > 0) return { screen, cards };
  if (screen === 'consent' && cards.length > 0 && second !== '') return { screen, cards, wallet: second };
  if (screen === 'push' && first !== '') return { screen, id: first };
  return screen === 'history' ? { screen } : CARDS;
}

export function linkTo(route: Route): string {
  switch (route.screen) {
    case 'wallets':
      return `#/wallets/${route.cards.map(encodeURIComponent).join()}`;
    case 'consent':
      return `#/consent/${route.cards.map(encodeURIComponent).join()}/${encodeURIComponent(route.wallet)}`;
    case 'push':
      return `#/push/${encodeURIComponent(route.id)}`;
    default:
      return `#/${route.screen}`;
  }
}

export function goTo(route: Route): void {
  window.location.hash = linkTo(route);
}

export function useRoute(): { readonly route: Route; readonly fragment: string; readonly moves: number } {
  const [state, setState] = useState({ fragment: window.location.hash, moves: 0 });
  useEffect(() => {
    const onMove = () => setState(({ moves }) => ({ fragment: window.location.hash, moves: moves + 1 }));
    window.addEventListener('hashchange', onMove);
    return () => window.removeEventListener('hashchange', onMove);
  }, []);
  return { ...state, route: routeOf(state.fragment) };
}
