/** What a browser sees at /graphql: the Apollo Sandbox with a demo token ready, and the way to the explorer. */
import type { ApolloServerPlugin, GraphQLServerContext, GraphQLServerListener } from '@apollo/server';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';

interface LandingPageOptions {
  /** Whether MDES is the embedded simulator. */
  readonly embedded: boolean;
  /** Makes a demo access token, fresh for each view of the page; null where there is no demo sign-in. */
  readonly token: (() => Promise<string>) | null;
}

const FIRST_QUERY = `query TokenRequestors {
  tokenRequestors {
    id
    consumerFacingEntityName
    type
    supportedPushMethods
    logo {
      svgUrl
    }
  }
}
`;

export function landingPagePlugin(options: LandingPageOptions): ApolloServerPlugin {
  return {
    async serverWillStart(service): Promise<GraphQLServerListener> {
      return {
        async renderLandingPage() {
          return { html: async () => addExplorerLink(await renderSandbox(service, options)) };
        },
      };
    },
  };
}

/** Apollo's plugin fixes the headers when it is made, and a demo token does not live long: made anew for each view. */
async function renderSandbox(service: GraphQLServerContext, options: LandingPageOptions): Promise<string> {
  const token = await options.token?.();
  const headers = { Authorization: `Bearer ${token ?? 'YOUR_ACCESS_TOKEN'}` };
  const plugin = ApolloServerPluginLandingPageLocalDefault({
    embed: { runTelemetry: false, initialState: { sharedHeaders: headers } },
    document: `${comment(options)}\n${FIRST_QUERY}`,
  });
  const listener = await plugin.serverWillStart?.(service);
  const page = await listener?.renderLandingPage?.();
  return typeof page?.html === 'function' ? page.html() : (page?.html ?? '');
}

function comment({ embedded, token }: LandingPageOptions): string {
  return [
    '# The wallets and merchants that a card can be pushed to.',
    token === null
      ? '# Put your access token into the shared headers, then run this.'
      : '# A demo token is in the shared headers: just run this.',
    ...(embedded ? ['# This is a demo: MDES is simulated and nothing real is pushed.'] : []),
  ].join('\n');
}

/** The Sandbox comes from Apollo's servers; the bar above it leads to the page that does not need them. */
function addExplorerLink(html: string): string {
  // Apollo's page allows only styles that carry the nonce of this view
  const nonce = /<style nonce="?([0-9a-f]+)"?>/.exec(html)?.[1];
  const style = nonce === undefined ? '' : `<style nonce="${nonce}">${BAR_STYLE}</style>`;
  return html.replace('</body>', () => `${style}${BAR}</body>`);
}

const BAR = `<p class="explorer-bar">No internet, or nothing below? <a href="explorer">Open the explorer</a></p>`;

const BAR_STYLE = `
  .explorer-bar {
    position: fixed; z-index: 1; inset: 0 0 auto; box-sizing: border-box; height: 32px; margin: 0; padding: 0 12px;
    font: 14px/32px system-ui, sans-serif; color: #1b2240; background: #f4f5f7; border-bottom: 1px solid #d8dbe2;
  }
  .explorer-bar a { color: #0b5cd5; }
  @media (prefers-color-scheme: dark) {
    html, body { color-scheme: dark; background: #0b0e1a; color: #ece8dc; }
    .explorer-bar { color: #ece8dc; background: #1b2136; border-color: #2d3550; }
    .explorer-bar a { color: #8fb1ff; }
  }
  #react-root { padding-top: 32px; }
  #embeddableSandbox { top: 32px; height: calc(100vh - 32px); }
`;
