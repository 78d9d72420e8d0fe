/** A request, as bytes for the load process and as fetch() takes it; and whether two servers give the same answer. */
import { deepStrictEqual } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, Kind, parse, print, visit } from 'graphql';

export interface Ask {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface GraphQLAsk {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly token: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function graphqlAsk({ query, variables = {}, token, headers = {} }: GraphQLAsk): Ask {
  return {
    method: 'POST',
    path: '/graphql',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  };
}

export function onTheWire({ method, path, headers, body }: Ask): string {
  const all = {
    host: '127.0.0.1',
    ...headers,
    ...(method === 'POST' && { 'content-length': String(Buffer.byteLength(body)) }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

export interface Answer {
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** @throws unless it is a good answer */
export async function answerOf(port: number, { method, path, headers, body }: Ask): Promise<Answer> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers,
    ...(method === 'POST' && { body }),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const contentType = answer.headers.get('content-type') ?? '';
  const start = bytes.subarray(0, 500).toString('utf8');
  if (answer.status !== 200 || /^\{\s*"errors"/.test(start)) throw new Error(`${answer.status}: ${start}`);
  return { contentType, bytes };
}

/** @throws AssertionError that shows where they differ */
export function requireSameData(ours: Buffer, theirs: Buffer, name: string): void {
  deepStrictEqual(dataIn(theirs), dataIn(ours), `${name} gives another answer`);
}

// biome-ignore lint/suspicious/noExplicitAny: a row looks into whatever came back
export function dataIn(bytes: Buffer): any {
  return JSON.parse(bytes.toString('utf8')).data;
}

/** One of the documents that front ends of other teams send, with its fragments. */
export function documentNamed(root: string, name: string): string {
  const all = parse(readFileSync(join(root, 'src/client/operations.graphql'), 'utf8'));
  const wanted = new Set([name]);
  const isWanted = (definition: DocumentNode['definitions'][number]) =>
    'name' in definition && wanted.has(definition.name?.value ?? '');
  // Fragments stand behind what spreads them, one below the other.
  for (let before = 0; before !== wanted.size; ) {
    before = wanted.size;
    visit(
      { kind: Kind.DOCUMENT, definitions: all.definitions.filter(isWanted) },
      { FragmentSpread: (spread) => void wanted.add(spread.name.value) },
    );
  }
  return print({ kind: Kind.DOCUMENT, definitions: all.definitions.filter(isWanted) });
}
