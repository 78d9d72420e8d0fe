/** An operation as a command for a terminal, and as TypeScript by the typed client: with the demo's own token, ready to run. */
import type { Exchange } from '../wire/gateway.js';

export function asCurl(url: string, { text, name, variables, language, token }: Exchange): string {
  const body = JSON.stringify({ query: text, operationName: name, variables });
  return [
    `curl ${quoted(url)}`,
    `-H ${quoted('content-type: application/json')}`,
    `-H ${quoted(`accept-language: ${language}`)}`,
    `-H ${quoted(`authorization: Bearer ${token}`)}`,
    `--data ${quoted(body)}`,
  ].join(' \\\n  ');
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What the typed client calls the demo's operations, and their variables where it names them otherwise. */
const METHODS: Readonly<Record<string, string>> = {
  Cards: 'FundingAccounts',
  Wallets: 'Eligibility',
  PushCards: 'PushAndHandOff',
  HandOff: 'RecordHandOff',
  ReportOutcome: 'RecordOutcome',
  History: 'Pushes',
};
const VARIABLES: Readonly<Record<string, string>> = {
  cards: 'fundingAccountIds',
  wallet: 'tokenRequestorId',
};

/** By the typed client, whose operations ask for what these do and for somewhat more. */
export function asTypeScript(url: string, { name, variables, language, token }: Exchange): string {
  const named = Object.fromEntries(
    Object.entries(variables).map(([key, value]) => [VARIABLES[key] ?? key, value]),
  );
  return `import { createTokenConnectClient } from 'token-connect-client';

const client = createTokenConnectClient({
  url: ${JSON.stringify(url)},
  // a demo token: it is good for an hour
  token: ${JSON.stringify(token)},
});
const answer = await client.${METHODS[name] ?? name}(
  ${JSON.stringify(named, null, 2).replaceAll('\n', '\n  ')},
  { 'accept-language': ${JSON.stringify(language)} },
);
console.log(JSON.stringify(answer, null, 2));
`;
}
