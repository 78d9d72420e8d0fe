/** What GraphiQL may keep between visits: its theme and panel sizes, never tabs, history or access tokens. */
import type { GraphiQLProps } from 'graphiql';

type ExplorerStorage = NonNullable<GraphiQLProps['storage']>;

const KEPT = /^graphiql:(theme|\w+Flex)$/;

/** Tabs start from the shipped documents on every load, so that tokens and idempotency keys are always fresh. */
export function createSettingsStorage(kept: Storage): ExplorerStorage {
  const forgotten = new Map<string, string>();
  return {
    get length() {
      return forgotten.size;
    },
    getItem: (key) => (KEPT.test(key) ? kept.getItem(key) : (forgotten.get(key) ?? null)),
    setItem: (key, value) => {
      if (KEPT.test(key)) {
        kept.setItem(key, value);
      } else {
        forgotten.set(key, value);
      }
    },
    removeItem: (key) => {
      kept.removeItem(key);
      forgotten.delete(key);
    },
    clear: () => forgotten.clear(),
  };
}
