/** Requests of fourteen kinds that ask for too much or in a wrong way. */
import { getIntrospectionQuery } from 'graphql';
import { type RawRequest } from '../../support/raw-http.js';
import { LARK } from '../../support/requestors.js';

interface Attack extends RawRequest {
  readonly name: string;
  /** What the explorer needs: refused only where it is off. */
  readonly allowedByExplorer?: boolean;
}

export const JSON_TYPE = { 'content-type': 'application/json' };
const times = (count: number, text: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => text(n)).join(' ');
const raw = (
  name: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Attack => ({
  name,
  headers: { ...JSON_TYPE, ...headers },
  body,
});
const post = (name: string, query: unknown, more: Readonly<Record<string, unknown>> = {}): Attack =>
  raw(name, JSON.stringify({ query, ...more }));
const get = (
  name: string,
  search: Readonly<Record<string, string>>,
  headers: Record<string, string> = {},
): Attack => ({
  name,
  method: 'GET',
  path: `/graphql?${new URLSearchParams(search)}`,
  headers,
});
const typed = (name: string, type: string, body: string | Buffer = '{"query":"{__typename}"}'): Attack => ({
  name,
  headers: { 'content-type': type },
  body,
});
const explorers = (attack: Attack): Attack => ({ ...attack, allowedByExplorer: true });
const nest = (open: string, close: string, depth: number, core = '') =>
  open.repeat(depth) + core + close.repeat(depth);

const PREFLIGHT = { 'apollo-require-preflight': '1' };
const RANGES = 'query ($r: [AccountRange!]) { tokenRequestors(accountRanges: $r) { id } }';
const PUSH = 'mutation ($input: PushCardInput!) { pushCard(input: $input) { __typename } }';
const PUSH_FIELD =
  'pushCard(input:{idempotencyKey:"k",tokenRequestorId:"50130000001",fundingAccountIds:["card-1"]}){__typename}';

export const CLASSES: Readonly<Record<string, readonly Attack[]>> = {
  aliases: [
    post('1000 of __typename', `{${times(1000, (n) => `a${n}:__typename`)}}`),
    post('16 of __typename', `{${times(16, (n) => `a${n}:__typename`)}}`),
    post('16 of a costly field', `{${times(16, (n) => `a${n}:tokenRequestors{id}`)}}`),
    post(
      '16 in two operations',
      `query a{${times(8, (n) => `a${n}:__typename`)}} query b{${times(8, (n) => `b${n}:__typename`)}}`,
      { operationName: 'a' },
    ),
    post(
      '16 in fragments',
      `{...f ...g} fragment f on Query{${times(8, (n) => `a${n}:__typename`)}} fragment g on Query{${times(8, (n) => `b${n}:__typename`)}}`,
    ),
    post('two pushes', `mutation{a:${PUSH_FIELD} b:${PUSH_FIELD}}`),
  ],
  directives: [
    post('5000 unknown ones on a field', `{__typename ${'@aa'.repeat(300)}}`),
    post('10 of @skip', `{__typename ${'@skip(if:false)'.repeat(10)}}`),
    post(
      '5 spread over fields',
      `{${times(5, (n) => `tokenRequestors @include(if:true){id}${n === 4 ? '' : ''}`)}}`,
    ),
    post('repeated on the operation', `query ${'@a'.repeat(50)} {__typename}`),
    post('on fragments', `{...f} fragment f on Query ${'@a'.repeat(50)} {__typename}`),
    post('on variables', `query ($a:Int ${'@a'.repeat(50)}) {__typename}`),
    post('@defer', '{...@defer{tokenRequestors{id}}}'),
    post('@stream', '{tokenRequestors @stream(initialCount:0){id}}'),
  ],
  depth: [
    post('500 levels of a field that is not there', `{${nest('a{', '}', 330, 'b')}}`),
    post('9 levels', `{${nest('a{', '}', 9, 'b')}}`),
    post(
      '9 levels through fragments',
      `{a{...f}} fragment f on A{a{a{a{a{...g}}}}} fragment g on A{a{a{a{b}}}}`,
    ),
    post('300 levels of a list in a literal', `{tokenRequestors(accountRanges:${nest('[', ']', 300)}){id}}`),
    post(
      '300 levels of an object in a literal',
      `mutation{pushCard(input:${nest('{a:', '}', 240, '1')}){__typename}}`,
    ),
    post(
      '300 levels of a list type',
      `query($a:${nest('[', ']', 300, 'Int')}){tokenRequestors(accountRanges:$a){id}}`,
    ),
  ],
  width: [
    post('500 times the same field', `{${'__typename '.repeat(500)}}`),
    post('401 times the same field', `{${'__typename '.repeat(401)}}`),
    post('900 unknown fields', `{${times(900, (n) => `f${n}`)}}`),
    post(
      '100 operations',
      times(100, (n) => `query q${n}{__typename tokenRequestors{id name type}}`),
      { operationName: 'q0' },
    ),
    post('300 variables', `query(${times(150, (n) => `$v${n}:Int`)}){__typename}`),
    post(
      '101 ranges as a literal',
      `{tokenRequestors(accountRanges:[${times(101, () => '"520474000"')}]){id}}`,
    ),
    post('5000 ranges as a variable', RANGES, { variables: { r: Array(3500).fill('520474000') } }),
    post('4000 account ids', PUSH, {
      variables: {
        input: {
          idempotencyKey: 'k',
          tokenRequestorId: LARK,
          fundingAccountIds: Array.from({ length: 4000 }, (_, n) => `c${n}`),
        },
      },
    }),
    post('4000 unknown members of an input', PUSH, {
      variables: { input: Object.fromEntries(Array.from({ length: 4000 }, (_, n) => [`k${n}`, 1])) },
    }),
  ],
  tokens: [
    post('1001 tokens', `{${'a '.repeat(1000)}}`),
    post('a document of 49 kB', `{${'a '.repeat(24_000)}}`),
    post('a name of 45 kB', `{${'a'.repeat(45_000)}}`),
    post('a string of 45 kB', `{tokenRequestor(id:"${'9'.repeat(45_000)}"){nope}}`),
    post('a number of 45 kB', `{tokenRequestors(accountRanges:${'9'.repeat(45_000)}){id}}`),
    post('an enum value of 40 kB', PUSH, {
      variables: {
        input: {
          idempotencyKey: 'k',
          tokenRequestorId: '5',
          fundingAccountIds: ['c'],
          platform: 'W'.repeat(40_000),
        },
      },
    }),
    post('an unknown member of 40 kB', PUSH, {
      variables: {
        input: {
          idempotencyKey: 'k',
          tokenRequestorId: '5',
          fundingAccountIds: ['c'],
          ['x'.repeat(40_000)]: 1,
        },
      },
    }),
    post('a type name of 40 kB', `query($a:${'T'.repeat(40_000)}){__typename}`),
    post('only a comment of 45 kB', `#${'x'.repeat(45_000)}`),
    post('escapes of 45 kB, never closed', `{tokenRequestor(id:"${'\\u0041'.repeat(7000)}`),
    post(
      'a block string that is never closed',
      `{tokenRequestor(id:"""${'"'.repeat(2)}${'\n '.repeat(10_000)}`,
    ),
  ],
  'cyclic fragments': [
    post('of one', '{...a} fragment a on Query{...a}'),
    post('of two', '{...a} fragment a on Query{...b} fragment b on Query{...a}'),
    post(
      'of sixty',
      `{...c0} ${times(60, (n) => `fragment c${n} on Query{...c${(n + 1) % 60} ...c${(n + 7) % 60}}`)}`,
    ),
    post('unused', '{__typename} fragment a on Query{...a}'),
  ],
  'exponential fragments': [20, 25, 40, 60].map((levels) =>
    post(
      `${levels} levels`,
      `{...f0} ${times(levels, (n) => `fragment f${n} on Query{...f${n + 1} ...f${n + 1}}`)} fragment f${levels} on Query{__typename}`,
    ),
  ),
  batching: [
    raw('an array of ten', JSON.stringify(Array(10).fill({ query: '{__typename}' }))),
    raw('an array of one', JSON.stringify([{ query: '{__typename}' }])),
    raw('an empty array', '[]'),
    raw('an array of a thousand', JSON.stringify(Array(1000).fill({ query: '{__typename}' }))),
    raw('a document per line', '{"query":"{__typename}"}\n{"query":"{__typename}"}'),
  ],
  introspection: [
    explorers(post('in full', getIntrospectionQuery())),
    explorers(post('__schema', '{__schema{types{name}}}')),
    explorers(post('__type', '{__type(name:"Push"){fields{name}}}')),
    explorers(post('__type under another name', '{x:__type(name:"Query"){name}}')),
    explorers(post('in a fragment', '{...f} fragment f on Query{__schema{queryType{name}}}')),
    explorers(post('in an inline fragment', '{...{__schema{queryType{name}}}}')),
    explorers(post('behind a field that is allowed', '{__typename __type(name:"Mutation"){kind}}')),
    explorers(post('by a mutation', 'mutation{__schema{queryType{name}}}')),
    explorers(post('with white space between', '{\n\u0009__schema,\n,,{queryType#\n{name}}}')),
    explorers(post('by variable', 'query($n:String!){__type(name:$n){name}}', { variables: { n: 'Push' } })),
    post('21 levels deep', `{__schema{types{${nest('fields{type{', '}}', 10, 'name')}}}}`),
    post('as a federated service', '{_service{sdl}}'),
    post('by _entities', '{_entities(representations:[]){__typename}}'),
  ],
  suggestions: [
    post('a field with a slip', '{tokenRequestor{id}}'),
    post('a field nearly right', '{tokenRequestorz{id}}'),
    post('an argument nearly right', '{tokenRequestors(accountRangez:[]){id}}'),
    post('a type nearly right', 'query($a:[AccountRang!]){tokenRequestors(accountRanges:$a){id}}'),
    post(
      'an enum value nearly right',
      'mutation{pushCard(input:{idempotencyKey:"k",tokenRequestorId:"5",fundingAccountIds:["c"],platform:WEBB}){__typename}}',
    ),
    post('a member nearly right', 'mutation{pushCard(input:{idempotencyKeyy:"k"}){__typename}}'),
    post('a member nearly right, by variable', PUSH, { variables: { input: { idempotencyKeyy: 'k' } } }),
    post('a fragment nearly right', '{...Foo} fragment Fooo on Query{__typename}'),
    post('a directive nearly right', '{__typename @skipp(if:true)}'),
  ],
  'GET and CSRF': [
    get('a mutation without the header', { query: `mutation{${PUSH_FIELD}}` }),
    get('a mutation with the header', { query: `mutation{${PUSH_FIELD}}` }, PREFLIGHT),
    get(
      'a mutation among queries',
      { query: `query a{__typename} mutation b{${PUSH_FIELD}}`, operationName: 'b' },
      PREFLIGHT,
    ),
    get('nothing', {}, PREFLIGHT),
    { ...get('the query twice', {}, PREFLIGHT), path: '/graphql?query={__typename}&query={__typename}' },
    get('variables that are no JSON', { query: '{__typename}', variables: '{' }, PREFLIGHT),
    get('variables that are a list', { query: '{__typename}', variables: '[1]' }, PREFLIGHT),
    get('a persisted query', { extensions: '{"persistedQuery":{"version":1,"sha256Hash":"00"}}' }, PREFLIGHT),
    get('an empty header', { query: '{__typename}' }, { 'apollo-require-preflight': '' }),
    { ...typed('a form', 'application/x-www-form-urlencoded', 'query=%7B__typename%7D') },
    {
      ...typed(
        'a form with parts',
        'multipart/form-data; boundary=x',
        '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"{__typename}"}\r\n--x--\r\n',
      ),
    },
    { ...typed('plain text', 'text/plain') },
    { ...typed('JSON in plain text with a charset', 'text/plain; charset=utf-8; x=application/json') },
    { name: 'HEAD is no query', method: 'OPTIONS', headers: JSON_TYPE },
  ],
  'content types': [
    typed('none', ''),
    typed('XML', 'application/xml', '<query/>'),
    typed('application/graphql', 'application/graphql', '{__typename}'),
    typed('an invented one', 'application/vnd.graphql+json'),
    typed('a malformed one', ';;;'),
    typed('one of 8 kB', `application/${'x'.repeat(8000)}`),
    {
      ...typed('compressed', 'application/json', Buffer.from('1f8b0800', 'hex')),
      headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
    },
    { name: 'no body', headers: JSON_TYPE },
  ],
  charsets: [
    typed('UTF-16', 'application/json; charset=utf-16', Buffer.from('{"query":"{__typename}"}', 'utf16le')),
    typed(
      'UTF-16 with its mark',
      'application/json',
      Buffer.from('\ufeff{"query":"{__typename}"}', 'utf16le'),
    ),
    typed('UTF-7', 'application/json; charset=utf-7', '+AHs-'),
    typed('bytes that are no UTF-8', 'application/json', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])),
    raw('NUL in the JSON', '{"query":"{__typename}"\u0000}'),
    post('NUL in the document', '{__type\u0000name}'),
    post('a homoglyph in a field', '{__typenаme}'),
    post('a right-to-left mark', '{\u202e__typename}'),
    post('half a surrogate pair', '{"\ud800"}'),
  ],
  JSON: [
    raw('nothing but a number', '1'),
    raw('a string', '"query"'),
    raw('null', 'null'),
    raw('cut off', '{"query":"{__typename}"'),
    raw('a comma too many', '{"query":"{__typename}",}'),
    raw('20,000 lists in one another', nest('[', ']', 20_000)),
    raw(
      '20,000 lists in a variable',
      `{"query":${JSON.stringify(RANGES)},"variables":{"r":${nest('[', ']', 20_000)}}}`,
    ),
    raw(
      '8,000 objects in a variable',
      `{"query":${JSON.stringify(RANGES)},"variables":{"r":${nest('{"a":', '}', 8000, '1')}}}`,
    ),
    post('a query that is no string', { kind: 'Document' }),
    post('a query that is a list', ['{__typename}']),
    post('variables as text', '{__typename}', { variables: '{"a":1}' }),
    post('variables as a list', '{__typename}', { variables: [] }),
    post('extensions as a number', '{__typename}', { extensions: 1 }),
    post('operationName as a number', '{__typename}', { operationName: 1 }),
    post('an operation that is not there', 'query a{__typename}', { operationName: 'b' }),
    post('two operations and no name', 'query a{__typename} query b{__typename}'),
    post('nothing to run', 'fragment f on Query{__typename}'),
    post('an empty document', ''),
    post('a schema instead of a query', 'type Query{a:Int}'),
    post('a subscription', 'subscription{tokenRequestors{id}}'),
    post('a persisted query', undefined, { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }),
  ],
  'prototype keys': [
    raw('__proto__ in the body', '{"query":"{__typename}","__proto__":{"polluted":1}}'),
    raw('__proto__ in the variables', '{"query":"{__typename}","variables":{"__proto__":{"polluted":1}}}'),
    raw('__proto__ in escapes', '{"query":"{__typename}","variables":{"__pro\\u0074o__":{"polluted":1}}}'),
    raw('constructor.prototype', '{"query":"{__typename}","constructor":{"prototype":{"polluted":1}}}'),
    raw('__proto__ for the query', '{"__proto__":{"query":"{__typename}"}}'),
    post('as fields', '{__proto__ constructor toString}'),
    post('as an argument', '{tokenRequestors(__proto__:1){id}}'),
    post('as a fragment', '{...__proto__}'),
    post('as a type', 'query($a:__proto__){__typename}'),
    post('as an operation', '{__typename}', { operationName: '__proto__' }),
    post('as an input', PUSH, { variables: { input: { constructor: 1, toString: 2 } } }),
  ],
  limits: [
    raw('a body of 60 kB', JSON.stringify({ query: `#${'x'.repeat(60_000)}\n{__typename}` })),
    raw('a body of 5 MB', Buffer.alloc(5_000_000, ' ')),
    { ...raw('a header of 20 kB', '{"query":"{__typename}"}', { 'x-filler': 'x'.repeat(20_000) }) },
    {
      ...raw(
        'a thousand headers',
        '{"query":"{__typename}"}',
        Object.fromEntries(Array.from({ length: 1500 }, (_, n) => [`x-${n}`, '0123456789'])),
      ),
    },
    get('a URL of 20 kB', { query: `#${'x'.repeat(20_000)}\n{__typename}` }, PREFLIGHT),
    { name: 'a path of 8 kB', method: 'GET', path: `/${'x'.repeat(8000)}` },
  ],
};
