/** The explorer page: GraphiQL on the gateway's own API, with the documents of the front ends in its tabs. */
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import operations from '../client/operations.graphql';
import { fetchDemoToken } from './demo-token.js';
import { fetchExampleValues } from './example-values.js';
import { createGraphqlFetcher } from './graphql-fetcher.js';
import { createSettingsStorage } from './settings-storage.js';
import { buildTabs } from './tabs.js';
import { provideWorkers } from './workers.js';

const HOLDER = 'susan';

// Both relative, so that the page also works behind a proxy that serves the gateway under a path.
const graphqlUrl = new URL('graphql', window.location.href);
const tokenUrl = new URL(`demo/token?sub=${HOLDER}`, window.location.href);

async function start(element: HTMLElement): Promise<void> {
  provideWorkers();
  const token = await fetchDemoToken(tokenUrl);
  const fetcher = createGraphqlFetcher(graphqlUrl);
  const examples = await fetchExampleValues(fetcher, token);
  const headers = JSON.stringify({ Authorization: `Bearer ${token ?? '<your access token>'}` }, null, 2);
  const signedInAs = token === null ? null : HOLDER;
  const tabs = buildTabs(operations, { signedInAs, examples, idempotencyKey: crypto.randomUUID() });

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
    </GraphiQL>,
  );
}

const element = document.getElementById('explorer');
if (element !== null) {
  void start(element);
}
