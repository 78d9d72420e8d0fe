/** Which requests are plain enough to be read before Apollo, and which are left to it. */
import { expect, it } from '@jest/globals';
import { readQuery } from '../../../src/server/private-queries/query-request.js';

const TEXT = '{ fundingAccounts { id } }';
const read = (body: unknown, contentType: string | undefined = 'application/json', accept?: string) =>
  readQuery(contentType, accept, typeof body === 'string' ? body : JSON.stringify(body), null);

it('reads text, operation and variables', () => {
  expect(read({ query: TEXT, operationName: 'A', variables: { a: [1] } })).toEqual({
    ...{ text: TEXT, operationName: 'A', variables: { a: [1] } },
  });
  const alone = { text: TEXT, operationName: undefined, variables: {} };
  expect(read({ query: TEXT }, 'application/json; charset=utf-8', '*/*')).toEqual(alone);
  expect(read({ query: TEXT, variables: null, extensions: null }, 'application/json')).toEqual(alone);
});

it.each<[string, unknown, string?, string?]>([
  ['no JSON', '{"query":'],
  ['a byte order mark', `\ufeff${JSON.stringify({ query: TEXT })}`],
  ['a list', [{ query: TEXT }]],
  ['a text', '"query"'],
  ['null', 'null'],
  ['a document that is no text', { query: { kind: 'Document' } }],
  ['no document', { variables: {} }],
  ['an id', { id: 'a'.repeat(64) }],
  ['an operation name that is none', { query: TEXT, operationName: 'A {x}' }],
  ['variables that are none', { query: TEXT, variables: '{}' }],
  ['a list of variables', { query: TEXT, variables: [] }],
  ['extensions', { query: TEXT, extensions: {} }],
  ["an object's prototype", `{"query":"${TEXT}","__proto__":{}}`],
  ['the same in another spelling', `{"query":"${TEXT}","\\u005f_proto__":{}}`],
  ['another type', { query: TEXT }, 'text/plain'],
  ['another charset', { query: TEXT }, 'application/json; charset=utf-16'],
  ['a wish for another answer', { query: TEXT }, 'application/json', 'application/graphql-response+json'],
])('leaves %s to Apollo', (...[_name, body, contentType, accept]) => {
  expect(read(body, contentType, accept)).toBeUndefined();
});
