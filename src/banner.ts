/** The last words of the start-up: where everything is, for the person who typed the command. */
import type { Config } from './config/config.js';
import type { Gateway } from './gateway.js';

/** Empty in a deployment with nothing embedded, where nobody reads it. */
export function banner({ url, embedded, explorer }: Gateway, { mdes }: Pick<Config, 'mdes'>): string {
  if (embedded === null) return '';
  const lines = [
    `Demo bank  ${url}/   (start here)`,
    `GraphQL    ${url}/graphql${explorer ? '   (in a browser: Apollo Sandbox)' : ''}`,
  ];
  if (explorer) lines.push(`Explorer   ${url}/explorer   (works without internet)`);
  if (embedded.mdes !== null) lines.push(`Simulator  ${embedded.mdes.baseUrl}   (stands in for MDES)`);
  // Beside demo parts it is a simulator of its own: they refuse to start beside a real MDES.
  if (mdes.identity !== null) lines.push(`Simulator  ${mdes.identity.baseUrl}   (beside this process)`);
  if (embedded.demoTokens !== null) lines.push(`Token      curl '${url}/demo/token?sub=susan'`);
  return `\n  Token Connect gateway, with embedded demo parts\n\n${lines.map((line) => `  ${line}\n`).join('')}\n`;
}
