/** The explorer page: GraphiQL on the gateway's own API, with the walk of a card into a wallet in its tabs. */
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { fetchDemoToken } from './demo-token.js';
import { fetchExampleValues } from './example-values.js';
import { createGraphqlFetcher, type GraphqlFetcher } from './graphql-fetcher.js';
import { NextInWalk } from './next-in-walk.js';
import { createSettingsStorage } from './settings-storage.js';
import { buildTabs } from './tabs.js';
import walk from './walk.graphql';
import { WalkedPushes } from './walked-push.js';
import { provideWorkers } from './workers.js';

const HOLDER = 'susan';

// Both relative, so that the page also works behind a proxy that serves the gateway under a path.
const graphqlUrl = new URL('graphql', window.location.href);
const tokenUrl = new URL(`demo/token?sub=${HOLDER}`, window.location.href);

async function start(element: HTMLElement): Promise<void> {
  provideWorkers();
  const token = await fetchDemoToken(tokenUrl);
  const send = createGraphqlFetcher(graphqlUrl);
  const examples = await fetchExampleValues(send, token);
  const pushes = new WalkedPushes();
  const fetcher: GraphqlFetcher = async (...call) => {
    const answer = await send(...call);
    pushes.note(answer);
    return answer;
  };
  const headers = JSON.stringify({ Authorization: `Bearer ${token ?? '<your access token>'}` }, null, 2);
  const signedInAs = token === null ? null : HOLDER;
  const tabs = buildTabs(walk, { signedInAs, examples, idempotencyKey: crypto.randomUUID() });

  createRoot(element).render(
    <GraphiQL
      fetcher={fetcher}
      storage={createSettingsStorage(window.localStorage)}
      shouldPersistHeaders={false}
      defaultTabs={tabs.map((tab) => ({ ...tab, headers }))}
      defaultHeaders={headers}
      initialHeaders={headers}
      initialVariables={tabs[0]?.variables ?? ''}
      defaultEditorToolsVisibility={token === null ? 'headers' : 'variables'}
    >
      <GraphiQL.Logo>Token Connect</GraphiQL.Logo>
      <GraphiQL.Footer>
        <NextInWalk pushes={pushes} />
      </GraphiQL.Footer>
    </GraphiQL>,
  );
}

const element = document.getElementById('explorer');
if (element !== null) {
  void start(element);
}
