/** Trusted documents: ids and known texts are answered in every way in which clients send them; nothing else is, where it is enforced. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { send } from '../../support/raw-http.js';
import { eventually } from '../../support/shared-cache.js';

const OWN = 'src/client/trusted-documents.json';
const LIST = 'query Known($r: [AccountRange!]) {\n  tokenRequestors(accountRanges: $r) {\n    id\n  }\n}';
const PUSH = 'mutation Known { recordOutcome(pushId: "x", outcomes: []) { id } }';
const UNKNOWN = 'query Unknown { fundingAccounts { id } }';
const HEAVY =
  'query Heavy { fundingAccounts { eligibility { tokenRequestor { enabledAccountRanges logo { mediaContents { data } } } } } }';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const apq = (sha256Hash: unknown) => ({ persistedQuery: { version: 1, sha256Hash } });

let folder: string;
const gateways = new Map<string, TestGateway>();
const on = (mode: string): TestGateway => gateways.get(mode) ?? fail();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'manifests-'));
  file('codegen.json', { 'id-1': LIST, __proto__x: PUSH, heavy: HEAVY });
  file('apollo.json', {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: [
      { id: sha256('{ catalogue { stale } }'), name: 'C', type: 'query', body: '{ catalogue { stale } }' },
    ],
  });
  const manifests = [join(folder, 'codegen.json'), join(folder, 'apollo.json'), OWN].join(',');
  for (const mode of ['off', 'log', 'enforce']) {
    const environment = { TRUSTED_DOCUMENTS: mode, TRUSTED_DOCUMENTS_FILE: manifests, EXPLORER: 'off' };
    gateways.set(mode, await startTestGateway(environment));
  }
});
afterAll(async () => {
  for (const gateway of gateways.values()) await gateway.close();
  rmSync(folder, { recursive: true });
});

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function fail(): never {
  throw new Error('no such gateway');
}

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back
  readonly data: any;
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly traceId: string | undefined;
}

async function ask(
  { url, token }: TestGateway,
  body: unknown,
  { method = 'POST', path = '/graphql', headers = {} as Record<string, string> } = {},
): Promise<Answer> {
  const answer = await send(url, {
    method,
    path,
    headers: {
      authorization: `Bearer ${await token('susan')}`,
      ...(method === 'POST' && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(method === 'POST' && { body: JSON.stringify(body) }),
  });
  const { data, errors } = JSON.parse(answer.bytes.toString('utf8'));
  const [{ message, extensions } = { message: undefined, extensions: undefined }] = errors ?? [];
  return { status: answer.status, data, code: extensions?.code, message, traceId: extensions?.traceId };
}

const get = (gateway: TestGateway, query: Record<string, string>, headers: Record<string, string> = {}) =>
  ask(gateway, undefined, { method: 'GET', path: `/graphql?${new URLSearchParams(query)}`, headers });

const NAMED: readonly [string, object][] = [
  ['documentId', { documentId: 'id-1' }],
  ['id', { id: 'id-1' }],
  ['doc_id', { doc_id: 'id-1' }],
  ['id beside query: null', { id: 'id-1', query: null }],
  ['the hash of automatic persisted queries', { extensions: apq(sha256(LIST)) }],
  ['the hash beside the text', { query: LIST, extensions: apq(sha256(LIST)) }],
  ['the text', { query: LIST }],
  [
    'the text without blanks',
    { query: 'query Known($r:[AccountRange!]){tokenRequestors(accountRanges:$r){id}}' },
  ],
];

describe.each(['log', 'enforce'])('with TRUSTED_DOCUMENTS=%s', (mode) => {
  it.each(NAMED)(
    'a trusted document is answered by %s, the second time as it was kept',
    async (_name, named) => {
      for (let times = 0; times < 2; times++) {
        const { status, data, code } = await ask(on(mode), { ...named, variables: { r: ['520474000'] } });
        expect([status, code, data?.tokenRequestors.length > 10]).toEqual([200, undefined, true]);
      }
      expect(on(mode).logs.some((line) => line.includes('"kept":true'))).toBe(true);
      // The variables count, not the id alone.
      expect((await ask(on(mode), { ...named, variables: { r: [] } })).data).toEqual({ tokenRequestors: [] });
    },
  );

  it('and by GET, with nothing but a bearer token', async () => {
    const variables = JSON.stringify({ r: ['520474000'] });
    for (const query of [
      { documentId: 'id-1', variables },
      { id: 'id-1', variables },
      { extensions: JSON.stringify(apq(sha256(LIST))), variables },
      { query: LIST, variables },
    ]) {
      for (let times = 0; times < 2; times++) {
        const { status, data } = await get(on(mode), query as Record<string, string>);
        expect([status, data?.tokenRequestors.length > 10]).toEqual([200, true]);
      }
    }
  });

  it('the token is looked at first, and the answer of one is not that of another', async () => {
    const stranger = await ask(on(mode), { documentId: 'id-1' }, { headers: { authorization: '' } });
    expect([stranger.status, stranger.code]).toEqual([401, 'UNAUTHENTICATED']);
    const byGet = await get(on(mode), { documentId: 'id-1' }, { authorization: 'Bearer x' });
    expect(byGet.status).toBe(401);
  });

  it('a mutation is no query by GET, whatever it is called', async () => {
    for (const query of [{ documentId: '__proto__x' }, { extensions: JSON.stringify(apq(sha256(PUSH))) }]) {
      expect((await get(on(mode), query as Record<string, string>)).status).toBe(405);
    }
    expect((await ask(on(mode), { documentId: '__proto__x' })).status).toBe(200);
  });

  it('what it may cost is counted by id too', async () => {
    expect((await ask(on(mode), { documentId: 'heavy' })).code).toBe('BAD_USER_INPUT');
  });

  it('variables are judged by id too', async () => {
    expect((await ask(on(mode), { documentId: 'id-1', variables: { r: ['nothing'] } })).code).toBe(
      'BAD_USER_INPUT',
    );
    const unread = await ask(on(mode), { documentId: 'id-1', variables: 'r' });
    expect([unread.status, unread.code]).toEqual([400, 'BAD_REQUEST']);
  });

  it.each<[string, unknown]>([
    ['unknown', 'id-2'],
    ['a number', 1],
    ['a list', ['id-1']],
    ['an object', { id: 'id-1' }],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['hasOwnProperty', 'hasOwnProperty'],
    ['huge', 'x'.repeat(40_000)],
    ['a text', LIST],
    ['a card number', '5204740000000012'],
  ])('an id that is %s is refused in few words, and not repeated', async (_name, id) => {
    for (const body of [{ documentId: id }, { id }, { doc_id: id, variables: {} }]) {
      const answer = await ask(on(mode), body);
      expect(answer).toMatchObject({ status: 400, code: 'DOCUMENT_NOT_TRUSTED' });
      expect(answer.message?.length).toBeLessThan(100);
      expect(answer.message).not.toContain('5204740000000012');
      expect(answer.traceId).toMatch(/^[0-9a-f]{32}$/);
      expect(answer.data).toBeUndefined();
    }
  });

  it('two ids, and one that is given twice in a URL, are no id', async () => {
    expect((await ask(on(mode), { documentId: 'id-1', id: 'heavy' })).code).toBe('DOCUMENT_NOT_TRUSTED');
    const twice = { method: 'GET', path: '/graphql?documentId=id-1&documentId=heavy' };
    expect((await ask(on(mode), undefined, twice)).code).toBe('DOCUMENT_NOT_TRUSTED');
  });

  it('a probe is answered', async () => {
    for (const query of [
      '{__typename}',
      '{ __typename }',
      'query Health { __typename }',
      'query{__typename}\n',
    ]) {
      expect((await ask(on(mode), { query })).data).toEqual({ __typename: 'Query' });
    }
  });

  it('whoever asks for application/json by name gets 200', async () => {
    const answer = await ask(on(mode), { id: 'id-2' }, { headers: { accept: 'application/json' } });
    expect([answer.status, answer.code]).toEqual([200, 'DOCUMENT_NOT_TRUSTED']);
  });

  it('the typed client is answered, all of whose documents its manifest holds', async () => {
    const client = on(mode).client();
    expect(
      (await client.TokenRequestors({ accountRanges: ['520474000'] })).tokenRequestors?.length,
    ).toBeGreaterThan(10);
    expect((await client.FundingAccounts()).fundingAccounts).toHaveLength(4);
    expect((await client.Pushes()).pushes?.nodes).toEqual([]);
    await eventually(async () => on(mode).logs.some((line) => line.includes('"route":"/graphql"')), 2000);
    const own = Object.values<string>(JSON.parse(readFileSync(OWN, 'utf8'))).map((text) => sha256(text));
    expect(own.filter((hash) => on(mode).logs.some((line) => line.includes(hash)))).toEqual([]);
  });
});

describe('where it is enforced', () => {
  it.each<[string, string]>([
    ['another document', UNKNOWN],
    ['a trusted one with a field more', LIST.replace('id\n', 'id name\n')],
    ['a trusted one with a comment', `${LIST} # more`],
    ['a trusted one with another behind it', `${LIST}\n${UNKNOWN}`],
    ['introspection', '{ __schema { queryType { name } } }'],
    ['a probe that asks more', '{ __typename fundingAccounts { id } }'],
    ['what cannot be parsed', '{{{'],
    ['what is expensive to parse', '{'.repeat(45_000)],
  ])('%s is refused before it is parsed', async (_name, query) => {
    for (const body of [{ query }, { query, documentId: 'id-1' }, { query, extensions: apq(sha256(LIST)) }]) {
      const answer = await ask(on('enforce'), body);
      expect(answer).toMatchObject({ status: 400, code: 'DOCUMENT_NOT_TRUSTED' });
    }
  });

  it('by GET too, however the URL spells it', async () => {
    const query = encodeURIComponent(UNKNOWN);
    for (const path of [
      `?query=${query}`,
      `?%71uery=${query}`,
      `?documentId=id-1&query=${query}`,
      `?query=${encodeURIComponent(LIST)}&query=${query}`,
      `?documentId=id-1&%71uery=${query}`,
      `?query=&query=${query}`,
      `?query[]=${query}`,
      `?a=1;query=${query}`,
      `?documentId=id-1;query=${query}`,
      `?query%00=${query}`,
    ]) {
      const answer = await ask(on('enforce'), undefined, { method: 'GET', path: `/graphql${path}` });
      expect([path, answer.data?.fundingAccounts]).toEqual([path, undefined]);
      expect(['DOCUMENT_NOT_TRUSTED', 'BAD_REQUEST']).toContain(answer.code);
    }
  });

  it('an unknown hash is refused at once: the text would be refused too', async () => {
    const answer = await ask(on('enforce'), { extensions: apq(sha256(UNKNOWN)) });
    expect([answer.status, answer.code]).toEqual([400, 'DOCUMENT_NOT_TRUSTED']);
  });

  it('a request that names nothing is told so', async () => {
    for (const body of [{ variables: {} }, { query: 7 }, { query: ['{a}'] }, [{ query: UNKNOWN }], 'x']) {
      expect((await ask(on('enforce'), body)).code).toBe('BAD_REQUEST');
    }
  });
});

describe('where it is only logged', () => {
  const told = () =>
    on('log')
      .logs.filter((line) => line.includes('document.not-trusted'))
      .map((line) => JSON.parse(line));

  it('an unknown document is answered, and told once with its hash and name', async () => {
    for (let times = 0; times < 3; times++) {
      expect((await ask(on('log'), { query: UNKNOWN })).data.fundingAccounts).toHaveLength(4);
    }
    await ask(on('log'), { query: 'query N5204740000000012 { catalogue { asOf } }' });
    await ask(on('log'), { query: 'query Nonsense { nothing }' });
    const own = told().filter(({ hash }) => hash === sha256(UNKNOWN));
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({ level: 'warn', operationName: 'Unknown' });
    expect(
      told()
        .map(({ operationName }) => operationName)
        .sort(),
    ).toEqual(['Unknown', null]);
  });

  it('a client of automatic persisted queries is told that there are none, and sends the text', async () => {
    const answer = await ask(on('log'), { extensions: apq(sha256(UNKNOWN)) });
    expect(answer).toMatchObject({
      status: 200,
      code: 'PERSISTED_QUERY_NOT_SUPPORTED',
      message: 'PersistedQueryNotSupported',
    });
    const text = await ask(on('log'), { query: UNKNOWN, extensions: apq(sha256(UNKNOWN)) });
    expect(text.data.fundingAccounts).toHaveLength(4);
  });
});

describe('where it is off', () => {
  it('ids are unknown, and automatic persisted queries not supported, by GET and POST', async () => {
    expect((await ask(on('off'), { documentId: 'id-1' })).code).toBe('BAD_REQUEST');
    const expected = {
      status: 200,
      code: 'PERSISTED_QUERY_NOT_SUPPORTED',
      message: 'PersistedQueryNotSupported',
    };
    expect(await ask(on('off'), { extensions: apq(sha256(LIST)) })).toMatchObject(expected);
    expect(await get(on('off'), { extensions: JSON.stringify(apq(sha256(LIST))) })).toMatchObject(expected);
    expect((await ask(on('off'), { query: UNKNOWN })).data.fundingAccounts).toHaveLength(4);
  });
});

describe('with the explorer', () => {
  it('introspection is answered where documents are enforced, to strangers too, and nothing by their ids', async () => {
    const manifest = join(folder, 'codegen.json');
    const gateway = await startTestGateway({
      TRUSTED_DOCUMENTS: 'enforce',
      TRUSTED_DOCUMENTS_FILE: manifest,
    });
    try {
      const schema = await gateway.graphql('{ __schema { queryType { name } } }', {}, { token: null });
      expect(schema.data.__schema.queryType.name).toBe('Query');
      const byPost = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ documentId: 'id-1' }),
      });
      expect(byPost.status).toBe(401);
      const byGet = await fetch(`${gateway.url}/graphql?documentId=id-1`, {
        headers: { 'apollo-require-preflight': 'x' },
      });
      expect(byGet.status).toBe(401);
      const page = await fetch(`${gateway.url}/graphql`, { headers: { accept: 'text/html' } });
      expect(page.status).toBe(200);
    } finally {
      await gateway.close();
    }
  });
});

describe('a manifest that cannot be used keeps the gateway from starting, with the name of the file and the mend', () => {
  const start = async (environment: Record<string, string>) => {
    try {
      await (await startTestGateway({ LOG_LEVEL: 'silent', ...environment })).close();
      return 'it started';
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  };

  it.each<[string, () => string, RegExp]>([
    ['none', () => '', /TRUSTED_DOCUMENTS_FILE is missing: with TRUSTED_DOCUMENTS=enforce/],
    [
      'one that is not there',
      () => join(folder, 'gone.json'),
      /gone\.json: the file cannot be read \(ENOENT\)\. Check its path/,
    ],
    ['a folder', () => folder, /\(EISDIR\)/],
    ['no JSON', () => file('a.json', '{'), /a\.json: it is not JSON: write it anew/],
    ['a huge one', () => file('b.json', ' '.repeat(5_000_001)), /b\.json: the file is larger than 5 MB/],
    ['no GraphQL', () => file('c.json', { x: '{{' }), /c\.json: document "x" is not GraphQL, or too large/],
    [
      'too many tokens',
      () => file('d.json', { x: `{${'a '.repeat(1001)}}` }),
      /d\.json: document "x" is not GraphQL, or too large/,
    ],
    [
      'a field that has gone',
      () => file('e.json', { x: '{ fundingAccounts { accountRange } }' }),
      /e\.json: document "x" does not fit the schema \(Cannot query field "accountRange".*take the document out/,
    ],
    [
      'more than a document may hold',
      () => file('f.json', { x: `{${Array.from({ length: 16 }, (_, n) => `a${n}:__typename`).join(' ')}}` }),
      /f\.json: document "x" does not fit the schema \(The document is too large/,
    ],
    [
      'one id for two documents',
      () => `${file('g.json', { x: '{ __typename }' })},${file('h.json', { x: '{ a: __typename }' })}`,
      /h\.json: document "x" is another document in a manifest before/,
    ],
    [
      'many faults',
      () =>
        file('i.json', Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`x${n}`, '{ nothing }']))),
      /11 fault\(s\)[\s\S]*i\.json: and 20 more of its documents\./,
    ],
  ])('%s', async (_name, files, message) => {
    const environment = { TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FILE: files() };
    expect(await start(environment)).toMatch(message);
  });

  it('TRUSTED_DOCUMENTS knows three words', async () => {
    expect(await start({ TRUSTED_DOCUMENTS: 'on' })).toMatch(
      /TRUSTED_DOCUMENTS must be one of off, log, enforce\./,
    );
  });

  it('manifests alone are a fault: whoever names them wants them looked at', async () => {
    const TRUSTED_DOCUMENTS_FILE = file('k.json', { x: '{ __typename }' });
    expect(await start({ TRUSTED_DOCUMENTS_FILE })).toMatch(
      /TRUSTED_DOCUMENTS is missing: .* log or enforce/,
    );
    expect(await start({ TRUSTED_DOCUMENTS_FILE, TRUSTED_DOCUMENTS: 'off' })).toBe('it started');
  });

  it('the same document in two manifests, and under two ids, is none', async () => {
    const one = file('j.json', { x: '{ __typename }', y: '{ __typename }' });
    expect(await start({ TRUSTED_DOCUMENTS: 'log', TRUSTED_DOCUMENTS_FILE: `${one},\n${one}` })).toBe(
      'it started',
    );
  });
});
