/** The last words of the start-up: where everything is, for the person who typed the command. */
import type { Gateway } from './gateway.js';

/** Empty in a deployment with nothing embedded, where nobody reads it. */
export function banner({ url, embedded, explorer }: Gateway): string {
  if (embedded === null) return '';
  const lines = [`GraphQL    ${url}/graphql${explorer ? '   (in a browser: Apollo Sandbox)' : ''}`];
  if (explorer) lines.push(`Explorer   ${url}/explorer   (works without internet)`);
  if (embedded.mdes !== null) lines.push(`Simulator  ${embedded.mdes.baseUrl}   (stands in for MDES)`);
  if (embedded.demoTokens !== null) lines.push(`Token      curl '${url}/demo/token?sub=susan'`);
  return `\n  Token Connect gateway, with embedded demo parts\n\n${lines.map((line) => `  ${line}\n`).join('')}\n`;
}
