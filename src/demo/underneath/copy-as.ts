/** An operation as a command for a terminal, and as TypeScript for an app: with the demo's own token, ready to run. */
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

export function asTypeScript(url: string, { text, name, variables, language, token }: Exchange): string {
  const result = name.charAt(0).toLowerCase() + name.slice(1);
  return `import { gql, request } from 'graphql-request';

const document = gql\`
${text.replaceAll('`', '\\`').replaceAll('${', '\\${')}
\`;

const ${result} = await request({
  url: ${JSON.stringify(url)},
  document,
  variables: ${JSON.stringify(variables, null, 2).replaceAll('\n', '\n  ')},
  requestHeaders: {
    'accept-language': ${JSON.stringify(language)},
    // a demo token: it is good for an hour
    authorization: ${JSON.stringify(`Bearer ${token}`)},
  },
});
console.log(${result});
`;
}
