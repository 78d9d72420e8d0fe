/** Below the answer: the wallet's page where a push waits for it. Fills the push's id into each tab that is opened. */
import { useGraphiQL } from '@graphiql/react';
import { useEffect, useSyncExternalStore } from 'react';
import type { WalkedPushes } from './walked-push.js';
import { useWrappedLines } from './wrapped-lines.js';

export function NextInWalk({ pushes }: { readonly pushes: WalkedPushes }) {
  useWrappedLines();
  const push = useSyncExternalStore(pushes.subscribe, pushes.current);
  const tab = useGraphiQL((state) => state.activeTabIndex);
  const variables = useGraphiQL((state) => state.variableEditor);

  // biome-ignore lint/correctness/useExhaustiveDependencies: anew for each tab that is opened
  useEffect(() => {
    const text = variables?.getValue() ?? '';
    const filled = pushes.fill(text);
    if (filled !== text) variables?.setValue(filled);
  }, [pushes, push, tab, variables]);

  if (push?.walletUrl == null) return null;
  return (
    <p className="next-in-walk">
      <a href={push.walletUrl} target="_blank" rel="noreferrer">
        Open the wallet’s page
      </a>{' '}
      after RecordHandOff, before RecordOutcome
    </p>
  );
}
